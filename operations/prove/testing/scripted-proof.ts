// A run of `prove` over a scripted account: everything that it asks besides, written down.

import type { Deployable } from '../../deploy/deployable.ts';
import type { DeployPorts, SmokeReport } from '../../deploy/ports.ts';
import type { ScriptedPorts } from '../../deploy/testing/scripted-ports.ts';
import { scriptedStores } from '../../destroy/testing/scripted-stores.ts';
import type { StackDrift } from '../../drift/drift.ts';
import type { Evidence } from '../evidence.ts';
import { planProof } from '../plan.ts';
import { type ProveInput, type ProvePorts, prove } from '../prove.ts';

/** A smoke test in which all is well. */
export const wellServed: SmokeReport = {
  passed: true,
  checks: ['edge', 'tls', 'order', 'queue', 'logs', 'traces'].map((id) => ({
    id,
    verdict: 'pass',
    observed: `${id} seen`,
  })),
};

/** What drift detection finds: every stack that stands is as it was deployed. */
export function scriptedDrift({ aws }: ScriptedPorts, { stacks }: Deployable): readonly StackDrift[] {
  const there = aws.standings();
  return stacks.map(({ id, place }) => ({
    ...{ stack: id, region: place.region, fromDesign: [], fromTemplate: [], unchecked: 2, reasons: [] },
    ...(there[id] === 'CREATE_COMPLETE'
      ? { template: 'same' as const, account: 'in-sync' as const }
      : { template: 'absent' as const, account: 'not-looked' as const }),
  }));
}

/** Of a run that nothing is known of yet. */
export const head: ProveInput['head'] = {
  run: '20261130T120000Z-0a1b2c3d',
  environment: 'development',
  account: '********9012',
  region: 'ap-northeast-1',
  commit: '24d2b3d4'.repeat(5),
  clean: true,
  templates: 'ab'.repeat(32),
  began: '2026-11-30T12:00:00.000Z',
};

/** Runs it all. @param change what is other than in a run in which all is well */
export async function proven(
  place: ScriptedPorts,
  deployable: Deployable,
  change: Partial<ProvePorts> = {},
  input: Partial<ProveInput> = {},
) {
  const ports: DeployPorts = { ...place.again(), smoke: async () => wellServed };
  const plan = await planProof(ports, deployable);
  if ('standing' in plan) throw new Error(JSON.stringify(plan.standing));
  const kept: Evidence[] = [];
  const told: string[] = [];
  const result = await prove(
    {
      ...ports,
      stores: scriptedStores(place.aws.account),
      drift: async () => scriptedDrift(place, deployable),
      keep: (evidence) => void kept.push(evidence),
      begin: async (step) => void told.push(step),
      end: async ({ step, ended }) => void told.push(`${step} ${ended}`),
      ...change,
    },
    {
      ...{ deployable, failing: plan.failing, head, fresh: [], migrations: [], incompatible: [], verdicts: {} },
      ...{ smoke: true, commit: head.commit, runs: ['one', 'two', 'three'] },
      ...input,
    },
  );
  return { ...result, kept, told };
}
