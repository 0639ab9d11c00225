// The edge stack of an environment, as tests look at it.
import type { Template } from 'aws-cdk-lib/assertions';
import type { Design, Environment } from '../../../design/schema.ts';
import { stackId } from '../../../design/stack-names.ts';
import { platformOf, stacksOf } from './environment.ts';
import { templateOf } from './followed.ts';

/** The edge stack's template. */
export function edgeOf(design: Design, environment: Environment = 'production'): Template {
  const stacks = stacksOf(platformOf(design, [environment]));
  const edge = stacks.find(({ node }) => node.id === stackId(environment, 'EdgeStack'));
  if (edge === undefined) throw new Error('The platform has an EdgeStack');
  return templateOf(edge);
}

/** Properties of the only resource of a type. */
export function only(template: Template, type: string) {
  const [found, ...others] = Object.values(template.findResources(type));
  if (found === undefined || others.length > 0) throw new Error(`${others.length + 1} of ${type}, expected one`);
  return found.Properties;
}
