// What a role may do with a resource: the document's own actions for the service, and the few without which those would not work.
// A stack takes the actions from here and names the resource itself, so that no statement is wider than its resource (IAM-5).
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Design, RoleKind } from '../../design/schema.ts';

/** Actions beyond the document, each with the reason: the list of deviations is this list. */
export const additions: Readonly<Record<RoleKind, Readonly<Record<string, string>>>> = {
  'task-execution': {
    'kms:Decrypt': 'Secrets are encrypted with keys of the platform; a task cannot start without reading them.',
  },
  task: {
    'secretsmanager:GetSecretValue':
      'The password is replaced every 30 days while tasks run on; a task that is refused reads the new one.',
    'sqs:DeleteMessage': 'A message that is not deleted after its work is delivered again.',
    'sqs:ChangeMessageVisibility':
      'Long work, such as an export, asks for more time before another task gets the message.',
    'kms:Decrypt': 'Table, queues, topic and secrets are encrypted with keys of the platform.',
    'kms:GenerateDataKey': 'Sending to an encrypted queue or topic makes a data key.',
    'xray:PutTraceSegments': 'The collector beside the API brings its traces to X-Ray (AC-OPS-3).',
    'xray:PutTelemetryRecords': 'The collector tells X-Ray what it could not send.',
  },
  lambda: {
    'sqs:SendMessage': 'Functions cannot reach the cache (SG-5): what must drop an entry goes through the work queue.',
    'sqs:GetQueueAttributes': 'Lambda reads the attributes of a queue that it polls.',
    'kms:Decrypt': 'Queues and secrets are encrypted with keys of the platform.',
    'kms:GenerateDataKey': 'Sending to an encrypted queue makes a data key.',
    'xray:PutTraceSegments': 'Lambda traces calls as the function; the rules it asks for by itself (AC-OPS-3).',
    'xray:PutTelemetryRecords': 'Lambda tells X-Ray what it could not send.',
  },
  'rds-monitoring': {},
};

/** Whether the document has the role. */
function hasRole(design: Design, role: RoleKind): boolean {
  return design.roles.some(({ kind }) => kind === role);
}

/** Actions of a service for a role, with the service's prefix: the document's, then the additions; none for a role it does not have. */
export function actionsFor(design: Design, role: RoleKind, service: string): string[] {
  if (!hasRole(design, role)) return [];
  const documented = design.roles
    .filter(({ kind }) => kind === role)
    .flatMap(({ statements }) => statements)
    .filter(({ prefix }) => prefix === service)
    .flatMap(({ actions }) => actions.map((action) => `${service}:${action}`));
  const added = Object.keys(additions[role]).filter((action) => action.startsWith(`${service}:`));
  return [...new Set([...documented, ...added])];
}

/** A statement that allows the actions on the resources; none when there is nothing to allow. */
export function allow(sid: string, actions: readonly string[], ...resources: readonly string[]): PolicyStatement[] {
  return actions.length === 0 ? [] : [new PolicyStatement({ sid, actions: [...actions], resources: [...resources] })];
}

/** A statement that allows the use of a key, through the named services of a region only. */
export function allowKey(
  sid: string,
  actions: readonly string[],
  key: string,
  region: string,
  services: readonly string[],
): PolicyStatement[] {
  const via = services.map((service) => `${service}.${region}.amazonaws.com`);
  return allow(sid, actions, key).map((statement) => {
    statement.addCondition('StringEquals', { 'kms:ViaService': via.length === 1 ? via[0] : via });
    return statement;
  });
}
