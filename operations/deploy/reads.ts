// Weak references: which outputs of other stacks a template reads, and how CloudFormation is made to read one anew.
//
// `Fn::GetStackOutput` is resolved when its stack is created or updated and not followed afterwards
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html), and an update
// whose template is the same is none. So the template is made another one, where it matters and nowhere else: the read that has a new
// value becomes the only part of an `Fn::Join`, whose delimiter is a digest of that value. A join of one part never writes its delimiter.
// The property's text is new, CloudFormation sees a change of exactly this property, and what comes out is the value.
//
// What a stack read when it was last deployed is kept in its own template, under `Metadata`: no other place goes wherever the stack goes.
import { createHash } from 'node:crypto';
import { isNode, isNodes, member, type Node, type TemplateNode } from '../../assembly/scope.ts';

/** `<region>/<stack>/<output>`. */
export type ReadKey = string;

export interface Read {
  readonly key: ReadKey;
  /** The physical name of the stack. */
  readonly stack: string;
  readonly region: string;
  readonly output: string;
}

const metadataKey = 'hashira:reads';
const getOutput = 'Fn::GetStackOutput';

/** What is written for a value that a deployment still has to bring about; it is planned with, never deployed. */
const pending = 'pending';

/** Every output of another stack that a template reads, once each, sorted by key. */
export function readsOf(template: Node, region: string): readonly Read[] {
  const found = new Map<ReadKey, Read>();
  visit(template, (node) => {
    const read = readFrom(node, region);
    if (read !== undefined) found.set(read.key, read);
  });
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

export const valueDigest = (value: string): string => createHash('sha256').update(value).digest('hex').slice(0, 16);

export interface DeployedReads {
  readonly template: TemplateNode;
  /** Whether a stack that has no note of this read was last deployed before the stack that it reads. */
  readonly isOlderThan: (read: Read) => boolean;
}

/**
 * A template as it is to be deployed: with the note of what it reads, and those reads turned whose value is another one than when the
 * stack was last deployed. `digestOf` gives the digest of a value, or `pending`; `undefined` where the output does not exist.
 */
export function withReads(
  template: TemplateNode,
  region: string,
  digestOf: (read: Read) => string | undefined,
  deployed: DeployedReads | undefined,
): TemplateNode {
  const reads = readsOf(template, region);
  if (reads.length === 0) return template;
  const before = deployed === undefined ? {} : notesOf(deployed.template);
  const beforeKeys = new Set(deployed === undefined ? [] : readsOf(deployed.template, region).map(({ key }) => key));
  const notes: Record<ReadKey, Note> = {};
  for (const read of reads) {
    const value = digestOf(read) ?? pending;
    const known = before[read.key];
    const isOther =
      known === undefined ? beforeKeys.has(read.key) && deployed?.isOlderThan(read) : known.value !== value;
    notes[read.key] = known?.turned || isOther ? { value, turned: true } : { value };
  }
  const turned = turn(template, (node) => {
    const read = readFrom(node, region);
    const note = read === undefined ? undefined : notes[read.key];
    return note?.turned ? { 'Fn::Join': [note.value, [node]] } : undefined;
  });
  const metadata = isNode(template.Metadata) ? template.Metadata : {};
  return { ...turned, Metadata: { ...metadata, [metadataKey]: notes } };
}

/** A template without the note, which by itself is no change. */
export function withoutNote(template: TemplateNode): TemplateNode {
  if (!isNode(template.Metadata)) return template;
  const { [metadataKey]: _, ...metadata } = template.Metadata;
  const { Metadata: __, ...rest } = template;
  return Object.keys(metadata).length === 0 ? rest : { ...rest, Metadata: metadata };
}

/** The reads that a template waits for: their values are not known before another stack is deployed. */
export const pendingReads = (template: TemplateNode): readonly ReadKey[] =>
  Object.entries(notesOf(template)).flatMap(([key, { value }]) => (value === pending ? [key] : []));

type Note = { readonly value: string; readonly turned?: true };

function notesOf(template: TemplateNode): Record<ReadKey, Note> {
  const notes = member(template, 'Metadata', metadataKey);
  if (!isNode(notes)) return {};
  return Object.fromEntries(
    Object.entries(notes).flatMap(([key, note]) =>
      isNode(note) && typeof note.value === 'string'
        ? [[key, { value: note.value, ...(note.turned === true ? { turned: true as const } : {}) }]]
        : [],
    ),
  );
}

function readFrom(node: Node, ownRegion: string): Read | undefined {
  const read = isNode(node) ? node[getOutput] : undefined;
  if (!isNode(read) || typeof read.StackName !== 'string' || typeof read.OutputName !== 'string') return undefined;
  const region = typeof read.Region === 'string' ? read.Region : ownRegion;
  return {
    key: `${region}/${read.StackName}/${read.OutputName}`,
    stack: read.StackName,
    region,
    output: read.OutputName,
  };
}

function visit(node: Node | undefined, look: (node: Node) => void): void {
  if (node === undefined) return;
  look(node);
  if (isNode(node)) for (const inner of Object.values(node)) visit(inner, look);
  else if (isNodes(node)) for (const inner of node) visit(inner, look);
}

function turn(template: TemplateNode, change: (node: Node) => Node | undefined): TemplateNode {
  const inner = (node: Node): Node => {
    const changed = change(node);
    if (changed !== undefined) return changed;
    if (isNode(node)) return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, inner(value)]));
    return isNodes(node) ? node.map(inner) : node;
  };
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, inner(value)]));
}
