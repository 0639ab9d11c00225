// What scenarios are called and from where on they pay, in both languages.
import type { Language } from '../../../design/problem.ts';

export type Sentence = Readonly<Record<Language, string>>;

export type ScenarioName =
  | 'arm64'
  | 'valkey'
  | 'io-optimized'
  | 'serverless'
  | 'infrequent-logs'
  | 'interface-endpoints'
  | 'no-interface-endpoints'
  | 'commitment-document'
  | 'commitment-published'
  | 'lean';

const changes: Readonly<Record<ScenarioName, Sentence>> = {
  arm64: {
    en: 'tasks and functions on arm64 (hashira: architecture: arm64)',
    ja: 'タスクと関数を arm64 で動かす (hashira: architecture: arm64)',
  },
  valkey: {
    en: 'the cache runs Valkey (hashira: cache_engine: valkey)',
    ja: 'キャッシュを Valkey にする (hashira: cache_engine: valkey)',
  },
  'io-optimized': {
    en: 'Aurora I/O-Optimized (the form has no field for it)',
    ja: 'Aurora I/O-Optimized にする（様式に項目なし）',
  },
  serverless: {
    en: 'Aurora Serverless v2 at the usage averageAcu (the form has no field for it)',
    ja: 'Aurora Serverless v2 にする。平均は使用量 averageAcu（様式に項目なし）',
  },
  'infrequent-logs': {
    en: 'log groups in the Infrequent Access class (the form has no field for it)',
    ja: 'ロググループを低頻度アクセスクラスにする（様式に項目なし）',
  },
  'interface-endpoints': {
    en: 'interface endpoints beside NAT (hashira: interface_endpoints: true)',
    ja: 'NAT に加えてインターフェイスエンドポイントを置く (hashira: interface_endpoints: true)',
  },
  'no-interface-endpoints': {
    en: 'NAT alone, no interface endpoints (hashira: interface_endpoints: false)',
    ja: 'インターフェイスエンドポイントを置かず NAT だけにする (hashira: interface_endpoints: false)',
  },
  'commitment-document': {
    en: "the document's own discount on ECS and RDS, storage and I/O included",
    ja: '設計書の割引率を ECS と RDS に適用（容量と I/O を含む）',
  },
  'commitment-published': {
    en: 'savings plans and reserved capacity, one year, nothing in advance, at published rates',
    ja: 'Savings Plans とリザーブド（1年、前払いなし、公表の割引率）',
  },
  lean: {
    en: "lean: every change above that saves without an unmeasured figure and breaks no statement, and a year's promise on the rest",
    ja: 'リーン: 上の変更のうち、未計測の数値によらず安くなり、記述を一つも損なわないものすべてと、残りの1年契約',
  },
};

const count = (value: number) => value.toLocaleString('en-US');

export const sentences = {
  changes,
  ioBreakEven: (ios: number): Sentence => ({
    en: `pays from ${count(ios)} I/Os a month`,
    ja: `月 ${count(ios)} 回の I/O から有利`,
  }),
  acuBreakEven: (acus: number): Sentence => ({
    en: `pays below an average of ${acus} ACU an instance`,
    ja: `1インスタンス平均 ${acus} ACU 未満で有利`,
  }),
  endpointBreakEven: (gigabytes: number): Sentence => ({
    en: `endpoints pay from ${count(gigabytes)} GB a month that would pass the NAT gateways`,
    ja: `NAT を通るはずの通信が月 ${count(gigabytes)} GB からエンドポイントが有利`,
  }),
};
