// A CloudFormation that is written down: it follows the documented states of stacks and fails where it is told to. No emulator: of a
// resource it knows whether AWS lets it be made and deleted (scripted-account.ts), and else only that a template changed, how long that
// takes by a clock of its own, and how it ends.
//
// States: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html (stack status codes)
// Change sets: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html
// Their names and the tokens: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html (AlreadyExists),
// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html (TokenAlreadyExists; the others go)
import { isNode, member, type Node, type TemplateNode } from '../../../assembly/scope.ts';
import type { Clock } from '../../../common/clock.ts';
import { canonical } from '../canonical.ts';
import type {
  ChangeSet,
  ChangeSetRequest,
  CloudFormation,
  ResourceChange,
  StackEvent,
  StackReference,
  StackState,
} from '../cloudformation.ts';
import { AwsFault, type FaultKind } from '../fault.ts';
import { latestOperation } from '../operation-events.ts';
import { type Refusal, ScriptedAccount } from './scripted-account.ts';

type Method = keyof CloudFormation;

/** A fault that the port throws instead of an answer, or after it has done what it was asked. */
interface ScriptedFault {
  readonly method: Method;
  /** Name of the stack. */
  readonly stack: string;
  readonly kind: FaultKind;
  readonly when: 'before' | 'after';
  /** How often in a row. */
  readonly times: number;
}

export interface Script {
  /**
   * Stacks whose next creation or update fails, by name: at the very beginning, and whether CloudFormation's own rollback fails as well;
   * or a creation at a resource, by its logical id.
   */
  readonly fails?: Readonly<Record<string, 'rolled-back' | 'rollback-failed' | { readonly at: string }>>;
  readonly faults?: readonly ScriptedFault[];
  /** Logical ids that a change replaces. */
  readonly replaces?: readonly string[];
  /** Called before each question, so that a test can interrupt. */
  readonly asked?: (method: Method, stack: string) => void;
}

interface Known {
  state: StackState;
  template: string;
  events: StackEvent[];
  /** What it becomes, and when. */
  coming: { readonly at: number; readonly status: string; readonly outputs?: Readonly<Record<string, string>> }[];
  readonly changeSets: Map<string, ScriptedChangeSet>;
  /** Of everything that was executed. */
  readonly tokens: Set<string>;
  /** How often each resource was replaced: outputs made of it are then others. */
  readonly generations: Map<string, number>;
}

interface ScriptedChangeSet {
  readonly body: string;
  readonly token: string;
  readonly changes: ChangeSet;
  /** When it stands ready. */
  readonly ready: number;
  executed: boolean;
}

/** How long an operation takes by the scripted clock, and how long a change set; milliseconds. */
const duration = 60_000;
const thinking = 3_000;

export interface ScriptedCloudFormation {
  readonly port: CloudFormation;
  readonly account: ScriptedAccount;
  /** Puts a text where a change set can take it from. */
  readonly keep: (text: string) => string;
  /** What was executed, in order: `create|update|delete <stack>`. */
  readonly done: string[];
  /** The status of every stack that is there. */
  readonly standings: () => Readonly<Record<string, string>>;
  readonly templateOf: (stack: string) => string | undefined;
  /** What a person does about UPDATE_ROLLBACK_FAILED: the stack is at rest again, as it was. */
  readonly continueRollback: (stack: string) => void;
  /** The script from now on; what is under way goes on as it was written. */
  follow(script: Script): void;
}

export function scriptedCloudFormation(clock: Clock, first: Script = {}): ScriptedCloudFormation {
  const stacks = new Map<string, Known>();
  const bodies = new Map<string, string>();
  const account = new ScriptedAccount();
  const done: string[] = [];
  let script = first;
  let left = faultsOf(script);
  const keyOf = ({ name, region }: StackReference) => {
    // By its ARN as well as by its name.
    const byArn = [...stacks].find(([, known]) => known.state.id === name)?.[0];
    return byArn ?? `${region}/${name}`;
  };

  function find(place: StackReference): Known | undefined {
    const known = stacks.get(keyOf(place));
    if (known === undefined) return undefined;
    for (let next = known.coming[0]; next !== undefined && next.at <= clock.now(); next = known.coming[0]) {
      known.coming.shift();
      const { status, outputs = known.state.outputs } = next;
      known.state = { ...known.state, status, outputs, updated: next.at };
    }
    return known.state.status === 'DELETE_COMPLETE' ? undefined : known;
  }

  function there(place: StackReference): Known {
    const known = find(place);
    if (known === undefined)
      throw new AwsFault('refused', 'ValidationError', `Stack with id ${place.name} does not exist`);
    return known;
  }

  async function ask<T>(method: Method, place: StackReference, answer: () => T): Promise<T> {
    await Promise.resolve();
    script.asked?.(method, place.name);
    const fault = left.find((one) => one.method === method && one.stack === place.name && one.left > 0);
    if (fault !== undefined) fault.left -= 1;
    if (fault?.when === 'before') throw new AwsFault(fault.kind, 'Scripted', `${fault.kind} before ${method}`);
    const found = answer();
    if (fault?.when === 'after') throw new AwsFault(fault.kind, 'Scripted', `${fault.kind} after ${method}`);
    return found;
  }

  function begin(place: StackReference, known: Known, body: string, isNew: boolean, token: string): void {
    const end = clock.now() + duration;
    const how = script.fails?.[place.name];
    const [verb, outputs] = [isNew ? 'CREATE' : 'UPDATE', outputsOf(place.name, body, known.generations)];
    known.state = { ...known.state, status: `${verb}_IN_PROGRESS`, updated: clock.now() };
    done.push(`${verb.toLowerCase()} ${place.name}`);
    known.events.unshift(
      eventOf({ logicalId: 'Thing', type: 'AWS::Scripted::Resource' }, `${verb}_IN_PROGRESS`, clock.now(), token),
      eventOf(stackResource(place), `${verb}_IN_PROGRESS`, clock.now(), token, 'User Initiated'),
    );
    const failure = carryOut(place, body, isNew, how);
    if (isNew || failure === undefined) known.template = body;
    if (failure === undefined) {
      known.coming.push({ at: end, status: `${verb}_COMPLETE`, outputs });
      return;
    }
    known.events.unshift(eventOf(failure, `${verb}_FAILED`, clock.now() + 1, token, failure.reason));
    const back = isNew ? 'ROLLBACK' : 'UPDATE_ROLLBACK';
    const refused = isNew ? refusalsOf(place, known, 'rollback', token) : 0;
    const failed = how === 'rollback-failed' || refused > 0;
    known.coming.push(
      { at: end, status: `${back}_IN_PROGRESS` },
      { at: end + duration, status: failed ? `${back}_FAILED` : `${back}_COMPLETE` },
    );
  }

  /** What a creation or an update does to the account. @returns what it fails at */
  function carryOut(
    place: StackReference,
    body: string,
    isNew: boolean,
    how: NonNullable<Script['fails']>[string] | undefined,
  ): Refusal | undefined {
    const at = typeof how === 'object' ? how.at : undefined;
    if (how !== undefined && at === undefined) {
      return { logicalId: 'Thing', type: 'AWS::Scripted::Resource', reason: 'The script says so' };
    }
    const template: unknown = JSON.parse(body);
    if (!isNode(template)) throw new Error(`${place.name}: its template is no object`);
    if (isNew) return account.create(`${place.region}/${place.name}`, template, at);
    account.update(`${place.region}/${place.name}`, template);
    return undefined;
  }

  /** Takes away what a stack has. @returns how many resources AWS would not delete */
  function refusalsOf(place: StackReference, known: Known, during: 'rollback' | 'deletion', token: string): number {
    const refusals = account.remove(keyOf(place), during);
    for (const refusal of refusals) {
      known.events.unshift(eventOf(refusal, 'DELETE_FAILED', clock.now() + 2, token, refusal.reason));
    }
    return refusals.length;
  }

  const port: CloudFormation = {
    describe: (place) => ask('describe', place, () => find(place)?.state),
    template: (place) => ask('template', place, () => there(place).template.replace(/[\u{80}-\u{10ffff}]/gu, '?')),
    resources: (place) =>
      ask('resources', place, () => {
        there(place);
        // Also what a policy lets stay: it is listed as `DELETE_SKIPPED`.
        const of = keyOf(place);
        const ids = account.standing(of).map((one) => one.slice(of.length + 1));
        return Object.fromEntries(ids.map((id) => [id, `${of.split('/')[1]}-${id}`]));
      }),
    createChangeSet: (request) => ask('createChangeSet', request.place, () => create(request)),
    describeChangeSet: (place, name) =>
      ask('describeChangeSet', place, () => {
        const found = there(place).changeSets.get(name);
        if (found === undefined) throw new AwsFault('refused', 'ChangeSetNotFound', name);
        return clock.now() < found.ready ? { state: 'pending', changes: [] } : found.changes;
      }),
    execute: (place, name, token) =>
      ask('execute', place, () => {
        const known = there(place);
        const found = known.changeSets.get(name);
        if (found === undefined || found.executed || /_IN_PROGRESS$/.test(known.state.status) !== isReview(known)) {
          throw new AwsFault('refused', 'InvalidChangeSetStatus', `${name} cannot be executed`);
        }
        if (known.tokens.has(token)) throw new AwsFault('refused', 'TokenAlreadyExistsException', token);
        known.tokens.add(token);
        const isNew = isReview(known);
        found.executed = true;
        for (const other of known.changeSets.keys()) if (other !== name) known.changeSets.delete(other);
        for (const { logicalId, replacement } of found.changes.changes) {
          if (replacement === 'True') known.generations.set(logicalId, (known.generations.get(logicalId) ?? 0) + 1);
        }
        begin(place, known, found.body, isNew, token);
      }),
    discard: (place, name) =>
      ask('discard', place, () => {
        const known = find(place);
        if (known?.changeSets.get(name)?.executed === false) known.changeSets.delete(name);
      }),
    events: (place, token) =>
      ask('events', place, () => latestOperation(stacks.get(keyOf(place))?.events ?? [], token)),
    delete: (place, token) =>
      ask('delete', place, () => {
        const known = find(place);
        if (known === undefined) return;
        if (known.state.terminationProtection) {
          throw new AwsFault(
            'refused',
            'ValidationError',
            `Stack [${place.name}] cannot be deleted while it is protected`,
          );
        }
        done.push(`delete ${place.name.split('/')[1] ?? place.name}`);
        known.state = { ...known.state, status: 'DELETE_IN_PROGRESS' };
        known.events.unshift(eventOf(stackResource(place), 'DELETE_IN_PROGRESS', clock.now(), token, 'User Initiated'));
        const refused = refusalsOf(place, known, 'deletion', token);
        known.coming.push({ at: clock.now() + duration, status: refused > 0 ? 'DELETE_FAILED' : 'DELETE_COMPLETE' });
      }),
    protect: (place, on) =>
      ask('protect', place, () => {
        const known = there(place);
        known.state = { ...known.state, terminationProtection: on };
      }),
  };

  function create({ place, name, token, kind, templateUrl, tags }: ChangeSetRequest): void {
    const body = bodies.get(templateUrl);
    if (body === undefined) throw new AwsFault('refused', 'ValidationError', `no template at ${templateUrl}`);
    let known = find(place);
    if (known === undefined) {
      if (kind === 'UPDATE') throw new AwsFault('refused', 'ValidationError', `Stack [${place.name}] does not exist`);
      known = shell(place, clock.now());
      stacks.set(`${place.region}/${place.name}`, known);
    } else if (kind === 'CREATE' && !isReview(known)) {
      throw new AwsFault('refused', 'AlreadyExistsException', `Stack [${place.name}] already exists`);
    }
    const taken = known.changeSets.get(name);
    if (taken !== undefined) {
      if (taken.token === token && taken.body === body) return;
      throw new AwsFault('refused', 'AlreadyExistsException', `ChangeSet ${name} already exists`);
    }
    const changes = changesBetween(known.template, body, script.replaces ?? []);
    const same = !isReview(known) && canonical(JSON.parse(known.template)) === canonical(JSON.parse(body));
    const state = same && canonical(known.state.tags) === canonical({ ...tags }) ? 'empty' : 'ready';
    known.state = { ...known.state, tags };
    const ready = clock.now() + thinking;
    known.changeSets.set(name, { body, token, changes: { state, changes }, ready, executed: false });
  }

  return {
    port,
    account,
    done,
    keep(text) {
      const url = `memory:${bodies.size}`;
      bodies.set(url, text);
      return url;
    },
    standings: () =>
      Object.fromEntries(
        [...stacks].flatMap(([key, { state }]) => {
          const [region = '', name = ''] = key.split('/');
          const status = find({ name, region })?.state.status ?? state.status;
          return status === 'DELETE_COMPLETE' ? [] : [[name, status]];
        }),
      ),
    templateOf: (stack) => [...stacks].find(([key]) => key.endsWith(`/${stack}`))?.[1].template,
    continueRollback(stack) {
      for (const [key, known] of stacks) {
        if (!key.endsWith(`/${stack}`) || known.state.status !== 'UPDATE_ROLLBACK_FAILED') continue;
        known.state = { ...known.state, status: 'UPDATE_ROLLBACK_COMPLETE' };
      }
    },
    follow(next) {
      script = next;
      left = faultsOf(next);
    },
  };
}

const faultsOf = ({ faults = [] }: Script) => faults.map((fault) => ({ ...fault, left: fault.times }));

const stackResource = ({ name }: StackReference) => ({ logicalId: name, type: 'AWS::CloudFormation::Stack' });

const eventOf = (
  { logicalId, type }: Pick<Refusal, 'logicalId' | 'type'>,
  status: string,
  at: number,
  token: string,
  reason?: string,
): StackEvent => ({
  id: `${logicalId}-${status}-${at}`,
  at,
  logicalId,
  type,
  ofStack: type === 'AWS::CloudFormation::Stack',
  status,
  token,
  reason,
});

const isReview = ({ state }: Known): boolean => state.status === 'REVIEW_IN_PROGRESS';

function shell({ name, region }: StackReference, now: number): Known {
  return {
    state: {
      id: `arn:aws:cloudformation:${region}:123456789012:stack/${name}/${now}`,
      status: 'REVIEW_IN_PROGRESS',
      outputs: {},
      parameters: {},
      tags: {},
      updated: now,
      terminationProtection: false,
    },
    template: '{}',
    events: [],
    coming: [],
    changeSets: new Map(),
    tokens: new Set(),
    generations: new Map(),
  };
}

/** Each output is its own words, and the generation of every resource that they name. */
function outputsOf(
  stack: string,
  body: string,
  generations: ReadonlyMap<string, number>,
): Readonly<Record<string, string>> {
  const outputs = member(JSON.parse(body), 'Outputs');
  return Object.fromEntries(
    Object.entries(isNode(outputs) ? outputs : {}).map(([name, output]) => {
      const words = canonical(isNode(output) ? output.Value : undefined);
      const named = [...generations]
        .filter(([logicalId]) => words.includes(`"${logicalId}"`))
        .map(([, count]) => count);
      return [name, `${stack} ${words} ${named.join()}`];
    }),
  );
}

function changesBetween(before: string, after: string, replaces: readonly string[]): ResourceChange[] {
  const [old, now] = [before, after].map((text): TemplateNode => {
    const resources = member(JSON.parse(text), 'Resources');
    return isNode(resources) ? resources : {};
  });
  const ids = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])].sort();
  return ids.flatMap((logicalId): ResourceChange[] => {
    const [was, is] = [old?.[logicalId], now?.[logicalId]];
    const type = typeOf(is ?? was);
    if (was === undefined) return [{ action: 'Add', logicalId, type, replacement: 'False', details: [] }];
    if (is === undefined) return [{ action: 'Remove', logicalId, type, replacement: 'False', details: [] }];
    if (canonical(was) === canonical(is)) return [];
    const replaced = replaces.includes(logicalId);
    const details = changedProperties(was, is).map((name) => ({
      attribute: 'Properties',
      name,
      recreation: replaced ? ('Always' as const) : ('Never' as const),
    }));
    return [{ action: 'Modify', logicalId, type, replacement: replaced ? 'True' : 'False', details }];
  });
}

const typeOf = (node: Node | undefined): string => String(isNode(node) ? node.Type : '');

function changedProperties(was: Node, is: Node): readonly string[] {
  const [old, now] = [member(was, 'Properties'), member(is, 'Properties')].map((node) => (isNode(node) ? node : {}));
  const names = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])];
  return names.filter((name) => canonical(old?.[name]) !== canonical(now?.[name]));
}

/** A clock that goes on when somebody waits, and at no other time. */
export function scriptedClock(): Clock {
  let now = Date.UTC(2026, 10, 25);
  return {
    now: () => now,
    async sleep(milliseconds) {
      now += milliseconds;
      await Promise.resolve();
    },
  };
}
