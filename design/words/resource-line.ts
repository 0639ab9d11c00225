// A resource line of a stack as data: what it names, how many of it, and what else it says. `VPC (10.0.0.0/16)` is a network with a
// range, `Public Subnet x2 (Multi-AZ)` two subnets of a tier in several zones.
import { z } from 'zod';
import { cidrIn } from '../cidr.ts';
import { type RoleKind, roleKinds, type Tier, tiers } from '../names.ts';

/** Each kind with the words that name it, the first that fits; a line may go on after them. */
const kinds = [
  ['network', /^VPC\b/],
  ['subnet', /^(?:Public|Private|Data) Subnets?/i],
  ['internet-gateway', /^Internet Gateways?/i],
  ['nat-gateway', /^NAT Gateways?/i],
  ['route-table', /^Route Tables?/i],
  ['security-group', /^.*?Security Groups?/i],
  ['role', /^IAM Roles?/i],
  ['aurora', /(?:RDS )?Aurora(?: Cluster)?/i],
  ['database-secret', /^Secrets Manager/i],
  ['backup-policy', /^Backup Policy/i],
  ['parameter-group', /^Parameter Groups?/i],
  ['subnet-group', /^Subnet Groups?/i],
  ['cache', /(?:ElastiCache(?: Redis)?|Redis)(?: Cluster)?/i],
  ['bucket-lifecycle', /^S3 Lifecycle(?: Policy)?/i],
  ['bucket', /^S3 Buckets?/i],
  ['key', /^KMS Keys?/i],
  ['cluster', /^ECS Cluster/i],
  ['service', /(?:ECS )?Fargate Services?/i],
  ['task-definition', /^Task Definitions?/i],
  ['load-balancer', /^ALB(?:\s*\+\s*Target Groups?)?/i],
  ['scaling', /^Auto Scaling(?: Policy)?/i],
  ['function', /^Lambda Functions?/i],
  ['queue', /^SQS Queues?/i],
  ['alert-topic', /^SNS Topics/i],
  ['topic', /^SNS Topic/i],
  ['schedule', /^EventBridge Rules?/i],
  ['alarm', /^CloudWatch Alarms?/i],
  ['dashboard', /^CloudWatch Dashboards?/i],
  ['log-group', /^Log Groups?/i],
] as const satisfies readonly (readonly [string, RegExp])[];

export type ResourceKind = (typeof kinds)[number][0];

/** What may be said of a kind, and the words for it. */
const sayings = [
  ['several-zones', /Multi-AZ/],
  ['logs', /(?:access |アクセス)?(?:ログ|logs?)(?:保存|storage)?/i],
  ['application-data', /アプリケーションデータ|application data/i],
  ['database-credentials', /(?:DB|データベース|database )の?(?:認証情報|credentials)/i],
  ['encryption', /(?:暗号化|encryption)用?/i],
  ['dead-letter-queue', /(?:DLQ|デッドレターキュー|dead[- ]letter queue)(?:付き|あり)?/i],
  ['alerts', /(?:アラート|アラーム)(?:通知)?|alerts?/i],
  ['retention', /保持期間(?:設定)?|retention/i],
] as const satisfies readonly (readonly [string, RegExp])[];
type Saying = (typeof sayings)[number][0];

/** What is read of a kind; whatever else such a line says is unread. */
const saidOf: Readonly<Partial<Record<ResourceKind, readonly Saying[]>>> = {
  subnet: ['several-zones'],
  aurora: ['several-zones'],
  cache: ['several-zones'],
  'database-secret': ['database-credentials'],
  bucket: ['application-data', 'logs'],
  key: ['encryption'],
  queue: ['dead-letter-queue'],
  'alert-topic': ['alerts'],
  'log-group': ['retention'],
};

/** Whose role a word means: `ECS Task` the task's and that of its execution. */
const roleWords: readonly (readonly [words: RegExp, roles: readonly RoleKind[]])[] = [
  [/Lambda(?: Execution)?(?: Roles?)?/gi, ['lambda']],
  [/(?:ECS(?: Tasks?)?|Tasks?)(?: Execution)?(?: Roles?)?/gi, ['task-execution', 'task']],
];

const qualifier = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tier'), tier: z.enum(tiers) }),
  z.strictObject({ kind: z.literal('range'), cidr: z.string() }),
  z.strictObject({ kind: z.literal('role'), role: z.enum(roleKinds) }),
  z.strictObject({ kind: z.enum(sayings.map(([kind]) => kind)) }),
  /** Words that nothing reads, as they stand. */
  z.strictObject({ kind: z.literal('unread'), text: z.string() }),
]);

export const resourceLineSchema = z.strictObject({
  /** As it stands in the document. */
  text: z.string(),
  kind: z.enum([...kinds.map(([kind]) => kind), 'unread']),
  /** What the document calls it: its words before a number or a bracket. */
  name: z.string(),
  /** Absent: at least one. */
  count: z.int().nonnegative().optional(),
  qualifiers: z.array(qualifier),
});
export type ResourceLine = z.infer<typeof resourceLineSchema>;
type Qualifier = ResourceLine['qualifiers'][number];

const countPattern = /[x×]\s*(?<count>\d{1,15})/i;

/** Reads a resource line; one of no known kind is kept as its words alone. */
export function readResourceLine(text: string): ResourceLine {
  const name = text.replace(/\s*(?:\(|[x×]\s*\d).*$/i, '');
  const count = countPattern.exec(text)?.groups?.count;
  const counted = { text, name, ...(count === undefined ? {} : { count: Number(count) }) };
  const [kind, naming] = kinds.find(([, pattern]) => pattern.test(text)) ?? [];
  if (kind === undefined || naming === undefined) return { ...counted, kind: 'unread', qualifiers: [] };
  const rest = text.replace(naming, ' ').replace(countPattern, ' ');
  return { ...counted, kind, qualifiers: readQualifiers(kind, text, rest) };
}

function readQualifiers(kind: ResourceKind, text: string, words: string): Qualifier[] {
  let rest = words;
  const take = (pattern: RegExp | string): boolean => {
    const left = rest.replace(pattern, ' ');
    const found = left !== rest;
    rest = left;
    return found;
  };
  const read: Qualifier[] = [];
  const tier = tiers.find((known) => text.toLowerCase().startsWith(known));
  if (kind === 'subnet' && tier !== undefined) read.push({ kind: 'tier', tier });
  const cidr = kind === 'network' || kind === 'subnet' ? cidrIn(rest) : undefined;
  if (cidr !== undefined && take(cidr)) read.push({ kind: 'range', cidr });
  if (kind === 'role') {
    const named = roleWords.flatMap(([pattern, roles]) => (take(pattern) ? roles : []));
    // Without a bracket that says whose, the line means all of them.
    for (const role of text.includes('(') ? named : roleKinds) read.push({ kind: 'role', role });
  }
  for (const [saying, pattern] of sayings)
    if (saidOf[kind]?.includes(saying) && take(pattern)) read.push({ kind: saying });
  const unread = rest.split(/[(),、・+&/]/).map((part) => part.trim());
  return [...read, ...unread.filter((part) => part !== '').map((part) => ({ kind: 'unread' as const, text: part }))];
}

export const says = ({ qualifiers }: ResourceLine, kind: Saying): boolean =>
  qualifiers.some((qualifier) => qualifier.kind === kind);

/** The tier of a subnet line. */
export const tierOf = ({ qualifiers }: ResourceLine): Tier | undefined =>
  qualifiers.find((qualifier) => qualifier.kind === 'tier')?.tier;

/** Whose roles a line means. */
export const rolesOf = ({ qualifiers }: ResourceLine): readonly RoleKind[] =>
  qualifiers.flatMap((qualifier) => (qualifier.kind === 'role' ? [qualifier.role] : []));
