// Mutants of the names that CloudFront answers to and asks (INP-1).
import { at } from '../../../../../assembly/graph.ts';
import type { PropertyPath } from '../../../../../assembly/properties.ts';
import { listOf, ofType } from '../../../../../assembly/relations.ts';
import type { Design } from '../../../../../design/schema.ts';
import { type Json, type Mutant, only, type Platform } from '../mutant.ts';

const distribution = ({ graph }: Platform) => only(ofType(graph, 'AWS::CloudFront::Distribution'));

/** Sets a property of the distribution. */
const configure = (path: PropertyPath, value: Json | undefined) => (platform: Platform) =>
  platform.set(distribution(platform), ['DistributionConfig', ...path], value);

/** Where among the origins the load balancer is: the one that is no bucket. */
function apiOrigin(platform: Platform): number {
  const origins = listOf(at(distribution(platform).properties, 'DistributionConfig', 'Origins'));
  return origins.findIndex((origin) => at(origin, 'CustomOriginConfig') !== undefined);
}

/** A name that has a record, too, where the document names the zone. */
const named = ({ inputs }: Design) =>
  inputs.hostedZoneId === undefined ? ['inputs.domain'] : ['inputs.domain', 'inputs.hostedZoneId'];

export const edgeMutants: readonly Mutant[] = [
  {
    id: 'INP-1',
    name: 'CloudFront answers to a name of another domain',
    spoil: configure(['Aliases', 0], 'www.example.net'),
    reddens: named,
  },
  {
    id: 'INP-1',
    name: 'CloudFront answers to its own name alone',
    spoil: configure(['Aliases'], undefined),
    reddens: () => ['inputs.domain'],
  },
  {
    id: 'INP-1',
    name: 'CloudFront shows the certificate of its own names',
    spoil: configure(['ViewerCertificate'], { CloudFrontDefaultCertificate: true }),
    reddens: () => ['inputs.domain'],
  },
  {
    id: 'INP-1',
    name: 'CloudFront asks the load balancer by a name that its certificate is not for',
    spoil: (platform) =>
      configure(['Origins', apiOrigin(platform), 'DomainName'], `other.${platform.design.inputs.domain}`)(platform),
    reddens: named,
  },
];
