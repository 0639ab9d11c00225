// What an account holds while the scripted CloudFormation works on it: resources as far as AWS refuses to make or to delete something on
// their account. What a resource does it does not know.
//
// Policies: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html. What refuses a
// deletion: the delete handlers of aws-cloudformation/aws-cloudformation-resource-providers-rds (`ensureDeletionProtectionDisabled`,
// `globalClusterContainsOnlyMaster`), and the pages of DeleteBucket, DeleteBackupVault, DeleteTable, DeleteLoadBalancer, DeleteUserPool.
import { isNode, isNodes, member, type Node, type TemplateNode } from '../../../assembly/scope.ts';
import { canonical } from '../canonical.ts';

/** A resource that could not be made or deleted, and AWS's words for why. */
export interface Refusal {
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
}

interface Held {
  /** `<region>/<name of the stack>`, also of one that has let it go. */
  readonly of: string;
  readonly logicalId: string;
  readonly type: string;
  /** With region and type; absent where AWS makes one up. */
  readonly name: string | undefined;
  resource: TemplateNode;
  /** Whether its stack still has it; otherwise it is left behind. */
  inStack: boolean;
  isProtected: boolean;
  /** Objects, recovery points: whatever must go first. */
  contents: number;
}

/** What a person or AWS fills, and cannot be deleted before it is empty. */
const fills: ReadonlySet<string> = new Set(['AWS::S3::Bucket', 'AWS::Backup::BackupVault']);

export class ScriptedAccount {
  #held: Held[] = [];
  readonly #templates = new Map<string, TemplateNode>();

  /**
   * Makes all that a template has, or fails at one resource: then everything has been made that does not wait for it, which is the most
   * that CloudFormation, which makes many at a time, can have made by then.
   */
  create(of: string, template: TemplateNode, failsAt?: string): Refusal | undefined {
    this.#templates.set(of, template);
    let failure: Refusal | undefined;
    const missing = new Set<string>();
    for (const [logicalId, resource, needs] of inOrder(template)) {
      const type = String(resource.Type);
      if (needs.some((one) => missing.has(one))) {
        missing.add(logicalId);
        continue;
      }
      const reason =
        logicalId === failsAt ? 'The script says so' : (unsignalled(type) ?? this.#nameTaken(of, resource));
      if (reason !== undefined) {
        missing.add(logicalId);
        failure ??= { logicalId, type, reason };
        continue;
      }
      this.#hold(of, logicalId, resource);
    }
    this.#protectBySchedule();
    return failure;
  }

  update(of: string, template: TemplateNode): void {
    this.#templates.set(of, template);
    const resources = new Map(inOrder(template).map(([id, resource]) => [id, resource]));
    for (const one of this.#ofStack(of)) {
      const next = resources.get(one.logicalId);
      if (next === undefined) this.#letGo(one, keeps(one, 'deletion'));
      else one.resource = next;
    }
    const known = new Set(this.#ofStack(of).map(({ logicalId }) => logicalId));
    for (const [id, resource] of resources) if (!known.has(id)) this.#hold(of, id, resource);
    this.#protectBySchedule();
  }

  /** Takes a stack's resources away again, those first that wait for others. @returns what was refused; these stay in the stack */
  remove(of: string, during: 'rollback' | 'deletion'): readonly Refusal[] {
    const refusals: Refusal[] = [];
    const order = inOrder(this.#templates.get(of) ?? {});
    for (const [logicalId] of order.toReversed()) {
      const one = this.#ofStack(of).find((held) => held.logicalId === logicalId);
      if (one === undefined) continue;
      const dependents = order.filter(([, , needs]) => needs.includes(logicalId)).map(([id]) => id);
      if (this.#ofStack(of).some((held) => dependents.includes(held.logicalId))) continue;
      const kept = keeps(one, during);
      const reason = kept ? undefined : this.#refusal(one);
      if (reason === undefined) this.#letGo(one, kept);
      else refusals.push({ logicalId, type: one.type, reason });
    }
    return refusals;
  }

  /** Everything of a stack that can be filled has this much in it. */
  fill(of: string, contents: number): void {
    for (const one of this.#ofStack(of)) if (fills.has(one.type)) one.contents = contents;
  }

  /** One resource of a stack, for whoever empties it or looks at it. */
  find(of: string, logicalId: string): Held | undefined {
    return this.#ofStack(of).find((one) => one.logicalId === logicalId);
  }

  /** What no stack has any more, and what stands in stacks: `<region>/<stack>/<logical id>`. */
  standing(of?: string): readonly string[] {
    return this.#held.filter((one) => of === undefined || one.of === of).map((one) => `${one.of}/${one.logicalId}`);
  }

  #ofStack(of: string): Held[] {
    return this.#held.filter((one) => one.of === of && one.inStack);
  }

  #hold(of: string, logicalId: string, resource: TemplateNode): void {
    const type = String(resource.Type);
    const isProtected = protects(resource.Properties);
    const name = nameOf(of, resource);
    this.#held.push({ of, logicalId, type, name, resource, inStack: true, isProtected, contents: 0 });
  }

  /** Of a custom resource nothing stays: it is a call, and one that is kept is not made again. */
  #letGo(one: Held, kept: boolean): void {
    if (kept && !one.type.startsWith('Custom::')) one.inStack = false;
    else this.#held = this.#held.filter((other) => other !== one);
  }

  #nameTaken(of: string, resource: TemplateNode): string | undefined {
    const name = nameOf(of, resource);
    const taken = name !== undefined && this.#held.some((one) => one.name === name);
    return taken ? `${name} already exists` : undefined;
  }

  #refusal(one: Held): string | undefined {
    if (one.isProtected) return 'Cannot be deleted as deletion protection is enabled';
    if (one.contents > 0) return 'Cannot be deleted as it is not empty';
    const members = this.#held.filter(({ type }) => type === 'AWS::RDS::DBCluster');
    if (one.type === 'AWS::RDS::GlobalCluster') {
      const follows = ({ resource }: Held) => member(resource, 'Properties', 'GlobalClusterIdentifier');
      const followed = members.some((other) => this.#named(other.of, follows(other)).includes(one));
      return followed ? 'The global cluster still has members' : undefined;
    }
    const bound = this.#held.some(
      ({ type, of, resource }) =>
        type === 'AWS::RDS::GlobalCluster' &&
        this.#named(of, member(resource, 'Properties', 'SourceDBClusterIdentifier')).includes(one),
    );
    return bound ? 'The cluster is a member of a global cluster' : undefined;
  }

  /** Schedules act as soon as their role may: EventBridge Scheduler calls the operation that its target names. */
  #protectBySchedule(): void {
    for (const { of, resource, type } of this.#held) {
      const input = member(resource, 'Properties', 'Target', 'Input');
      if (type !== 'AWS::Scheduler::Schedule' || !switchesOn(input)) continue;
      const roles = refsIn(member(resource, 'Properties', 'Target', 'RoleArn'));
      const permitted = this.#ofStack(of).some(
        (one) => one.type === 'AWS::IAM::Policy' && refsIn(one.resource).some((id) => roles.includes(id)),
      );
      if (permitted) for (const one of this.#named(of, input)) one.isProtected = true;
    }
  }

  /** The resources that a value of a stack's template is made of, in whatever stack they are. */
  #named(of: string, node: Node | undefined): Held[] {
    const own = refsIn(node);
    const outputs = readsIn(node).flatMap(([stack, region, output]) => {
      const other = `${region ?? of.split('/')[0]}/${stack}`;
      return this.#named(other, member(this.#templates.get(other), 'Outputs', output, 'Value'));
    });
    return [...this.#held.filter((one) => one.of === of && own.includes(one.logicalId)), ...outputs];
  }
}

/** Whether the policy leaves it behind. A resource goes by `RetainExceptOnCreate` only while its own creation is taken back. */
function keeps({ resource }: Held, during: 'rollback' | 'deletion'): boolean {
  const { DeletionPolicy } = resource;
  return DeletionPolicy === 'Retain' || (DeletionPolicy === 'RetainExceptOnCreate' && during === 'deletion');
}

/** Whether a schedule's input, a text that is JSON itself, switches deletion protection on. */
const switchesOn = (node: Node | undefined): boolean =>
  /"(DeletionProtection|DeletionProtectionEnabled)":true|"deletion_protection\.enabled"[^}]*"true"/.test(
    canonical(node).replaceAll('\\', ''),
  );

/** Whether properties switch deletion protection on, at whatever depth: replicas of a table have it each. */
function protects(node: Node | undefined): boolean {
  if (node === undefined) return false;
  if (isNodes(node)) return node.some(protects);
  if (!isNode(node)) return false;
  const { Key, Value, DeletionProtection, DeletionProtectionEnabled } = node;
  if (DeletionProtection === true || DeletionProtection === 'ACTIVE' || DeletionProtectionEnabled === true) return true;
  if (Key === 'deletion_protection.enabled') return String(Value) === 'true';
  return Object.values(node).some(protects);
}

/** Their names need be unique only within a role, a type of record, a function or a target. */
const namedWithin: ReadonlySet<string> = new Set([
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::IAM::Policy',
  'AWS::Lambda::Alias',
  'AWS::Route53::RecordSet',
]);

/** Region, type, and the name that a template gives: the property that is called as the type is, or just `Name`. */
function nameOf(of: string, { Type, Properties }: TemplateNode): string | undefined {
  if (!isNode(Properties) || namedWithin.has(String(Type))) return undefined;
  const short = String(Type).split('::').at(-1) ?? '';
  const name = Properties[`${short}Name`] ?? Properties[`${short}Identifier`] ?? Properties.Name;
  return name === undefined ? undefined : `${of.split('/')[0]} ${String(Type)} ${canonical(name)}`;
}

/** Nobody signals. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-waitcondition.html */
const unsignalled = (type: string): string | undefined =>
  type === 'AWS::CloudFormation::WaitCondition'
    ? 'WaitCondition timed out. Received 0 conditions when expecting 1'
    : undefined;

type Ordered = readonly [id: string, resource: TemplateNode, needs: readonly string[]];

const orders = new WeakMap<TemplateNode, readonly Ordered[]>();

/** Resources with those that they wait for, each after them. */
function inOrder(template: TemplateNode): readonly Ordered[] {
  const known = orders.get(template) ?? sorted(template);
  orders.set(template, known);
  return known;
}

function sorted(template: TemplateNode): readonly Ordered[] {
  const resources = isNode(template.Resources) ? template.Resources : {};
  const left = new Map(
    Object.entries(resources).flatMap(([id, one]) => {
      if (!isNode(one)) return [];
      const listed = one.DependsOn === undefined ? [] : [one.DependsOn].flat().map(String);
      const named = new Set([...refsIn(one.Properties), ...listed]);
      const needs = [...named].filter((need) => need in resources && need !== id);
      return [[id, { one, needs }] as const];
    }),
  );
  const done: Ordered[] = [];
  while (left.size > 0) {
    const ready = [...left].filter(([, { needs }]) => needs.every((need) => !left.has(need)));
    if (ready.length === 0) throw new Error(`these resources wait for each other: ${[...left.keys()].join(', ')}`);
    for (const [id, { one, needs }] of ready) {
      done.push([id, one, needs]);
      left.delete(id);
    }
  }
  return done;
}

/** Logical ids that a value names. */
function refsIn(node: Node | undefined): readonly string[] {
  if (node === undefined || node === null) return [];
  if (isNodes(node)) return node.flatMap(refsIn);
  if (!isNode(node)) return [];
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Sub': sub } = node;
  const text = typeof sub === 'string' ? sub : sub !== undefined && isNodes(sub) ? sub[0] : undefined;
  const inText = typeof text === 'string' ? [...text.matchAll(/\$\{([A-Za-z0-9]+)/g)].map(([, id = '']) => id) : [];
  const got = attribute !== undefined && isNodes(attribute) ? [String(attribute[0])] : [];
  return [...(typeof Ref === 'string' ? [Ref] : []), ...got, ...inText, ...Object.values(node).flatMap(refsIn)];
}

function readsIn(
  node: Node | undefined,
): readonly (readonly [stack: string, region: string | undefined, output: string])[] {
  if (node === undefined || node === null) return [];
  if (isNodes(node)) return node.flatMap(readsIn);
  if (!isNode(node)) return [];
  const read = node['Fn::GetStackOutput'];
  if (!isNode(read)) return Object.values(node).flatMap(readsIn);
  return [[String(read.StackName), typeof read.Region === 'string' ? read.Region : undefined, String(read.OutputName)]];
}
