// Claims about the security stack (STK-2, SG-1…5, IAM-1…4), and about the groups in the rest of an environment.
import { Template } from 'aws-cdk-lib/assertions';
import { Peer, Port } from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import { type Design, type FormEnvironment, formEnvironments, type SecurityGroupRule } from '../../../design/schema.ts';
import { foundations } from '../testing/data-stacks.ts';
import { templatesOf } from '../testing/environment.ts';

type Rule = Readonly<Record<string, unknown>>;
type Direction = 'ingress' | 'egress';

const placeholder = '255.255.255.255/32';

/** Every rule of every group of the templates, as text with the groups' names: what the document is held against. */
function rulesOf(templates: readonly Template[]): string[] {
  const names = new Map<string, string>();
  const resources = templates.flatMap((template) =>
    Object.entries(template.toJSON().Resources as Record<string, Rule>),
  );
  for (const [id, { Type, Properties }] of resources) {
    const { Tags } = Properties as { readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] };
    if (Type === 'AWS::EC2::SecurityGroup') names.set(id, Tags?.find(({ Key }) => Key === 'Name')?.Value ?? id);
  }
  const group = (value: unknown) => {
    const text = JSON.stringify(value);
    const [, name] = [...names].find(([id]) => text.includes(id)) ?? ['', text];
    return name;
  };
  const sentence = (owner: string, direction: Direction, rule: Rule) => {
    const peer = rule.CidrIp ?? group(rule.SourceSecurityGroupId ?? rule.DestinationSecurityGroupId);
    return `${owner} ${direction} ${rule.IpProtocol} ${rule.FromPort}-${rule.ToPort} ${peer} "${rule.Description}"`;
  };
  return resources.flatMap(([id, { Type, Properties }]) => {
    const properties = Properties as Rule;
    if (Type === 'AWS::EC2::SecurityGroupIngress') return [sentence(group(properties.GroupId), 'ingress', properties)];
    if (Type === 'AWS::EC2::SecurityGroupEgress') return [sentence(group(properties.GroupId), 'egress', properties)];
    if (Type !== 'AWS::EC2::SecurityGroup') return [];
    const within = (list: unknown, direction: Direction) =>
      ((list ?? []) as Rule[]).map((rule) => sentence(names.get(id) ?? id, direction, rule));
    return [...within(properties.SecurityGroupIngress, 'ingress'), ...within(properties.SecurityGroupEgress, 'egress')];
  });
}

/** The document's rules in the same words. */
function documentRules({ securityGroups }: Design): string[] {
  const nameOf = (key: string) => securityGroups.find((group) => group.key === key)?.name;
  const sentence = (
    owner: string,
    direction: Direction,
    { protocol, fromPort, toPort, peer, description }: SecurityGroupRule,
  ) =>
    `${owner} ${direction} ${protocol} ${fromPort}-${toPort} ${peer.kind === 'cidr' ? peer.cidr : nameOf(peer.group)} "${description}"`;
  return securityGroups.flatMap(({ name, ingress, egress }) => [
    ...ingress.map((rule) => sentence(name, 'ingress', rule)),
    ...egress.map((rule) => sentence(name, 'egress', rule)),
  ]);
}

const withoutPlaceholders = (rules: readonly string[]) => rules.filter((rule) => !rule.includes(placeholder));
const security = (change: Partial<Design> = {}, environment: FormEnvironment = 'production') =>
  foundations({ ...exampleDesign, ...change }, environment).security;
const template = (change: Partial<Design> = {}) => Template.fromStack(security(change));

describe('security groups', () => {
  test.each(formEnvironments)("of all stacks hold the document's rules in %s and no other (SG-1…5)", (environment) => {
    const rules = rulesOf(templatesOf(exampleDesign, environment));
    expect(withoutPlaceholders(rules).sort()).toEqual(documentRules(exampleDesign).sort());
  });

  test('without egress have the placeholder, and only those (SG-4, SG-5)', () => {
    const held = rulesOf([template()]).filter((rule) => rule.includes(placeholder));
    expect(held.map((rule) => rule.split(' ', 2).join(' ')).sort()).toEqual(['cache-sg egress', 'rds-sg egress']);
  });

  test('take a rule, a port range, a protocol and an address that the document adds', () => {
    const securityGroups = exampleDesign.securityGroups.map((group) =>
      group.key !== 'ecs'
        ? group
        : {
            ...group,
            ingress: [
              ...group.ingress,
              {
                protocol: 'udp' as const,
                fromPort: 4000,
                toPort: 4010,
                peer: { kind: 'cidr' as const, cidr: '192.168.7.0/24' },
                description: 'From the office',
              },
            ],
          },
    );
    const rules = withoutPlaceholders(rulesOf([template({ securityGroups })]));
    expect(rules).toContain('ecs-sg ingress udp 4000-4010 192.168.7.0/24 "From the office"');
    expect(rules.sort()).toEqual(documentRules({ ...exampleDesign, securityGroups }).sort());
  });

  test('cannot be widened by whoever is given one', () => {
    const stack = security();
    const groups = [stack.albSecurityGroup, stack.ecsSecurityGroup, stack.rdsSecurityGroup, stack.lambdaSecurityGroup];
    for (const group of groups.filter((made) => made !== undefined)) {
      group.addIngressRule(Peer.anyIpv4(), Port.allTraffic());
      group.connections.allowFromAnyIpv4(Port.tcp(22));
      group.connections.allowToAnyIpv4(Port.tcp(25));
    }
    const rules = withoutPlaceholders(rulesOf([Template.fromStack(stack)]));
    expect(rules.sort()).toEqual(documentRules(exampleDesign).sort());
  });

  test('are one fewer, with its rules, when the document has no cache', () => {
    const securityGroups = exampleDesign.securityGroups
      .filter(({ key }) => key !== 'cache')
      .map((group) => ({
        ...group,
        egress: group.egress.filter(({ peer }) => peer.kind === 'cidr' || peer.group !== 'cache'),
      }));
    const stack = security({ securityGroups });
    expect(stack.cacheSecurityGroup).toBeUndefined();
    Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroup', 4);
    expect(security().cacheSecurityGroup).toBeDefined();
  });

  test('that a rule names and nobody defines are an error with the name', () => {
    const securityGroups = exampleDesign.securityGroups.filter(({ key }) => key !== 'cache');
    expect(() => security({ securityGroups })).toThrow(/no security group cache/);
  });

  test('of interface endpoints let tasks and functions in on 443, the only rules beyond the document (NET-6)', () => {
    const { network, security: stack } = foundations(
      { ...exampleDesign, inputs: { ...exampleDesign.inputs, interfaceEndpoints: true } },
      'production',
    );
    const rules = withoutPlaceholders(rulesOf([Template.fromStack(network), Template.fromStack(stack)]));
    const documented = documentRules(exampleDesign);
    expect(rules.filter((rule) => !documented.includes(rule)).sort()).toEqual([
      'endpoints-sg ingress tcp 443-443 ecs-sg "From ECS"',
      'endpoints-sg ingress tcp 443-443 lambda-sg "From Lambda"',
    ]);
  });
});

describe('roles', () => {
  const roles = () =>
    Object.values(template().findResources('AWS::IAM::Role')).map(({ Properties }) => ({
      name: Properties.Tags.find(({ Key }: { Key: string }) => Key === 'Name').Value as string,
      trust: Properties.AssumeRolePolicyDocument.Statement as unknown[],
      managed: ((Properties.ManagedPolicyArns ?? []) as unknown[]).map((arn) => JSON.stringify(arn)),
      own: Properties.Policies as unknown,
    }));

  test.each([
    ['ecs-task-execution-role', 'ecs-tasks.amazonaws.com', 'AmazonECSTaskExecutionRolePolicy'],
    ['ecs-task-role', 'ecs-tasks.amazonaws.com', undefined],
    ['lambda-execution-role', 'lambda.amazonaws.com', 'AWSLambdaVPCAccessExecutionRole'],
    ['rds-monitoring-role', 'monitoring.rds.amazonaws.com', 'AmazonRDSEnhancedMonitoringRole'],
  ])('%s trusts %s alone and holds of AWS %s (IAM-1…4)', (name, service, policy) => {
    const role = roles().find((candidate) => candidate.name === name);
    expect(role?.trust).toEqual([{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: service } }]);
    expect(role?.managed).toEqual(
      policy === undefined ? [] : [expect.stringContaining(`:iam::aws:policy/service-role/${policy}"`)],
    );
    expect(role?.own).toBeUndefined();
  });

  test("are the document's and no other", () => {
    expect(
      roles()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(exampleDesign.roles.map(({ name }) => name).sort());
  });

  test('take a managed policy that stands at the root of AWS', () => {
    const changed = exampleDesign.roles.map((role) =>
      role.kind === 'task' ? { ...role, managedPolicies: ['AWSXRayDaemonWriteAccess'] } : role,
    );
    expect(JSON.stringify(template({ roles: changed }).toJSON())).toContain(
      ':iam::aws:policy/AWSXRayDaemonWriteAccess"',
    );
  });

  test('that the document does not have are an error only for whoever takes one', () => {
    const stack = security({ roles: exampleDesign.roles.filter(({ kind }) => kind !== 'lambda') });
    expect(stack.roles.task).toBeDefined();
    expect(() => stack.roles.lambda).toThrow(/no lambda role/);
  });
});

describe('what CloudFront shows to the load balancer', () => {
  const secretsOf = (design: Partial<Design> = {}, environment: FormEnvironment = 'production') =>
    Object.values(Template.fromStack(security(design, environment)).findResources('AWS::SecretsManager::Secret'));

  test.each(formEnvironments)(
    'is made by AWS and written nowhere, one value for now and one for next, in %s',
    (environment) => {
      const secrets = secretsOf({}, environment);
      expect(secrets).toHaveLength(2);
      for (const { Properties } of secrets) {
        expect(Properties.GenerateSecretString).toEqual({ PasswordLength: 64, ExcludePunctuation: true });
        expect(Properties).not.toHaveProperty('SecretString');
      }
    },
  );

  test('is known where CloudFront is configured too, the next value is not', () => {
    const regions = secretsOf().map(({ Properties }) => Properties.ReplicaRegions);
    expect(regions).toEqual([[{ Region: 'us-east-1' }], undefined]);
  });

  test('is not copied to the region that it is in', () => {
    for (const { Properties } of secretsOf({ region: 'us-east-1' })) {
      expect(Properties).not.toHaveProperty('ReplicaRegions');
    }
  });

  test.each([
    ['production', 'RetainExceptOnCreate'],
    ['development', 'Delete'],
  ] as const)('does not go in %s by mistake: %s', (environment, DeletionPolicy) => {
    for (const secret of secretsOf({}, environment)) expect(secret).toMatchObject({ DeletionPolicy });
  });
});

test('a Japanese title is no description that AWS refuses', () => {
  const securityGroups = exampleDesign.securityGroups.map((group) => ({ ...group, title: `${group.title}（内部）` }));
  const roles = exampleDesign.roles.map((role) => ({ ...role, title: '実行ロール' }));
  expect(JSON.stringify(template({ securityGroups, roles }).toJSON())).not.toMatch(/[^\x20-\x7e]/);
});
