// SIZE-4: as many NAT gateways as the environment's size says, each with an address of its own.

import { ofType, targetOf } from '../../../assembly/relations.ts';
import { nothing, onStack, seen } from '../evidence.ts';
import type { Evidence, StatementCase } from '../judge.ts';

export function countNatGateways({ graph, design, environment }: StatementCase): readonly Evidence[] {
  const wanted = design.sizes[environment].natGateways;
  const found = ofType(graph, 'AWS::EC2::NatGateway');
  const [first] = found;
  if (first === undefined) return [nothing(`${wanted} NAT gateways`)];
  const count = onStack(graph, first.stack, '/Resources', found.length, wanted, found.length === wanted);
  return [
    count,
    ...found.map((nat) => {
      const address = targetOf(graph, nat.properties.AllocationId);
      const holds = address?.type === 'AWS::EC2::EIP';
      return seen(graph, nat, ['AllocationId'], nat.properties.AllocationId, 'an elastic address', holds);
    }),
  ];
}
