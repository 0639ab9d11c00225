// Claims about who may deploy from GitHub Actions, and what they may do.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import { createApp, synthesize } from './app.ts';
import { looks } from './pipeline-permissions.ts';
import { PipelineStack } from './pipeline-stack.ts';
import { scratch } from './testing/environment.ts';

const root = join(import.meta.dirname, '..', '..');

function build(providerExists = false) {
  const app = createApp({ outdir: scratch() });
  const stack = new PipelineStack(app, 'PipelineStack', {
    design: exampleDesign,
    repository: 'owner@1/name@2',
    environments: ['production', 'staging'],
    providerExists,
    env: { region: 'ap-northeast-1' },
  });
  return { template: Template.fromStack(stack), app };
}
const { template, app } = build();

const policySchema = z.object({
  Properties: z.object({
    Roles: z.array(z.object({ Ref: z.string() })),
    PolicyDocument: z.object({
      Statement: z.array(
        z.object({
          Sid: z.string(),
          Action: z.union([z.string(), z.array(z.string())]),
          Resource: z.unknown(),
          Condition: z.unknown().optional(),
        }),
      ),
    }),
  }),
});
const policies = Object.values(template.findResources('AWS::IAM::Policy')).map((one) => policySchema.parse(one));
const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
const actionsOf = ({ Action }: { Action: string | readonly string[] }) => [Action].flat();

describe('a role', () => {
  test.each(['production', 'staging'])(
    'of %s is for jobs of that GitHub environment in this repository alone',
    (name) => {
      const roles = Object.values(template.findResources('AWS::IAM::Role')).map(({ Properties }) => Properties);
      const trust = roles
        .flatMap(({ AssumeRolePolicyDocument }) => AssumeRolePolicyDocument.Statement)
        .filter(({ Condition }) => JSON.stringify(Condition).endsWith(`:${name}"}}`));
      expect(trust).toMatchObject([
        {
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
              'token.actions.githubusercontent.com:sub': `repo:owner@1/name@2:environment:${name}`,
            },
          },
        },
      ]);
      expect(roles).toHaveLength(2);
    },
  );

  test("takes on the bootstrap's roles, and not the one that CloudFormation works with", () => {
    const bootstrap = statements.filter(({ Action }) => Action === 'sts:AssumeRole');
    expect(bootstrap).toHaveLength(2);
    for (const { Resource } of bootstrap) {
      const text = JSON.stringify(Resource);
      expect(text).not.toMatch(/cfn-exec|\*/);
      for (const role of ['deploy', 'file-publishing', 'image-publishing', 'lookup']) {
        expect(text).toContain(`cdk-hnb659fds-${role}-role-`);
      }
    }
  });

  test('changes nothing else but what a deployment does beside CloudFormation', () => {
    const changing = statements.flatMap(actionsOf).filter((action) => !looks.includes(action));
    expect([...new Set(changing)].sort()).toEqual([
      'dynamodb:GetItem',
      'ecs:RegisterTaskDefinition',
      'ecs:RunTask',
      'iam:GetRole',
      'iam:PassRole',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'logs:FilterLogEvents',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
      'ssm:GetParameter',
      'sts:AssumeRole',
    ]);
    for (const statement of statements.filter(({ Resource }) => Resource === '*')) {
      expect(actionsOf(statement).filter((action) => !looks.includes(action))).toEqual([]);
    }
  });

  test('cannot read what customers stored, nor a secret', () => {
    const data = [
      's3:GetObject',
      'dynamodb:GetItem',
      'dynamodb:Scan',
      'sqs:ReceiveMessage',
      'secretsmanager:GetSecretValue',
    ];
    const reads = [...data, 'logs:FilterLogEvents', 'kms:Decrypt', 'ssm:GetParameter', 'rds-data:ExecuteStatement'];
    expect(reads.filter((action) => looks.some((pattern) => covers(pattern, action)))).toEqual([]);
  });

  test('of one environment names nothing of another', () => {
    for (const { Properties } of policies) {
      const own = Properties.Roles.some(({ Ref }) => Ref.startsWith('Production')) ? 'production' : 'staging';
      const text = JSON.stringify(Properties.PolicyDocument).toLowerCase();
      expect(text).not.toContain(own === 'production' ? 'staging' : 'production');
    }
  });

  // Commands of the deployer and its checks, by the names that IAM has for them; those of drills, and of what preflight makes when it is asked, are typed by people.
  test('may ask all that hashira deploy, preflight, smoke and drift ask', () => {
    const byHand = ['ecs:StopTask', 'iam:CreateServiceLinkedRole', 'rds:FailoverDBCluster', 'sqs:SendMessage'];
    const granted = statements.flatMap(actionsOf);
    const missing = askedActions().filter((action) => !granted.some((pattern) => covers(pattern, action)));
    expect(missing.filter((action) => !byHand.includes(action))).toEqual([]);
  });
});

test('an account that has the provider already gets no second one', () => {
  expect(build(true).template.findResources('AWS::IAM::OIDCProvider')).toEqual({});
});

test('the checks find nothing that nobody acknowledged', () => {
  expect(synthesize(app).findings).toEqual([]);
});

const covers = (pattern: string, action: string) =>
  pattern === action || (pattern.endsWith('*') && action.startsWith(pattern.slice(0, -1)));

/** Services by the names of their clients' packages, where IAM has another. */
const services: Readonly<Record<string, string>> = {
  'application-auto-scaling': 'application-autoscaling',
  'cloudwatch-logs': 'logs',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  'route-53': 'route53',
  'secrets-manager': 'secretsmanager',
  'service-quotas': 'servicequotas',
  sfn: 'states',
};
const renamed: Readonly<Record<string, string>> = {
  'budgets:DescribeBudget': 'budgets:ViewBudget',
  's3:HeadBucket': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:ListObjectsV2': 's3:ListBucket',
};

/** Actions of the commands that the rooms of deployment import; CloudFormation's changes are made as the bootstrap's role. */
function askedActions(): readonly string[] {
  const files = globSync('operations/{aws,deploy,drift,preflight,smoke}/**/*.ts', { cwd: root }).filter(
    (file) => !/\.test\.ts$|\/testing\//.test(file),
  );
  const actions = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g)].flatMap(
      ([, words = '', name = '']) =>
        [...words.matchAll(/\b(?:paginate(\w+)|(\w+)Command)\b/g)].map(([, page, command]) => {
          const action = `${services[name] ?? name}:${page ?? command}`;
          return renamed[action] ?? action;
        }),
    );
  });
  const changing = /^cloudformation:(Create|Execute|Delete|Update|Continue|Rollback|Cancel|Set)/;
  // Nobody needs a permission to ask who they are.
  return [...new Set(actions)].filter((action) => !changing.test(action) && action !== 'sts:GetCallerIdentity').sort();
}
