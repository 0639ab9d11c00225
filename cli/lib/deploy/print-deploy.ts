// How a plan looks on a terminal: the gravest first, whatever stack it is in.
import { type Change, type Risk, risks } from '../../../operations/deploy/changes.ts';
import type { StackStanding } from '../../../operations/deploy/deployment-run.ts';
import type { Plan, StackPlan } from '../../../operations/deploy/plan.ts';
import type { Remedy } from '../../../operations/deploy/statuses.ts';
import { table } from '../print.ts';
import type { DeployMessages } from './messages.ts';

type Class = Risk | 'safe';
const classes: readonly Class[] = [...risks, 'safe'];

/** Resources that are named in a row that is safe; of what is not, all are. */
const named = 4;

/** A row for each stack and class of change, and what stays as it is. */
export function planTable(stacks: readonly StackPlan[], say: DeployMessages): readonly string[] {
  const changing = stacks.filter(({ does }) => does !== 'nothing');
  if (changing.length === 0) return [say.nothing];
  const rows = classes.flatMap((of) =>
    changing.flatMap((plan) => {
      const changes = plan.changes.filter((change) => classOf(change) === of);
      // A stack whose tags or outputs change has no resources to name.
      if (changes.length === 0 && !(of === 'safe' && plan.changes.length === 0)) return [];
      const { id, place } = plan.stack;
      return [[id, place.region, `${say.classes[of]} · ${say.does[plan.does]}`, resources(changes, of, plan, say)]];
    }),
  );
  const still = stacks.length - changing.length;
  return [...table(say.columns, rows), ...(still === 0 ? [] : ['', say.unchanged(still)])];
}

/** The plan as data, for `--json`. */
export function planJson({ deployable, commit, stacks, migrations, onFailure, digest }: Plan) {
  return {
    environment: deployable.environment,
    account: deployable.account,
    commit,
    digest,
    onFailure,
    migrations,
    stacks: stacks.map(({ stack, does, changes, follows }) => ({
      stack: stack.id,
      region: stack.place.region,
      does,
      follows,
      changes: changes.map((change) => ({ ...change, class: classOf(change) })),
    })),
  };
}

const classOf = ({ risks: found }: Change): Class => risks.find((risk) => found.includes(risk)) ?? 'safe';

const signs: Readonly<Record<string, string>> = { Add: '+', Remove: '-', Import: '+' };

function resources(
  changes: readonly Change[],
  of: Class,
  { follows }: StackPlan,
  say: DeployMessages,
): readonly string[] {
  const shown = of === 'safe' ? changes.slice(0, named) : changes;
  const lines = shown.map((change) => `${signOf(change)} ${change.logicalId} (${change.type})${properties(change)}`);
  if (shown.length < changes.length) lines.push(say.more(changes.length - shown.length));
  if (changes.length === 0 && follows.length > 0) lines.push(say.follows(follows.join(', ')));
  return lines;
}

/** `±` is a new one in the place of the old one, `±?` perhaps. */
function signOf({ action, replacement }: Change): string {
  if (replacement === 'True') return '±';
  return replacement === 'Conditional' ? '±?' : (signs[action] ?? '~');
}

function properties({ details }: Change): string {
  const names = [...new Set(details.map(({ attribute, name }) => name ?? attribute))].filter((name) => name !== '');
  return names.length === 0 ? '' : ` ${names.join(', ')}`;
}

/** Where each stack stands after a run. */
export function resultTable(stacks: readonly StackStanding[], say: DeployMessages): readonly string[] {
  const rows = stacks.map(({ id, region, result, status, why = '' }) => [
    id,
    region,
    status === undefined ? say.results[result] : `${say.results[result]} (${status})`,
    say.told(why),
  ]);
  return table(say.standingColumns, rows);
}

/** What a person types to get a stuck stack going. The deployer does none of it by itself: each may lose something. */
export function remedyCommand({ do: remedy, stack, region }: { do: Remedy; stack: string; region: string }): string {
  const verbs: Readonly<Record<Remedy, string>> = {
    'continue-rollback': 'continue-update-rollback',
    rollback: 'rollback-stack',
    delete: 'delete-stack',
  };
  return `aws cloudformation ${verbs[remedy]} --stack-name ${stack} --region ${region}`;
}
