// Functions that CloudFormation calls while it deploys a stack: those that a custom resource names. Nobody calls them afterwards.
import type { Assembly, Resource } from '../graph.ts';
import { pointsAt } from '../relations.ts';

/** The custom resource by which a deployment calls the function; `undefined` for one that has other callers. */
export const deploymentStepOf = (graph: Pick<Assembly, 'resources'>, one: Resource): Resource | undefined =>
  graph.resources.find(
    ({ type, properties }) =>
      (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') &&
      pointsAt(properties.ServiceToken, one),
  );
