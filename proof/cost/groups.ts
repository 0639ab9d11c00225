// The groups of a document's estimate: which a price belongs to, and what each is called.
import type { Design } from '../../design/schema.ts';
import { type Group, groupTitles, namesGroup } from '../../design/words/cost-groups.ts';

/** The first part of a price item is the service that sells it. */
const services: Readonly<Record<string, Group>> = {
  fargate: 'compute',
  lambda: 'compute',
  sqs: 'compute',
  sns: 'compute',
  scheduler: 'compute',
  states: 'compute',
  aurora: 'database',
  backup: 'database',
  elasticache: 'database',
  dynamodb: 'database',
  alb: 'network',
  nat: 'network',
  ipv4: 'network',
  endpoint: 'network',
  egress: 'network',
  transfer: 'network',
  cloudfront: 'network',
  route53: 'network',
  s3: 'storage',
  ecr: 'storage',
  ebs: 'storage',
  logs: 'monitoring',
  cloudwatch: 'monitoring',
  cloudtrail: 'monitoring',
  xray: 'monitoring',
  secrets: 'security',
  kms: 'security',
  waf: 'security',
};

/** The group of a price item; what no group claims is compute, which a test keeps from happening. */
export const groupOf = (item: string): Group => services[item.split('.')[0] ?? ''] ?? 'compute';

/** Whether the item's service has a group of its own choice. */
export const hasGroup = (item: string): boolean => services[item.split('.')[0] ?? ''] !== undefined;

/** The document's own name of a group, else ours in Japanese, the form's language; in English without a document. */
export function groupName(group: Group, design: Design | undefined): string {
  if (design === undefined) return groupTitles[group].en;
  return design.cost.groups.find(({ name }) => namesGroup(name, group))?.name ?? groupTitles[group].ja;
}
