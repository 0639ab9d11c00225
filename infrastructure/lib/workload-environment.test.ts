// The stacks tell the workload what it asks for: its own reader takes their variables, in every environment and without each optional part.
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import { type Design, formEnvironments } from '../../design/schema.ts';
import { readTaskEnvironment } from '../../services/clients/environment.ts';
import { platformOf, stacksOf } from './testing/environment.ts';

interface Variable {
  readonly Name: string;
  readonly Value?: unknown;
}

/** Variables and secrets of the API's container, with something of the right shape for what only AWS knows. */
function variablesOf(design: Design, environment: (typeof formEnvironments)[number]): Record<string, string> {
  const compute = stacksOf(platformOf(design, [environment])).find(({ node }) => node.id.endsWith('ComputeStack'));
  if (compute === undefined) throw new Error('no ComputeStack');
  const [task] = Object.values(Template.fromStack(compute).findResources('AWS::ECS::TaskDefinition'));
  const [{ Environment, Secrets }] = (task?.Properties.ContainerDefinitions ?? []) as [
    { Environment: readonly Variable[]; Secrets: readonly Variable[] },
  ];
  return Object.fromEntries(
    [...Environment, ...Secrets].map(({ Name, Value }) => [Name, typeof Value === 'string' ? Value : standIn(Name)]),
  );
}

function standIn(name: string): string {
  if (name.endsWith('_QUEUE')) return 'https://sqs.example.com/1/queue';
  return name === 'ORDER_EVENTS' ? 'arn:aws:sns:ap-northeast-1:1:topic' : 'stand-in';
}

/** Read by the OpenTelemetry library itself. */
const ofLibraries = ['OTEL_PROPAGATORS', 'OTEL_TRACES_SAMPLER'];

describe('the API', () => {
  test.each(formEnvironments)(
    'is told all that it asks for, and nothing that it does not know, in %s',
    (environment) => {
      const variables = variablesOf(exampleDesign, environment);
      const read = readTaskEnvironment({ ...variables, AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE' });
      const unknown = Object.keys(variables).filter((name) => !(name in read) && !ofLibraries.includes(name));
      expect(unknown).toEqual([]);
    },
  );

  test('trusts the issuer of the document, or the one at its domain', () => {
    const { inputs } = exampleDesign;
    const own = { ...exampleDesign, inputs: { ...inputs, jwtIssuer: 'https://id.example.org/' } };
    expect(variablesOf(own, 'production').JWT_ISSUER).toBe('https://id.example.org/');
    expect(variablesOf(exampleDesign, 'production').JWT_ISSUER).toBe('https://login.example.com/');
  });

  test('starts without cache and table too', () => {
    const stacks = exampleDesign.stacks.filter(({ name }) => name !== 'CacheStack');
    const variables = variablesOf({ ...exampleDesign, stacks, tables: [] }, 'production');
    expect(readTaskEnvironment(variables)).toMatchObject({ PORT: 8080 });
    expect(Object.keys(variables).filter((name) => /CACHE|TABLE/.test(name))).toEqual([]);
  });
});
