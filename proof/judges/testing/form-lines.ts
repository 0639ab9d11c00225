// Lines as the reader gives them for a document of the form, made from a design alone: one line for each thing that the form states.
import type { Line } from '../../../design/lines.ts';
import { type Design, type Environment, formEnvironments } from '../../../design/schema.ts';

/** Patterns of the statements that the form makes; `$` stands for an environment. */
const patterns = [
  'inputs.project',
  'inputs.owner',
  'inputs.alertEmail',
  'inputs.domain',
  'inputs.hostedZoneId',
  'inputs.certificates.*',
  'inputs.architecture',
  'inputs.maxTasks',
  'inputs.cacheEngine',
  'inputs.interfaceEndpoints',
  'inputs.accounts',
  'inputs.budget.$',
  'inputs.workingHours.start',
  'inputs.workingHours.stop',
  'inputs.workingHours.timeZone',
  'inputs.publicHolidays.*',
  'workingHours',
  'requestsPerSecond',
  'multiAz.$',
  'region',
  'network.cidr',
  'network.subnets.*.cidr',
  'network.subnets.*.zone',
  'network.subnets.*.tier',
  'network.subnets.*.uses',
  'network.subnets.*.defaultRoute',
  'network.gatewayEndpoints.*',
  'network.interfaceEndpoints.optional',
  'network.interfaceEndpoints.services.*',
  'stacks.*.name',
  'stacks.*.purpose',
  'stacks.*.resources.*',
  'stacks.*.outputs.*',
  'stacks.*.dependsOn',
  'stacks.*.file',
  'securityGroups.*.name',
  'securityGroups.*.ingress.*',
  'securityGroups.*.egress.*',
  'roles.*.name',
  'roles.*.purpose',
  'roles.*.principal',
  'roles.*.managedPolicies.*',
  'roles.*.statements.*',
  'alarms.*.metric',
  'alarms.*.warning',
  'alarms.*.critical',
  'alarms.*.periodSeconds',
  'alarms.*.evaluationPeriods',
  'logs.$.application',
  'logs.$.albAccess',
  'logs.$.vpcFlow',
  'logs.$.cloudTrail',
  'logs.$.cloudTrailForever',
  'dashboards.*.title',
  'dashboards.*.widgets.*',
  'backup.aurora.automatic',
  'backup.aurora.retentionDays.$',
  'backup.aurora.window',
  'backup.aurora.window.local',
  'backup.aurora.weeklySnapshot',
  'backup.aurora.copyTo.$',
  'backup.s3.versioning',
  'backup.s3.transitions',
  'backup.s3.transitions.*',
  'backup.s3.replicateTo.$',
  'backup.cache.automatic',
  'backup.cache.retentionDays.$',
  'backup.cache.window',
  'sizes.$.task.cpu',
  'sizes.$.task.memoryMiB',
  'sizes.$.task.minimum',
  'sizes.$.task.maximum',
  'sizes.$.aurora.instanceClass',
  'sizes.$.aurora.instances',
  'sizes.$.cache.nodeType',
  'sizes.$.cache.nodes',
  'sizes.$.natGateways',
  'sizes.$.functions.memoryMiB',
  'sizes.$.functions.timeoutSeconds',
];

/** One line a statement; an empty list of security rules is a line of its own, as the form's `なし` is. */
export function formLines(design: Design): Line[] {
  const stated = [
    ...patterns.flatMap((pattern) => expand(design, '', pattern.split('.'))),
    ...design.securityGroups.flatMap((group, index) =>
      (['ingress', 'egress'] as const)
        .filter((direction) => group[direction].length === 0)
        .map((direction) => `securityGroups.${index}.${direction}`),
    ),
  ];
  return stated.map((path, index) => ({
    file: 'design.md',
    number: index + 1,
    text: path,
    section: '',
    kind: 'statement',
    statements: [{ kind: 'input', path, environments: environmentsOf(path) }],
  }));
}

function environmentsOf(path: string): readonly Environment[] {
  // The form says it below development's cost.
  if (path === 'workingHours') return ['development'];
  const own = formEnvironments.find((environment) => path.split('.').includes(environment));
  return own === undefined ? formEnvironments : [own];
}

function expand(value: unknown, path: string, [head, ...rest]: readonly string[]): string[] {
  if (head === undefined) return value === undefined ? [] : [path];
  if (typeof value !== 'object' || value === null) return [];
  const keys = head === '*' || head === '$' ? Object.keys(value) : [head];
  return keys.flatMap((key) => expand(Reflect.get(value, key), path === '' ? key : `${path}.${key}`, rest));
}
