// The stacks of one environment that hold data, as templates: what the tests of these stacks look at.
import type { Template } from 'aws-cdk-lib/assertions';
import type { Design, Environment } from '../../../design/schema.ts';
import { createApp } from '../app.ts';
import { CacheStack } from '../stacks/cache-stack.ts';
import { DatabaseStack } from '../stacks/database-stack.ts';
import { MessagingStack } from '../stacks/messaging-stack.ts';
import { NetworkStack } from '../stacks/network-stack.ts';
import { SecurityStack } from '../stacks/security-stack.ts';
import { scratch } from './environment.ts';

/** A statement of an IAM policy as it stands in a template. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** What the stacks that hold data stand on. */
export function foundations(design: Design, environment: Environment) {
  const app = createApp({ outdir: scratch(), validation: false });
  const prefix = `${environment[0]?.toUpperCase()}${environment.slice(1)}`;
  const network = new NetworkStack(app, `${prefix}NetworkStack`, { design, environment });
  const security = new SecurityStack(app, `${prefix}SecurityStack`, { design, environment, network });
  return { app, prefix, network, security };
}

/** The stacks of an environment that hold data; without the cache when the design has no CacheStack. */
export function dataStacks(design: Design, environment: Environment) {
  const { app, prefix, network, security } = foundations(design, environment);
  const needs = { design, environment, network, security };
  const cached = design.stacks.some(({ name }) => name === 'CacheStack');
  return {
    security,
    database: new DatabaseStack(app, `${prefix}DatabaseStack`, needs),
    messaging: new MessagingStack(app, `${prefix}MessagingStack`, { design, environment }),
    cache: cached ? new CacheStack(app, `${prefix}CacheStack`, needs) : undefined,
  };
}

/** Every rule of a security group in the template, wherever it stands, as text. */
export function rules(template: Template): string[] {
  const alone = ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'].flatMap((type) =>
    Object.values(template.findResources(type)),
  );
  const within = Object.values(template.findResources('AWS::EC2::SecurityGroup')).flatMap(({ Properties }) => [
    ...(Properties.SecurityGroupIngress ?? []),
    ...(Properties.SecurityGroupEgress ?? []),
  ]);
  return [...alone, ...within].map((rule) => JSON.stringify(rule)).sort();
}

/** All statements of the template's IAM policies, with the roles that hold them. */
export function statements(template: Template): { readonly role: string; readonly statement: Statement }[] {
  return Object.values(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) =>
    (Properties.Roles as unknown[]).flatMap((role) =>
      (Properties.PolicyDocument.Statement as Statement[]).map((statement) => ({
        role: JSON.stringify(role),
        statement,
      })),
    ),
  );
}

/** Actions of a statement as a list. */
export function actionsOf(statement: Statement): readonly string[] {
  return typeof statement.Action === 'string' ? [statement.Action] : statement.Action;
}

/** Logical ids of the resources of these types, sorted: changing one would replace what holds data. */
export function logicalIds(template: Template, ...types: readonly string[]): string[] {
  return types.flatMap((type) => Object.keys(template.findResources(type))).sort();
}
