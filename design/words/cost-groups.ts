// The groups of an estimate, and what documents call them.
import type { Language } from '../problem.ts';

export const groups = ['compute', 'database', 'network', 'storage', 'monitoring', 'security'] as const;
export type Group = (typeof groups)[number];

export const groupTitles: Readonly<Record<Group, Readonly<Record<Language, string>>>> = {
  compute: { en: 'Compute', ja: 'コンピューティング' },
  database: { en: 'Database', ja: 'データベース' },
  network: { en: 'Network', ja: 'ネットワーク' },
  storage: { en: 'Storage', ja: 'ストレージ' },
  monitoring: { en: 'Monitoring and logs', ja: '監視・ログ' },
  security: { en: 'Security', ja: 'セキュリティ' },
};

const words: Readonly<Record<Group, RegExp>> = {
  compute: /コンピュ/,
  database: /データベース/,
  network: /ネットワーク/,
  storage: /ストレージ/,
  monitoring: /監視|ログ/,
  security: /セキュリティ/,
};

/** Whether a document means a group by a name. */
export const namesGroup = (name: string, group: Group): boolean => words[group].test(name);
