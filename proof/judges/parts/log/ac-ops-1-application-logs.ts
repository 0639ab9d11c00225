// AC-OPS-1: every container of every task, and every function, sends what it logs to CloudWatch Logs, and its role lets it.
import {
  type Assembly,
  at,
  isReference,
  isSettled,
  type Resource,
  textOf,
  type Value,
} from '../../../../assembly/graph.ts';
import { isLiteral } from '../../../../assembly/properties.ts';
import { isForFargate } from '../../../../assembly/questions/compute.ts';
import { containersOf } from '../../../../assembly/questions/containers.ts';
import { ofType, refersTo, targetOf } from '../../../../assembly/relations.ts';
import { partsOf, textFrom } from '../../../../assembly/text.ts';
import { all, type Truth } from '../../../../assembly/truth.ts';
import { loggingPolicies } from '../../../../aws/managed-policies.ts';
import { covers } from '../../../../aws/permissions.ts';
import { type CriterionCase, type CriterionJudge, noneOf } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/operation.ts';
import { roleEvidence } from '../role/runs-with.ts';

export const applicationLogs: CriterionJudge = {
  id: 'AC-OPS-1',
  of: ['service', 'function'],
  about: ['log'],
  ofFunctions: true,
  judge: judgeLogs,
};

function judgeLogs({ everywhere: graph }: CriterionCase): Finding {
  const tasks = ofType(graph, 'AWS::ECS::TaskDefinition');
  const functions = ofType(graph, 'AWS::Lambda::Function');
  if (tasks.length === 0 && functions.length === 0) return noneOf(graph, said.nothingLogs, applicationLogs);
  return [
    ...tasks.flatMap((task) => taskEvidence(graph, task)),
    ...functions.flatMap((one) => functionEvidence(graph, one)),
  ];
}

const needed = ['logs:CreateLogStream', 'logs:PutLogEvents'] as const;
function taskEvidence(graph: Assembly, task: Resource): readonly Observation[] {
  const containers = containersOf(task).map(({ path, container }) => {
    const driver = at(container, 'LogConfiguration', 'LogDriver');
    const group = at(container, 'LogConfiguration', 'Options', 'awslogs-group');
    // A router of logs may send them anywhere, CloudWatch among it.
    const holds = driver === 'awsfirelens' ? undefined : all([isLiteral(driver, 'awslogs'), group !== undefined]);
    const observed = driver === 'awslogs' ? said.awslogsTo({ group: textOf(group) }) : (driver ?? said.loggedNowhere);
    return on(task)
      .property(...path, 'LogConfiguration')
      .holds(holds, { expected: said.awslogsToGroup, observed });
  });
  const groups = containersOf(task).flatMap(({ container }) => {
    const group = at(container, 'LogConfiguration', 'Options', 'awslogs-group');
    return group === undefined ? [] : [group];
  });
  return [
    ...containers,
    task.properties.ExecutionRoleArn === undefined && !isForFargate(task)
      ? on(task)
          .property('ExecutionRoleArn')
          .holds(undefined, { expected: shared.roleThatMay({ actions: needed }), observed: said.roleOfInstance })
      : roleEvidence(graph, task, 'ExecutionRoleArn', needed, loggingPolicies, (named) =>
          all(groups.map(mayWriteTo(graph, named))),
        ),
  ];
}

/** Lambda sends logs to a group by itself, unless its role does not let it. */
function functionEvidence(graph: Assembly, one: Resource): readonly Observation[] {
  const group = at(one.properties, 'LoggingConfig', 'LogGroup');
  const observed = group === undefined ? said.ownGroup : textOf(group);
  return [
    on(one).property('LoggingConfig').holds(true, { expected: said.someLogGroup, observed }),
    roleEvidence(graph, one, 'Role', needed, loggingPolicies, (named) =>
      mayWriteTo(graph, named)(group ?? ownGroup(one)),
    ),
  ];
}

/** The name of the group that Lambda makes for a function. */
const ownGroup = ({ key, properties: { FunctionName } }: Resource): Value =>
  textFrom(['/aws/lambda/', ...partsOf(FunctionName ?? { $ref: key })]);

/** Whether what a statement names is a log group, or all of several groups: by reference, or by its name in an ARN. */
const mayWriteTo =
  (graph: Assembly, named: Value) =>
  (group: Value): Truth => {
    if (named === '*') return true;
    const own = ofType(graph, 'AWS::Logs::LogGroup').find(
      (one) => refersTo(group, one) === true || textOf(one.properties.LogGroupName) === textOf(group),
    );
    if (own !== undefined && refersTo(named, own) !== false) return refersTo(named, own);
    // Another group of the templates is not this one.
    if (own !== undefined && isReference(named) && targetOf(graph, named)?.type === own.type) return false;
    const [, pattern] = /:log-group:([^:]+)/.exec(textOf(named)) ?? [];
    if (pattern === undefined) return isSettled(named) && typeof named === 'string' ? false : undefined;
    const name = own?.properties.LogGroupName ?? (own === undefined ? group : { $ref: own.key });
    if (covers(pattern, textOf(name))) return true;
    // A name that only a deployment knows may be any that begins and ends so.
    return /\$\{/.test(pattern + textOf(name)) ? undefined : false;
  };
