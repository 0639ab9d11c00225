// Lines of the recovery section as data: what a region holds, what a step of the failover does, and what a detail of it does.
import { z } from 'zod';

type NamedPatterns = readonly (readonly [name: string, words: RegExp])[];

/** What the region that serves has. */
const primaryParts = [
  ['aurora', /Aurora|RDS/i],
  ['bucket', /S3/],
  ['cache', /ElastiCache|Redis|Valkey/i],
] as const satisfies NamedPatterns;

/** What the region that takes over has. */
const standbyParts = [
  ['aurora', /Aurora|RDS/i],
  ['bucket', /S3/],
  ['image', /ECR|AMI|イメージ|image/i],
  ['stacks', /スタック|stack/i],
] as const satisfies NamedPatterns;

const actions = [
  ['detect', /検知|detect/i],
  ['switch-traffic', /切り?替え?|switch/i],
  ['fail-back', /フェールバック|failback|切り戻/i],
  ['verify', /確認|check|verif/i],
  ['start', /起動|start/i],
] as const satisfies NamedPatterns;

const detailActions = [
  ['promote-database', /昇格|promot|RDS|Aurora/i],
  ['start-tasks', /Fargate|ECS|タスク|task/i],
  ['open-load-balancer', /ALB|load balancer|ロードバランサ/i],
] as const satisfies NamedPatterns;

const unread = 'unread';

/** The first name whose words a text has. */
const nameOf = <N extends string>(table: readonly (readonly [N, RegExp])[], text: string): N | typeof unread =>
  table.find(([, words]) => words.test(text))?.[0] ?? unread;

const text = z.string();
export const primaryPartSchema = z.strictObject({
  text,
  part: z.enum([...primaryParts.map(([name]) => name), unread]),
});
export const standbyPartSchema = z.strictObject({
  text,
  part: z.enum([...standbyParts.map(([name]) => name), unread]),
});
const detailSchema = z.strictObject({ text, action: z.enum([...detailActions.map(([name]) => name), unread]) });
export const recoveryStepSchema = z.strictObject({
  title: text,
  action: z.enum([...actions.map(([name]) => name), unread]),
  details: z.array(detailSchema),
});
export type PrimaryPart = z.infer<typeof primaryPartSchema>;
export type StandbyPart = z.infer<typeof standbyPartSchema>;
export type RecoveryStep = z.infer<typeof recoveryStepSchema>;
export type RecoveryDetail = RecoveryStep['details'][number];

export const readPrimaryPart = (line: string): PrimaryPart => ({ text: line, part: nameOf(primaryParts, line) });

export const readStandbyPart = (line: string): StandbyPart => ({ text: line, part: nameOf(standbyParts, line) });

export const readRecoveryStep = (title: string, details: readonly string[]): RecoveryStep => ({
  title,
  action: nameOf(actions, title),
  details: details.map((line) => ({ text: line, action: nameOf(detailActions, line) })),
});
