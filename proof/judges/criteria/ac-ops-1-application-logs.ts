// AC-OPS-1: every container of every task, and every function, sends what it logs to CloudWatch Logs, and its role lets it.
import { type Assembly, at, literal, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import { denialsOf, grantsOfAction, managedPoliciesOf } from '../../../assembly/questions/permissions.ts';
import { ofType, targetOf } from '../../../assembly/relations.ts';
import { seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';
import { containersOf } from './resources.ts';

export const applicationLogs: CriterionJudge = {
  id: 'AC-OPS-1',
  about: ['log'],
  judge: judgeLogs,
};

function judgeLogs({ everywhere: graph }: CriterionCase): Finding {
  const tasks = ofType(graph, 'AWS::ECS::TaskDefinition');
  const functions = ofType(graph, 'AWS::Lambda::Function');
  if (tasks.length === 0 && functions.length === 0) return { notApplicable: 'there are neither tasks nor functions' };
  return [
    ...tasks.flatMap((task) => taskEvidence(graph, task)),
    ...functions.flatMap((one) => functionEvidence(graph, one)),
  ];
}

function taskEvidence(graph: Assembly, task: Resource): readonly Evidence[] {
  const containers = containersOf(task).map(({ path, container }) => {
    const configuration = at(container, 'LogConfiguration');
    const driver = literal(at(configuration, 'LogDriver'));
    const group = at(configuration, 'Options', 'awslogs-group');
    const observed = driver === 'awslogs' ? `awslogs to ${textOf(group)}` : (driver ?? 'nowhere');
    // A router of logs may send them anywhere, CloudWatch among it.
    const holds = driver === 'awslogs' ? group !== undefined : driver === 'awsfirelens' ? undefined : false;
    return seen(graph, task, [...path, 'LogConfiguration'], observed, 'awslogs to a log group', holds);
  });
  return [...containers, permissionEvidence(graph, task, 'ExecutionRoleArn')];
}

/** Lambda sends logs to a group by itself, unless its role does not let it. */
function functionEvidence(graph: Assembly, one: Resource): readonly Evidence[] {
  const group = at(one.properties, 'LoggingConfig', 'LogGroup');
  const observed = group === undefined ? "the group of the function's own name" : textOf(group);
  return [seen(graph, one, ['LoggingConfig'], observed, 'a log group', true), permissionEvidence(graph, one, 'Role')];
}

const needed = ['logs:CreateLogStream', 'logs:PutLogEvents'] as const;
/** AWS's policies that hold them. */
const helpers =
  /^(AmazonECSTaskExecutionRolePolicy|AWSLambda(Basic|VPCAccess|SQSQueue|DynamoDB|Kinesis)\w*ExecutionRole)$/;

function permissionEvidence(graph: Assembly, resource: Resource, property: string): Evidence {
  const named: Value | undefined = resource.properties[property];
  const role = targetOf(graph, named);
  const expected = `a role that may ${needed.join(' and ')}`;
  if (role === undefined) {
    return seen(graph, resource, [property], named ?? 'no role', expected, named === undefined ? false : undefined);
  }
  const helper = managedPoliciesOf(graph, role).find((name) => helpers.test(name));
  const missing = needed.filter((action) => {
    const granted = helper !== undefined || grantsOfAction(graph, role, action).length > 0;
    return !granted || denialsOf(graph, role, action, '*').length > 0;
  });
  const observed = missing.length > 0 ? `it may not ${missing.join(' and ')}` : (helper ?? 'by its own policy');
  return seen(graph, resource, [property], `${role.path}: ${observed}`, expected, missing.length === 0);
}
