// SIZE-4: as many NAT gateways as the environment's size says, each with an address of its own.

import { isSettled } from '../../../../assembly/graph.ts';
import { ofType, targetOf } from '../../../../assembly/relations.ts';
import { perEnvironment } from '../../../../design/environments.ts';
import type { Observation, StatementCase } from '../../judge.ts';
import { missing, on, onStack } from '../../on.ts';
import { said } from '../../words/network.ts';

export function countNatGateways({ graph, design, environment }: StatementCase): readonly Observation[] {
  const wanted = perEnvironment(design.sizes, environment).natGateways;
  const found = ofType(graph, 'AWS::EC2::NatGateway');
  const [first] = found;
  if (first === undefined) return [missing(said.natGateways({ count: wanted }))];
  return [
    onStack(first.stack, '/Resources', found.length === wanted, { expected: wanted, observed: found.length }),
    ...found.map((nat) => {
      const { AllocationId } = nat.properties;
      const address = targetOf(graph, AllocationId);
      const holds = address === undefined && !isSettled(AllocationId) ? undefined : address?.type === 'AWS::EC2::EIP';
      return on(nat).property('AllocationId').holds(holds, { expected: said.elasticAddress });
    }),
  ];
}
