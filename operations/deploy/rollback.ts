// Back to a recorded deployment (RBK-1): its templates, as a plan like any other. What holds data stays, and the schema goes forward only.
import { canonical } from './canonical.ts';
import { cutOff } from './cut-off.ts';
import type { Deployable, DeployableStack } from './deployable.ts';
import { isStateful } from './holds-data.ts';
import { makePlan } from './make-plan.ts';
import type { Migration } from './migrations.ts';
import { discard, type Obstacle, type OnFailure, type Plan } from './plan.ts';
import type { DeployPorts } from './ports.ts';
import { type DeploymentRecord, isGood } from './records.ts';
import { recorded } from './restore.ts';

export interface RollbackInput {
  /** The stacks as they are built now: where they are, and in whose name. */
  readonly deployable: Deployable;
  /** Id of the record to go to; absent: the last good one before the newest. */
  readonly to?: string;
  readonly run: string;
  readonly onFailure: OnFailure;
  /** The migrations of this checkout. */
  readonly migrations: readonly Migration[];
}

export type Rollback =
  | {
      readonly record: DeploymentRecord;
      readonly plan: Plan;
      /** Stacks with data whose template was another then; they stay as they are. */
      readonly left: readonly string[];
    }
  | { readonly refused: 'no-record'; readonly known: readonly string[] }
  | { readonly refused: 'incompatible'; readonly record: DeploymentRecord; readonly migrations: readonly Migration[] }
  /** Files and images of then that nobody keeps any more. */
  | { readonly refused: 'assets'; readonly record: DeploymentRecord; readonly missing: readonly string[] }
  | { readonly refused: 'obstacles'; readonly record: DeploymentRecord; readonly obstacles: readonly Obstacle[] };

/** @throws AwsFault */
export async function planRollback(ports: DeployPorts, input: RollbackInput): Promise<Rollback> {
  const { deployable, to, run, onFailure, migrations } = input;
  const records = await ports.records.list();
  const good = records.filter(isGood);
  const record = to === undefined ? before(records) : good.find(({ id }) => id === to);
  if (record === undefined) return { refused: 'no-record', known: good.map(({ id }) => id) };
  const seen = new Set(records.flatMap((one) => [...one.migrations, ...(one.tried ?? [])]));
  const between = migrations.filter(
    ({ name, incompatible }) => incompatible !== undefined && seen.has(name) && !record.migrations.includes(name),
  );
  if (between.length > 0) return { refused: 'incompatible', record, migrations: between };

  const templates = await ports.records.templates(record.id);
  const stacks = recorded(deployable.stacks, record, templates);
  const missing = (await Promise.all(stacks.map((stack) => ports.assets.missing(stack)))).flat();
  if (missing.length > 0) return { refused: 'assets', record, missing: [...new Set(missing)] };
  const plan = await makePlan(ports, {
    deployable: { ...deployable, stacks },
    run,
    commit: record.commit,
    migrations: [],
    onFailure,
  });
  if ('obstacles' in plan) return { refused: 'obstacles', record, obstacles: plan.obstacles };
  const left = cutOff(deployable.stacks, plan);
  if (left.length > 0) {
    await discard(ports, plan);
    const reason = `it stays as it is and reads what going back would replace; deploy the commit ${record.commit ?? 'of then'} instead`;
    const obstacles = left.map(({ id, place: { region } }) => ({
      kind: 'no-change-set' as const,
      stack: id,
      region,
      reason,
    }));
    return { refused: 'obstacles', record, obstacles };
  }
  return { record, plan: { ...plan, backTo: record.id }, left: otherThen(deployable.stacks, templates) };
}

/** The last that served people before what is there now, whether that does or not. What was gone back from is no way back. */
function before(records: readonly DeploymentRecord[]): DeploymentRecord | undefined {
  const olderThan = (id: string | undefined, at: number) =>
    records.findIndex((one, index) => index > at && one.id === id);
  const [newest] = records;
  if (newest?.backTo !== undefined && !isGood(newest)) return records[olderThan(newest.backTo, 0)];
  let now = 0;
  for (let next = 0; next >= 0; next = olderThan(records[now]?.backTo, now)) now = next;
  return records.slice(now + 1).find(isGood);
}

function otherThen(stacks: readonly DeployableStack[], templates: Readonly<Record<string, string>>): readonly string[] {
  return stacks.flatMap(({ id, template }) => {
    const then = templates[id];
    if (then === undefined || !isStateful(template)) return [];
    return canonical(JSON.parse(then)) === canonical(template) ? [] : [id];
  });
}
