// What load and drills say, and end with, when the machine disturbed them.
import type { Disturbance } from '../../../operations/disturbance.ts';
import { printAside } from '../output.ts';
import type { OperationsMessages } from './messages.ts';

/** Exit code 3: what was seen is printed and kept, and is neither a pass nor a fail. */
export function noVerdict(disturbed: readonly Disturbance[], say: OperationsMessages): number {
  printAside(say.disturbed(disturbed));
  return 3;
}
