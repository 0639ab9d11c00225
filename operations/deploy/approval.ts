// What an approval covers: what is graver than it, or other than it, needs another one.
import type { Environment } from '../../design/schema.ts';
import type { DeployableStack } from './deployable.ts';
import type { JournalEntry } from './journal.ts';
import type { Plan } from './plan.ts';

/** The grave changes of a plan, one line each: `<stack> <logical id> <risk>`. */
export const risksOf = ({ stacks }: Pick<Plan, 'stacks'>): readonly string[] =>
  stacks.flatMap(({ stack, changes }) =>
    changes.flatMap(({ logicalId, risks }) => risks.map((risk) => `${stack.id} ${logicalId} ${risk}`)),
  );

/** What a plan would do beyond what the interrupted run was approved for: somebody has changed the account meanwhile. */
export const beyond = (
  { risks }: { readonly risks: readonly string[] },
  plan: Pick<Plan, 'stacks'>,
): readonly string[] => risksOf(plan).filter((risk) => !risks.includes(risk));

/** Whether what is built now is what the interrupted run was allowed to deploy. */
export function isAllowed(entry: JournalEntry, environment: Environment, stacks: readonly DeployableStack[]): boolean {
  return entry.environment === environment && stacks.every(({ id, hash }) => entry.approved[id] === hash);
}
