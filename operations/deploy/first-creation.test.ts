// A first creation that fails, wherever it does: what it leaves behind, and whether the next one comes up (ADR-047).
import { describe, expect, test } from 'vitest';
import { isNode, type TemplateNode } from '../../assembly/scope.ts';
import { holdsData } from './holds-data.ts';
import { edited, idsOf, production, rollOut } from './testing/production.ts';
import { ScriptedAccount } from './testing/scripted-account.ts';
import { scriptedPorts } from './testing/scripted-ports.ts';

const keyOf = ({ place }: (typeof production.stacks)[number]) => `${place.region}/${place.name}`;

const resourcesOf = ({ template }: { readonly template: TemplateNode }) =>
  Object.entries(isNode(template.Resources) ? template.Resources : {}).flatMap(([id, one]) =>
    isNode(one) ? [[id, one] as const] : [],
  );

/** An account in which every stack before this one stands. */
function before(stack: (typeof production.stacks)[number]): ScriptedAccount {
  const account = new ScriptedAccount();
  for (const other of production.stacks) {
    if (other === stack) break;
    expect([other.id, account.create(keyOf(other), other.template)]).toEqual([other.id, undefined]);
  }
  return account;
}

test.each(production.stacks.map((stack) => [stack.id, stack] as const))(
  'a creation of %s that fails at any of its resources is taken back whole',
  (_, stack) => {
    const account = before(stack);
    const of = keyOf(stack);
    for (const [id] of resourcesOf(stack)) {
      expect(account.create(of, stack.template, id)?.logicalId).toBe(id);
      expect([id, account.remove(of, 'rollback')]).toEqual([id, []]);
      expect(account.standing(of)).toEqual([]);
    }
    expect(account.create(of, stack.template)).toBeUndefined();
  },
);

const storesOf = (stack: (typeof production.stacks)[number]) =>
  resourcesOf(stack).flatMap(([id, one]) => (holdsData(String(one.Type), one) ? [id] : []));

test.each(production.stacks.flatMap((stack) => (storesOf(stack).length > 0 ? [[stack.id, stack] as const] : [])))(
  'at every resource of %s that holds data the deployer ends where the next run goes on',
  async (_, stack) => {
    const place = scriptedPorts();
    for (const id of storesOf(stack)) {
      const script = { fails: { [stack.id]: { at: id } } };
      const result = await rollOut(place, `fails-at-${id}`.toLowerCase(), production, script);
      const standing = result.stacks.find((one) => one.id === stack.id);
      expect([id, standing?.status, result.next]).toEqual([id, 'ROLLBACK_COMPLETE', [{ do: 'deploy-again' }]]);
      expect(place.aws.account.standing(keyOf(stack))).toEqual([]);
    }
    expect((await rollOut(place, 'last', production, {})).outcome).toBe('deployed');
  },
);

describe('what AWS protects against deletion', () => {
  const guarded = [
    'AWS::RDS::DBCluster',
    'AWS::RDS::GlobalCluster',
    'AWS::DynamoDB::GlobalTable',
    'AWS::DynamoDB::Table',
  ];
  const all = production.stacks.flatMap((stack) =>
    guarded.flatMap((type) => idsOf(production, stack.id, type).map((id) => ({ stack, id }))),
  );

  test('is protected once its stack stands', async () => {
    const place = scriptedPorts();
    expect((await rollOut(place, 'first')).outcome).toBe('deployed');
    expect(all.length).toBeGreaterThan(3);
    for (const { stack, id } of all) {
      expect([id, place.aws.account.find(keyOf(stack), id)?.isProtected]).toEqual([id, true]);
    }
  });

  test.each([
    ['AWS::RDS::DBCluster', { DeletionProtection: true }],
    ['AWS::DynamoDB::Table', { DeletionProtectionEnabled: true }],
    ['AWS::RDS::GlobalCluster', { DeletionProtection: true }],
  ] as const)('would not go in a rollback if the template said so: %s', (type, properties) => {
    for (const { stack, id } of all.filter(({ stack, id }) => idsOf(production, stack.id, type).includes(id))) {
      const account = before(stack);
      const template = edited(stack.template, type, properties);
      const last = resourcesOf(stack).find(
        ([, one]) => one.Type === 'AWS::IAM::Policy' && JSON.stringify(one).includes('"Protect'),
      );
      account.create(keyOf(stack), template, last?.[0]);
      expect(account.remove(keyOf(stack), 'rollback').map(({ logicalId }) => logicalId)).toContain(id);
    }
  });
});
