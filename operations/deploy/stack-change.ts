// One change to one stack: the body that is handed in, the change set made of it, and what CloudFormation says that it would do.
import { isNode, member, type TemplateNode } from '../../assembly/scope.ts';
import { until } from '../../common/until.ts';
import { refusals } from '../refusals.ts';
import { canonical } from './canonical.ts';
import { type Change, classify } from './changes.ts';
import type { ChangeSet, StackReference, StackState } from './cloudformation.ts';
import type { DeployableStack } from './deployable.ts';
import { ownFault } from './fault.ts';
import type { DeployPorts } from './ports.ts';
import { withoutNote } from './reads.ts';

/** The output by which every stack names the commit that it was last changed by (RBK-1). */
const commitOutput = 'Commit';

/** A built template with the commit that it was built from. A stack that does not change otherwise keeps the commit it has. */
export function withCommit(template: TemplateNode, commit: string | undefined): TemplateNode {
  if (commit === undefined) return template;
  const outputs = isNode(template.Outputs) ? template.Outputs : {};
  const output = { Value: commit, Description: 'The commit that this stack was built from' };
  return { ...template, Outputs: { ...outputs, [commitOutput]: output } };
}

/** Whether two templates say the same, but for the commit and for the note of what is read. */
export function isSame(one: TemplateNode, other: TemplateNode): boolean {
  return plain(canonical(bare(one))) === plain(canonical(bare(other)));
}

/** CloudFormation gives a template back with a question mark for every letter beyond ASCII. */
const plain = (text: string): string => text.replace(/[\u{80}-\u{10ffff}]/gu, '?');

function bare(template: TemplateNode): TemplateNode {
  const { Outputs, ...rest } = withoutNote(template);
  if (!isNode(Outputs)) return rest;
  const { [commitOutput]: _, ...outputs } = Outputs;
  return Object.keys(outputs).length === 0 ? rest : { ...rest, Outputs: outputs };
}

export const sameTags = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean =>
  canonical(one) === canonical(other);

/** Milliseconds between two looks at a change set, and after which none is expected to come about any more. */
const look = 2_000;
const longest = 15 * 60_000;

/** @throws AwsFault */
export async function makeChangeSet(
  ports: Pick<DeployPorts, 'cloudFormation' | 'assets' | 'clock' | 'signal'>,
  stack: DeployableStack,
  body: TemplateNode,
  { name, state }: { readonly name: string; readonly state: StackState | undefined },
): Promise<ChangeSet> {
  const { cloudFormation, assets, clock } = ports;
  const templateUrl = await assets.template(stack, JSON.stringify(body));
  await cloudFormation.createChangeSet({
    place: stack.place,
    name,
    token: name,
    kind: state === undefined || state.status === 'REVIEW_IN_PROGRESS' ? 'CREATE' : 'UPDATE',
    templateUrl,
    tags: stack.tags,
    keep: keptParameters(body, state),
    executionRole: stack.executionRole,
    description: stack.hash,
  });
  const { last, isSo } = await until(
    () => cloudFormation.describeChangeSet(stack.place, name),
    ({ state }) => state !== 'pending',
    { within: longest, every: look, clock, signal: ports.signal },
  );
  if (isSo) return last;
  // Whoever stops has not failed: `pending` it stays.
  if (ports.signal.aborted) return { ...last, reason: refusals.interrupted };
  return { ...last, state: 'failed', reason: refusals.changeSetPending };
}

/** The changes of a change set with what they mean. */
export const classified = (
  { changes }: ChangeSet,
  before: TemplateNode | undefined,
  after: TemplateNode,
): readonly Change[] => changes.map((change) => classify(change, before, after));

/** @throws AwsFault when what CloudFormation has cannot be read */
export async function deployedTemplate(
  { cloudFormation }: Pick<DeployPorts, 'cloudFormation'>,
  place: StackReference,
): Promise<TemplateNode> {
  const template: unknown = JSON.parse(await cloudFormation.template(place));
  if (!isNode(template)) throw ownFault(refusals.noTemplate({ stack: place.name }));
  return template;
}

/** A value that somebody gave once stays; one that AWS looks up is looked up again. */
function keptParameters(body: TemplateNode, state: StackState | undefined): string[] {
  const parameters = member(body, 'Parameters');
  return Object.entries(isNode(parameters) ? parameters : {}).flatMap(([key, parameter]) => {
    const type = isNode(parameter) ? String(parameter.Type) : '';
    return state?.parameters[key] !== undefined && !type.startsWith('AWS::SSM::') ? [key] : [];
  });
}
