// JSON whose keys have one order, so that what says the same is the same text.
import { isNode, isNodes, type Node } from '../../assembly/scope.ts';

/** @param leaveOut keys that say nothing in the matter at hand, wherever they are */
export function canonical(node: Node | undefined, ...leaveOut: readonly string[]): string {
  if (node === undefined) return '';
  if (isNodes(node)) return `[${node.map((one) => canonical(one, ...leaveOut)).join()}]`;
  if (!isNode(node)) return JSON.stringify(node);
  const members = Object.entries(node).filter(([key]) => !leaveOut.includes(key));
  return `{${members
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${JSON.stringify(key)}:${canonical(value, ...leaveOut)}`)
    .join()}}`;
}
