// What a part that a document speaks of needs of other parts, and the lines that state it. A part that a document may leave out is there
// with all of these or not at all; the others every platform has.
import type { RoleKind } from './names.ts';
import { type SectionName, sectionTitles } from './section-titles.ts';

/** Where the needs of each kind are stated. */
const sectionOf = {
  size: 'monthlyCost',
  group: 'securityGroups',
  stack: 'stacks',
  role: 'roles',
} as const satisfies Readonly<Record<string, SectionName>>;

/** What the needs of each kind are called in a design. */
interface Names {
  readonly size: 'cache' | 'functions';
  readonly group: string;
  readonly stack: string;
  readonly role: RoleKind;
}
type Kind = keyof Names;
type Need = { readonly [Of in Kind]: { readonly of: Of; readonly name: Names[Of]; readonly sentence: string } }[Kind];

interface Implication {
  /** What people call the part. */
  readonly title: string;
  /** Whether a document may do without it. */
  readonly optional: boolean;
  readonly needs: readonly Need[];
}

const stack = (name: string): Need => ({ of: 'stack', name, sentence: name });
const group = (name: string, title: string): Need => ({
  of: 'group',
  name,
  sentence: `${title} Security Group (${name}-sg)`,
});
const role = (name: RoleKind, sentence: string): Need => ({ of: 'role', name, sentence });

export const implications = {
  service: {
    title: 'ECS Fargate',
    optional: false,
    needs: [
      group('alb', 'ALB'),
      group('ecs', 'ECS'),
      stack('NetworkStack'),
      stack('SecurityStack'),
      stack('ComputeStack'),
      role('task-execution', 'ECS Task Execution Role (ecs-task-execution-role)'),
      role('task', 'ECS Task Role (ecs-task-role)'),
    ],
  },
  database: {
    title: 'RDS Aurora',
    optional: false,
    needs: [
      group('rds', 'RDS'),
      stack('DatabaseStack'),
      role('rds-monitoring', 'RDS Enhanced Monitoring Role (rds-monitoring-role)'),
    ],
  },
  cache: {
    title: 'ElastiCache',
    optional: true,
    needs: [
      { of: 'size', name: 'cache', sentence: 'ElastiCache Redis' },
      group('cache', 'ElastiCache'),
      stack('CacheStack'),
    ],
  },
  bucket: { title: 'S3', optional: false, needs: [stack('StorageStack')] },
  queue: { title: 'SQS', optional: false, needs: [stack('MessagingStack')] },
  function: {
    title: 'Lambda',
    optional: true,
    needs: [
      { of: 'size', name: 'functions', sentence: 'Lambda' },
      group('lambda', 'Lambda'),
      role('lambda', 'Lambda Execution Role (lambda-execution-role)'),
    ],
  },
  alarm: { title: 'CloudWatch', optional: false, needs: [stack('MonitoringStack')] },
} as const satisfies Readonly<Record<string, Implication>>;

const all: readonly Implication[] = Object.values(implications);

/** What the parts that every platform has need of a kind. */
export const neededAlways = <Of extends Kind>(of: Of): readonly Names[Of][] =>
  all
    .filter(({ optional }) => !optional)
    .flatMap(({ needs }) => needs.flatMap((need) => (need.of === of ? [need.name as Names[Of]] : [])));

export const optionalParts: readonly Implication[] = all.filter(({ optional }) => optional);

/** Where a need is stated, for people: `CDKスタック構成: CacheStack`. */
export const placeOfNeed = ({ of, sentence }: Need): string => `${sectionTitles[sectionOf[of]]}: ${sentence}`;
