// AC-OPS-1: every container of every task, and every function, sends what it logs to CloudWatch Logs, and its role lets it.
import { type Assembly, at, type Resource, textOf } from '../../../../assembly/graph.ts';
import { isLiteral } from '../../../../assembly/properties.ts';
import { isForFargate } from '../../../../assembly/questions/compute.ts';
import { containersOf } from '../../../../assembly/questions/containers.ts';
import { ofType } from '../../../../assembly/relations.ts';
import { all } from '../../../../assembly/truth.ts';
import { type CriterionCase, type CriterionJudge, noneOf } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/operation.ts';
import { roleEvidence } from '../role/runs-with.ts';

export const applicationLogs: CriterionJudge = {
  id: 'AC-OPS-1',
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
/** AWS's policies that hold them. */
const helpers =
  /^(AmazonECSTaskExecutionRolePolicy|AWSLambda(Basic|VPCAccess|SQSQueue|DynamoDB|Kinesis)\w*ExecutionRole|CloudWatch(Logs)?FullAccess(V2)?|CloudWatchAgent(Server|Admin)Policy|AdministratorAccess|PowerUserAccess)$/;

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
  return [
    ...containers,
    task.properties.ExecutionRoleArn === undefined && !isForFargate(task)
      ? on(task)
          .property('ExecutionRoleArn')
          .holds(undefined, { expected: shared.roleThatMay({ actions: needed }), observed: said.roleOfInstance })
      : roleEvidence(graph, task, 'ExecutionRoleArn', needed, helpers),
  ];
}

/** Lambda sends logs to a group by itself, unless its role does not let it. */
function functionEvidence(graph: Assembly, one: Resource): readonly Observation[] {
  const group = at(one.properties, 'LoggingConfig', 'LogGroup');
  const observed = group === undefined ? said.ownGroup : textOf(group);
  return [
    on(one).property('LoggingConfig').holds(true, { expected: said.someLogGroup, observed }),
    roleEvidence(graph, one, 'Role', needed, helpers),
  ];
}
