// The AWS actions that the code of each role calls; what it makes clients of is derived from the source.
import { type Permission, permissionsOfEntry } from '../../testing/called-actions.ts';

/** Entry points by role, relative to the repository. */
export const entryPoints = {
  task: ['services/api/server.ts', 'services/api/migrate.ts', 'services/api/resume-orders.ts'],
  lambda: [
    'services/functions/fulfil-order.ts',
    'services/functions/write-receipt.ts',
    'services/functions/import-orders.ts',
  ],
} as const;

export type Role = keyof typeof entryPoints;

/** What AWS calls with a role of ours: Lambda polls the queue `fulfilment` as the function. */
const ofServices: Readonly<Record<Role, readonly Permission[]>> = {
  task: [],
  lambda: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'].map((action) => ({
    action,
    from: "Lambda's event source",
  })),
};

/** What the code of a role calls, in order of the actions. */
export function permissionsOf(role: Role): readonly Permission[] {
  const found = entryPoints[role].flatMap(permissionsOfEntry);
  const unique = new Map([...found, ...ofServices[role]].map((one) => [`${one.action} ${one.from}`, one]));
  return [...unique.values()].toSorted((a, b) => (a.action + a.from < b.action + b.from ? -1 : 1));
}
