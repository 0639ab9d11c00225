// The documents whose results are kept: the form, the project's own, and three spoilt ones. Each is spoilt in a way of its own: one builds
// and fails, one builds a platform with nothing optional, one is refused.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { edited, variations } from '../cli/testing/variations.ts';

const root = join(import.meta.dirname, '..');
const own = readFileSync(join(root, 'specs/stories/WEB-001-web-platform/design.md'), 'utf8');
const formPath = join(root, '..', 'shared', 'seed', 'infra-design-template.md');

export interface GoldenDocument {
  readonly name: string;
  readonly text: string;
  /** Words after `hashira build`. */
  readonly options: readonly string[];
  /** Whose words it has: lines of the form are kept as digests only, since they are not the project's to publish. */
  readonly quoted: boolean;
}

export const documents: readonly GoldenDocument[] = [
  { name: 'own', text: own, options: [], quoted: true },
  ...(existsSync(formPath)
    ? [{ name: 'form', text: readFileSync(formPath, 'utf8'), options: ['--lenient'], quoted: false }]
    : []),
  {
    name: 'failing',
    text: edited(own, [
      ['90日後: Glacier', '120日後: Glacier'],
      ['- 本番環境: 7日', '- 本番環境: 5日'],
    ]),
    options: [],
    quoted: true,
  },
  { name: 'least', text: edited(own, variations['with nothing optional'] ?? []), options: [], quoted: true },
  {
    name: 'refused',
    text: edited(own, [
      ['Port: 5432', 'Port: 543210'],
      ['VPC (10.0.0.0/16)', 'VPC (10.0.0.0/33)'],
      ['db.r6g.large × 2', 'db.r6g.huge × 2'],
    ]),
    options: [],
    quoted: true,
  },
];
