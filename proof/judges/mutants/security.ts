// Mutants of security groups and roles (SG-1…5, IAM-1…5, STK-2).
import { at, literal } from '../../../assembly/graph.ts';
import type { Design, RoleKey } from '../../../design/schema.ts';
import { type Mutant, only, type Platform } from '../mutants.ts';
import { grantsOf, roleNamed } from '../permissions.ts';
import { ofType } from '../relations.ts';
import { type Direction, groupNamed, rulesOf } from '../security-group-rules.ts';
import { groupPath, resourcePath, rolePath, stackPath } from './paths.ts';

const group = ({ graph, design }: Platform, key: string) =>
  only([groupNamed(graph, design.securityGroups.find((candidate) => candidate.key === key)?.name ?? '')]);

/** Changes a part of the rule of a group that has the port. */
function change(
  platform: Platform,
  key: string,
  direction: Direction,
  port: number,
  name: string,
  value: string | number,
): void {
  const rule = rulesOf(platform.graph, group(platform, key), direction).find(
    (found) => Number(literal(at(found.rule, 'FromPort'))) === port,
  );
  if (rule === undefined) throw new Error(`${key} has no ${direction} rule with port ${port}`);
  platform.set(rule.resource, [...rule.path, name], value);
}

/** Adds a rule as a resource of its own. */
function surplus(platform: Platform, key: string, direction: Direction): void {
  const own = group(platform, key);
  const type = direction === 'ingress' ? 'AWS::EC2::SecurityGroupIngress' : 'AWS::EC2::SecurityGroupEgress';
  platform.add(own, type, {
    GroupId: { 'Fn::GetAtt': [own.logicalId, 'GroupId'] },
    IpProtocol: 'tcp',
    FromPort: 22,
    ToPort: 22,
    CidrIp: '10.0.0.0/8',
    Description: 'From the old office',
  });
}

const rulePath = (design: Design, key: string, direction: Direction, port: number) => {
  const rules = design.securityGroups.find((candidate) => candidate.key === key)?.[direction] ?? [];
  return `${groupPath(design, key)}.${direction}.${rules.findIndex(({ fromPort }) => fromPort === port)}`;
};

const groupIds = { alb: 'SG-1', ecs: 'SG-2', lambda: 'SG-3', rds: 'SG-4', cache: 'SG-5' } as const;

const surplusMutants: readonly Mutant[] = Object.entries(groupIds).flatMap(([key, id]) =>
  (['ingress', 'egress'] as const).map((direction) => ({
    id,
    name: `${key} has an ${direction} rule more, as a resource of its own`,
    spoil: (platform: Platform) => surplus(platform, key, direction),
    reddens: (design: Design) => {
      const none = design.securityGroups.find((candidate) => candidate.key === key)?.[direction].length === 0;
      return [`${groupPath(design, key)}.name`, ...(none ? [`${groupPath(design, key)}.${direction}`] : [])];
    },
  })),
);

/** A rule that is not the document's is missing on its own line and surplus on the group's. */
const changed = (
  id: string,
  name: string,
  [key, direction, port]: readonly [string, Direction, number],
  property: string,
  value: string | number,
): Mutant => ({
  id,
  name,
  spoil: (platform) => change(platform, key, direction, port, property, value),
  reddens: (design) => [rulePath(design, key, direction, port), `${groupPath(design, key)}.name`],
});

const role = ({ graph, design }: Platform, key: RoleKey) =>
  only([roleNamed(graph, design.roles.find((candidate) => candidate.key === key) ?? { name: '' })]);

const trust = ['AssumeRolePolicyDocument', 'Statement', 0] as const;

/** Every statement about a role. */
function wholeRole(design: Design, key: RoleKey): readonly string[] {
  const { managedPolicies = [], statements = [] } = design.roles.find((candidate) => candidate.key === key) ?? {};
  const path = rolePath(design, key);
  return [
    ...['name', 'purpose', 'principal'].map((aspect) => `${path}.${aspect}`),
    ...managedPolicies.map((_, index) => `${path}.managedPolicies.${index}`),
    ...statements.map((_, index) => `${path}.statements.${index}`),
  ];
}

/** Widens the first statement that allows an action of a service to a role. */
function widen(platform: Platform, key: RoleKey, prefix: string, name: 'Action' | 'Resource', value: string): void {
  const grant = grantsOf(platform.graph, role(platform, key)).find(({ actions }) =>
    actions.some((action) => action.startsWith(`${prefix}:`)),
  );
  if (grant === undefined) throw new Error(`${key} may do nothing with ${prefix}`);
  platform.set(grant.resource, [...grant.path, name], value);
}

const statementPath = (design: Design, key: RoleKey, prefix: string) => {
  const statements = design.roles.find((candidate) => candidate.key === key)?.statements ?? [];
  return `${rolePath(design, key)}.statements.${statements.findIndex((statement) => statement.prefix === prefix)}`;
};

export const securityMutants: readonly Mutant[] = [
  ...surplusMutants,
  changed('SG-1', 'HTTPS is let in on another port', ['alb', 'ingress', 443], 'FromPort', 442),
  changed('SG-1', 'HTTP is let in from elsewhere', ['alb', 'ingress', 80], 'CidrIp', '10.0.0.0/8'),
  changed('SG-2', 'tasks take another protocol', ['ecs', 'ingress', 8080], 'IpProtocol', 'udp'),
  changed('SG-2', 'tasks reach a wider range of ports', ['ecs', 'egress', 443], 'ToPort', 444),
  changed('SG-3', 'functions call another port', ['lambda', 'egress', 443], 'FromPort', 80),
  changed('SG-5', 'the cache says something else', ['cache', 'ingress', 6379], 'Description', 'From anyone'),
  {
    id: 'SG-4',
    name: 'the database lets in another group',
    spoil: (platform) => {
      const rule = rulesOf(platform.graph, group(platform, 'rds'), 'ingress')[0];
      const other = rulesOf(platform.graph, group(platform, 'ecs'), 'ingress')[0];
      if (rule === undefined || other === undefined) throw new Error('nothing to spoil');
      const name = 'SourceSecurityGroupId';
      platform.set(rule.resource, [...rule.path, name], platform.get(other.resource, [...other.path, name]));
    },
    reddens: (design) => [`${groupPath(design, 'rds')}.ingress.0`, `${groupPath(design, 'rds')}.name`],
  },
  {
    id: 'SG-4',
    name: 'the database group has no egress rule at all, so that EC2 adds its own',
    spoil: (platform) => platform.set(group(platform, 'rds'), ['SecurityGroupEgress'], undefined),
    reddens: (design) => [`${groupPath(design, 'rds')}.name`, `${groupPath(design, 'rds')}.egress`],
  },
  {
    id: 'SG-1',
    name: 'the load balancer wears the group of the tasks',
    spoil: (platform) => {
      const place = ['NetworkConfiguration', 'AwsvpcConfiguration', 'SecurityGroups'];
      const worn = platform.get(only(ofType(platform.graph, 'AWS::ECS::Service')), place);
      const balancer = only(ofType(platform.graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer'));
      platform.set(balancer, ['SecurityGroups'], worn);
    },
    reddens: (design) => [`${groupPath(design, 'alb')}.name`],
  },
  {
    id: 'STK-2',
    name: 'there is a security group that the document does not know',
    spoil: (platform) =>
      platform.add(group(platform, 'alb'), 'AWS::EC2::SecurityGroup', { GroupDescription: 'another' }),
    reddens: (design) => [`${stackPath(design, 'SecurityStack')}.name`],
  },
  {
    id: 'IAM-1',
    name: 'another account may take the execution role too',
    spoil: (platform) => {
      const own = role(platform, 'task-execution');
      const second = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } };
      platform.set(own, ['AssumeRolePolicyDocument', 'Statement', 1], second);
    },
    reddens: (design) => [`${rolePath(design, 'task-execution')}.principal`],
  },
  {
    id: 'IAM-1',
    name: 'the execution role has another name',
    spoil: (platform) => platform.set(role(platform, 'task-execution'), ['Tags'], []),
    reddens: (design) => [...wholeRole(design, 'task-execution'), resourcePath(design, 'SecurityStack', /^IAM/)],
  },
  {
    id: 'IAM-1',
    name: 'starting tasks may read another secret',
    spoil: (platform) =>
      widen(
        platform,
        'task-execution',
        'secretsmanager',
        'Resource',
        'arn:aws:secretsmanager:ap-northeast-1:1:secret:other',
      ),
    reddens: (design) => [statementPath(design, 'task-execution', 'secretsmanager')],
  },
  {
    id: 'IAM-2',
    name: 'the task role is an administrator',
    spoil: (platform) =>
      platform.set(role(platform, 'task'), ['ManagedPolicyArns'], ['arn:aws:iam::aws:policy/AdministratorAccess']),
    reddens: (design) => [`${rolePath(design, 'task')}.name`],
  },
  {
    id: 'IAM-2',
    name: 'the task role may read every bucket',
    spoil: (platform) => widen(platform, 'task', 's3', 'Resource', '*'),
    reddens: (design) => [`${rolePath(design, 'task')}.name`, statementPath(design, 'task', 's3')],
  },
  {
    id: 'IAM-2',
    name: 'the task role may send to a family of queues',
    spoil: (platform) => widen(platform, 'task', 'sqs', 'Resource', 'arn:aws:sqs:ap-northeast-1:1:orders-*'),
    reddens: (design) => [statementPath(design, 'task', 'sqs')],
  },
  {
    id: 'IAM-3',
    name: 'the function role lacks its managed policy',
    spoil: (platform) => platform.set(role(platform, 'lambda'), ['ManagedPolicyArns'], []),
    reddens: (design) => [`${rolePath(design, 'lambda')}.managedPolicies.0`],
  },
  {
    id: 'IAM-3',
    name: 'a policy of an account has the name of the one of AWS',
    spoil: (platform) => {
      const [name = ''] = platform.design.roles.find(({ key }) => key === 'lambda')?.managedPolicies ?? [];
      platform.set(role(platform, 'lambda'), ['ManagedPolicyArns'], [`arn:aws:iam::123456789012:policy/${name}`]);
    },
    reddens: (design) => [`${rolePath(design, 'lambda')}.managedPolicies.0`, `${rolePath(design, 'lambda')}.name`],
  },
  {
    id: 'IAM-4',
    name: 'another service may take the monitoring role',
    spoil: (platform) =>
      platform.set(role(platform, 'rds-monitoring'), [...trust, 'Principal'], { Service: 'ec2.amazonaws.com' }),
    reddens: (design) => [`${rolePath(design, 'rds-monitoring')}.principal`],
  },
  {
    id: 'IAM-4',
    name: 'nobody watches the database with the monitoring role',
    spoil: (platform) => {
      for (const instance of ofType(platform.graph, 'AWS::RDS::DBInstance', 'AWS::RDS::DBCluster')) {
        platform.set(instance, ['MonitoringRoleArn'], undefined);
      }
    },
    reddens: (design) => [`${rolePath(design, 'rds-monitoring')}.purpose`],
  },
  {
    id: 'IAM-5',
    name: 'the task role may do everything with the topic',
    spoil: (platform) => widen(platform, 'task', 'sns', 'Action', 'sns:*'),
    reddens: (design) => [`${rolePath(design, 'task')}.name`, statementPath(design, 'task', 'sns')],
  },
];
