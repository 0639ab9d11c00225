// A whole environment with the stacks that work and watch, as tests look at it.
import { Template } from 'aws-cdk-lib/assertions';
import type { Design, Environment, Sizes } from '../../../design/schema.ts';
import { createApp } from '../app.ts';
import { buildRegion } from '../platform.ts';
import { scratch } from './environment.ts';

/** The stacks of an environment and the app that they stand in. */
export function workloadStacks(design: Design, environment: Environment) {
  const app = createApp({ outdir: scratch(), validation: false });
  return { app, ...buildRegion(app, design, environment, 'primary') };
}

/** The compute stack's template. */
export function computeOf(design: Design, environment: Environment = 'production'): Template {
  return Template.fromStack(workloadStacks(design, environment).compute);
}

/** The monitoring stack's template. */
export function monitoringOf(design: Design, environment: Environment = 'production'): Template {
  return Template.fromStack(workloadStacks(design, environment).monitoring);
}

/** The design with a size changed in every environment. */
export function sized(design: Design, change: (sizes: Sizes) => Sizes): Design {
  const sizes = Object.entries(design.sizes).map(([environment, size]) => [environment, change(size)] as const);
  return { ...design, sizes: Object.fromEntries(sizes) };
}

/** The design without a cache. */
export function withoutCache(design: Design): Design {
  const { cache: _, ...backup } = design.backup;
  const stacks = design.stacks.filter(({ name }) => name !== 'CacheStack');
  return sized({ ...design, backup, stacks }, ({ cache: _size, ...sizes }) => sizes);
}

/** The design without functions: their role is what the reader knows them by. */
export function withoutFunctions(design: Design): Design {
  const roles = design.roles.filter(({ kind }) => kind !== 'lambda');
  return sized({ ...design, roles, functions: [] }, ({ functions: _, ...sizes }) => sizes);
}

/** The design without a table: the task role's permissions on it are what the reader knows it by. */
export function withoutTable(design: Design): Design {
  const roles = design.roles.map((role) => ({
    ...role,
    statements: role.statements.filter(({ prefix }) => prefix !== 'dynamodb'),
  }));
  return { ...design, roles, tables: [] };
}
