// Claims about the design of the region that stands by: what is another there, and that nothing else is (DR-1, DR-7).

import { describe, expect, test } from 'vitest';
import { perEnvironment } from '../../design/environments.ts';
import type { Design, SecurityGroupRule } from '../../design/schema.ts';
import { standbyDesign } from './standby-design.ts';
import { recoveringDesign } from './testing/standby.ts';

/** The derived design, which these designs have. */
function derived(change: Partial<Design> = {}): Design {
  const design = standbyDesign({ ...recoveringDesign, ...change });
  if (design === undefined) throw new Error('No region stands by');
  return design;
}

const at = (region: string, zones: readonly string[] = ['a', 'c']): Partial<Design> => {
  const { network, recovery } = recoveringDesign;
  const subnets = network.subnets.map((subnet) => ({ ...subnet, zone: zones[subnet.zone === 'a' ? 0 : 1] ?? '' }));
  return { ...(recovery && { recovery: { ...recovery, region } }), network: { ...network, subnets } };
};
const zonesOf = ({ network }: Design) => [...new Set(network.subnets.map(({ zone }) => zone))].sort();

describe('the design of the standby', () => {
  test('differs from the document in its place, its size and its copies, and in nothing else', () => {
    const { region, inputs, network, securityGroups, backup, sizes, ...rest } = derived();
    const { recovery: _, ...own } = recoveringDesign;
    expect({ ...own, ...rest }).toEqual(own);
    expect(region).toBe('us-west-2');
    expect(inputs).toEqual(own.inputs);
    expect(securityGroups).toEqual(own.securityGroups);
    expect({ ...network, cidr: '', subnets: [] }).toEqual({ ...own.network, cidr: '', subnets: [] });
    expect(backup.s3).toEqual({ ...own.backup.s3, replicateTo: { ...own.backup.s3.replicateTo, production: null } });
    expect(backup.cache).toEqual(own.backup.cache);
    const production = perEnvironment(own.sizes, 'production');
    expect(sizes).toEqual({
      ...own.sizes,
      production: {
        ...production,
        aurora: { ...production.aurora, instances: 1 },
        cache: { ...production.cache, nodes: 1 },
        natGateways: 1,
      },
    });
  });

  test('has every subnet at the same place of its own range', () => {
    const { network } = derived();
    expect(network.cidr).toBe('10.1.0.0/16');
    expect(network.subnets.map(({ tier, cidr }) => `${tier} ${cidr}`)).toEqual(
      recoveringDesign.network.subnets.map(({ tier, cidr }) => `${tier} ${cidr.replace('10.0.', '10.1.')}`),
    );
  });

  test('opens to the same parts of its own range, and to others as the document does', () => {
    const to = (cidr: string): SecurityGroupRule => ({
      ...{ protocol: 'tcp', fromPort: 443, toPort: 443, description: '' },
      peer: { kind: 'cidr', cidr },
    });
    const [group] = recoveringDesign.securityGroups;
    if (group === undefined) throw new Error('The example has groups');
    const rules = ['0.0.0.0/0', '10.0.0.0/16', '10.0.10.0/24', '192.0.2.0/24'].map(to);
    const [moved] = derived({ securityGroups: [{ ...group, ingress: rules, egress: rules }] }).securityGroups;
    const expected = ['0.0.0.0/0', '10.1.0.0/16', '10.1.10.0/24', '192.0.2.0/24'].map(to);
    expect([moved?.ingress, moved?.egress]).toEqual([expected, expected]);
  });

  test.each([
    ['us-west-2', ['a', 'c'], ['a', 'c']],
    ['us-west-2', ['e', 'f'], ['a', 'b']],
    ['ap-northeast-1', ['a', 'b'], ['a', 'c']],
    ['eu-west-1', ['a', 'd'], ['a', 'b']],
  ] as const)('lies in zones that %s has: %j in %j', (region, zones, expected) => {
    expect(zonesOf(derived(at(region, zones)))).toEqual(expected);
  });

  test('has no certificate of another region, and keeps that of the edge', () => {
    const certificates = { edge: 'arn:edge', origin: 'arn:origin' };
    const { inputs } = derived({ inputs: { ...recoveringDesign.inputs, certificates } });
    expect(inputs.certificates).toEqual({ edge: 'arn:edge' });
  });

  test('is none where no region takes over, and has none of its own', () => {
    const { recovery: _, ...without } = recoveringDesign;
    expect(standbyDesign(without)).toBeUndefined();
    expect(standbyDesign(derived())).toBeUndefined();
  });
});
