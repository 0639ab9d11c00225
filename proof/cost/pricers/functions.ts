// Lambda: calls, and memory for as long as they run.
import { type Assembly, at, type Resource } from '../../../assembly/graph.ts';
import { deploymentStepOf } from '../../../assembly/questions/deployment-steps.ts';
import { isInNetwork } from '../../../assembly/questions/placements.ts';
import { type Pricer, partOf, type Site, settledNumber, settledText, sharedEverywhere } from './site.ts';

/** The workload's functions reach the database, so they are in the VPC; those of deployment and recovery are rarely called. */
const ofWorkload = (graph: Assembly) => (one: Resource) =>
  isInNetwork(graph, one) && deploymentStepOf(graph, one) === undefined;

export const lambdaFunction: Pricer = {
  type: 'AWS::Lambda::Function',
  price(resource, site) {
    const isOfWorkload = ofWorkload(site.graph);
    const calls = isOfWorkload(resource)
      ? partOf(site, resource, 'functionInvocations', isOfWorkload)
      : site.usage.read('helperInvocations');
    const seconds = (calls * site.usage.read('functionMs')) / 1000;
    const processor = settledText(resource, ['Architectures', 0], 'x86_64') === 'arm64' ? 'arm' : 'x86';
    const gigabytes = settledNumber(resource, ['MemorySize'], 128) / 1024;
    return [
      { item: 'lambda.request', quantity: calls },
      { item: `lambda.${processor}.gb-second`, quantity: gigabytes * seconds },
      ...tracesOf(resource, site),
    ];
  },
};

/** Active tracing records a share of the calls; the tasks' collector sends the rest of the same traces (see tracing.ts). */
function tracesOf(resource: Resource, site: Site) {
  return isTraced(resource) ? [{ item: 'xray.trace', quantity: partOf(site, resource, 'traces', isTraced) }] : [];
}

export const isTraced = (one: Resource): boolean => at(one.properties, 'TracingConfig', 'Mode') === 'Active';

/** AWS's application that rotates a password: four calls a rotation, ten seconds each at most, 128 MB. */
export const rotationApplication: Pricer = {
  type: 'AWS::Serverless::Application',
  price(resource, site) {
    const calls = 4 * sharedEverywhere(site, resource, 'rotations');
    return [
      { item: 'lambda.request', quantity: calls },
      { item: 'lambda.x86.gb-second', quantity: calls * 10 * 0.125 },
    ];
  },
};
