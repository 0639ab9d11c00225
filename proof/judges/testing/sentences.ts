// Criteria for tests, in sentences of our own: each with the figures and the words that its judge asks for, and nothing more.
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import type { Line } from '../../../design/lines.ts';
import { type Design, formEnvironments } from '../../../design/schema.ts';
import { readSentence } from '../../../design/words/sentence.ts';

const sentences: Readonly<Record<string, string>> = {
  'AC-SEC-1': 'S3 buckets use KMS',
  'AC-SEC-2': 'RDS data is encrypted',
  'AC-SEC-3': 'TLS 1.2 or newer',
  'AC-SEC-4': '0.0.0.0/0 only on ports 80/443',
  'AC-SEC-5': 'IAM roles have what they need',
  'AC-SEC-6': 'credentials in Secrets Manager',
  'AC-SEC-7': 'CloudTrail has it all',
  'AC-REL-1': 'Aurora in more than one AZ',
  'AC-REL-2': 'Fargate in 2 AZs',
  'AC-REL-3': 'an ECS task that dies is replaced',
  'AC-REL-4': 'RDS fails over within 1 minute',
  'AC-REL-5': 'RDS backups for 7 days',
  'AC-REL-6': 'never under Min Capacity',
  'AC-PERF-1': '95th percentile within 1 second',
  'AC-PERF-2': 'above 100 req/s more tasks',
  'AC-PERF-3': 'below 20 req/s down to 2 tasks',
  'AC-PERF-4': 'CloudFront keeps static files',
  'AC-PERF-5': 'ElastiCache keeps query results',
  'AC-OPS-1': 'logs in CloudWatch Logs',
  'AC-OPS-2': 'alarms reach mail by SNS',
  'AC-OPS-3': 'X-Ray is on',
  'AC-OPS-4': 'tags: Environment, Project, Owner, ManagedBy',
  'AC-OPS-5': 'a CloudWatch Dashboard shows metrics',
  'AC-COST-1': 'development stops at 19:00',
  'AC-COST-2': 'development starts at 9:00',
  'AC-COST-3': 'S3 objects go to Glacier after 90 days',
  'AC-COST-4': 'a budget tells SNS above $1,500',
  'AC-COST-5': 'S3 and DynamoDB by VPC endpoint',
};

export const criterionIds: readonly string[] = Object.keys(sentences);

/** The example design with all criteria. */
export const designWithCriteria: Design = {
  ...exampleDesign,
  criteria: Object.entries(sentences).map(([id, text]) => ({
    ...{ id, group: '', pattern: 'ubiquitous' },
    ...readSentence(text),
  })),
};

/** The same with one sentence put in another way. */
export function saying(id: string, text: string, design = designWithCriteria): Design {
  return {
    ...design,
    criteria: design.criteria.map((one) => (one.id === id ? { ...one, ...readSentence(text) } : one)),
  };
}

/** The lines that state them, from line 101 on. */
export const criterionLines: readonly Line[] = designWithCriteria.criteria.map((_, index) => ({
  file: 'design.md',
  number: 101 + index,
  text: '',
  section: '',
  kind: 'statement',
  statements: [{ kind: 'claim', path: `criteria.${index}`, environments: formEnvironments }],
}));
