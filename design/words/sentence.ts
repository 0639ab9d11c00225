// A sentence of an acceptance criterion as data: what it speaks of, and its figures.
import { z } from 'zod';
import { figuresSchema, readFigures } from './figures.ts';

/** What a sentence may speak of, and the words for it. */
const subjects = [
  ['anywhere', /0\.0\.0\.0\/0/],
  ['aurora', /RDS|Aurora/],
  ['backup', /バックアップ|backup/i],
  ['bucket', /S3/],
  ['budget', /Budget|予算/i],
  ['cache', /ElastiCache|Redis|Valkey/i],
  ['cost', /コスト|費用|cost/i],
  ['dashboard', /Dashboard|ダッシュボード/i],
  ['development', /開発|development/i],
  ['ecs', /ECS/],
  ['edge', /CloudFront/],
  ['encryption', /暗号|encrypt/i],
  ['endpoint', /Endpoint|エンドポイント/i],
  ['glacier', /Glacier/i],
  ['key', /KMS/],
  ['log', /CloudWatch Logs/i],
  ['mail', /メール|mail/i],
  ['minimum', /Min(?:imum)?\s*Capacity|最小/i],
  ['percentile', /パーセンタイル|percentile|\bp\d+/i],
  ['role', /IAM/],
  ['secret', /Secrets Manager/i],
  ['service', /Fargate|ECS/],
  ['table', /DynamoDB/i],
  ['tag', /タグ|tag/i],
  ['task', /タスク|task/i],
  ['tls', /TLS/],
  ['topic', /SNS/],
  ['tracing', /X-Ray/i],
  ['trail', /CloudTrail/i],
  ['zone', /AZ|Availability Zone/i],
] as const satisfies readonly (readonly [string, RegExp])[];

export type Subject = (typeof subjects)[number][0];

export const sentenceShape = {
  /** As it stands in the document. */
  text: z.string(),
  subjects: z.array(z.enum(subjects.map(([subject]) => subject))),
  figures: figuresSchema,
};
export type Sentence = z.infer<z.ZodObject<typeof sentenceShape>>;

export const readSentence = (text: string): Sentence => ({
  text,
  subjects: subjects.flatMap(([subject, words]) => (words.test(text) ? [subject] : [])),
  figures: readFigures(text),
});
