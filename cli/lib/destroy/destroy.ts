// `hashira destroy development`: takes a disposable environment away, data and all, once it is approved. Three things must say that it
// is the one that is meant: the name that is typed, the tags of each stack, and the number of the account.
import { randomBytes } from 'node:crypto';
import { environmentTitle } from '../../../design/environments.ts';
import type { Environment } from '../../../design/schema.ts';
import { type Deployable, readDeployable } from '../../../operations/deploy/deployable.ts';
import type { DeployPorts } from '../../../operations/deploy/ports.ts';
import { runId } from '../../../operations/deploy/records.ts';
import { type Destroyed, destroy } from '../../../operations/destroy/destroy.ts';
import { type DestroyPlan, type DestroyRefusal, isNothing, planDestroy } from '../../../operations/destroy/plan.ts';
import type { Store, Stores } from '../../../operations/destroy/stores.ts';
import { approveDigest } from '../approve-digest.ts';
import { type AskedEnvironment, disposableEnvironment } from '../build/asked-environment.ts';
import { type BuiltOptions, withBuild } from '../build/built-assembly.ts';
import { withDisplay } from '../deploy/deploy-run.ts';
import { type DeployDependencies, realSurroundings } from '../deploy/deploy-surroundings.ts';
import { print, printAside, writeJson } from '../output.ts';
import { table } from '../print.ts';
import { typedAgain } from '../typed-again.ts';
import { UsageError } from '../usage-error.ts';
import { type DestroyMessages, destroyCatalogues } from './messages.ts';

export interface DestroyOptions extends BuiltOptions {
  readonly account?: string;
  readonly plan?: boolean;
  readonly approve?: string;
}

/** Exit code 0: gone, or nothing was there; 1: something could not be deleted; 2: refused, nothing was deleted; 130: interrupted. */
export async function destroyEnvironment(
  name: string,
  document: string | undefined,
  options: DestroyOptions,
  surroundings: DeployDependencies = realSurroundings(),
): Promise<number> {
  const words = destroyCatalogues[options.lang ?? 'en'];
  const { account: meant } = options;
  if (meant === undefined) throw new UsageError(words.accountNeeded);
  const asked: AskedEnvironment = (design, lang) => disposableEnvironment(design, name, lang);
  return withDisplay(name, options, surroundings, (display, halt, whom) =>
    withBuild(asked, document, options, async ({ environment, design, lang, assembly }) => {
      const say = destroyCatalogues[lang];
      const account = await surroundings.account(design.region);
      whom.account = account;
      if (account !== meant) throw new UsageError(say.otherAccount(account, meant));
      const deployable = readDeployable(assembly, environment, account);
      const ports = destroyPorts(deployable, design.region, surroundings, { tell: display.tell, signal: halt.signal });
      const plan = await planDestroy(ports, deployable);
      if ('refusals' in plan) throw new UsageError(plan.refusals.map((one) => refusalSentence(one, say)).join('\n'));
      await display.pause();
      const words = [
        'hashira destroy',
        environment,
        ...(document === undefined ? [] : [document]),
        '--account',
        account,
      ];
      const command = [...words, ...typedAgain(options)].join(' ');
      showPlan(plan, { environment, title: environmentTitle(design, environment, lang), command }, say, options);
      if (options.plan || isNothing(plan)) return 0;
      const { digest } = plan;
      const toApprove = { digest, question: say.ask(account, digest), command };
      await approveDigest(toApprove, options.approve, surroundings, halt.signal, say);
      const result = await destroy(ports, plan, runId(Date.now(), randomBytes(4).toString('hex')));
      await display.pause();
      // What an interrupted deployment would go on with is gone.
      if (result.outcome === 'destroyed') ports.journal.clear();
      if (options.json) writeJson({ environment, account, digest: plan.digest, ...result });
      else {
        print('', ...deletionTable(result, say), '', say.outcomes[result.outcome]);
        if (result.outcome !== 'destroyed') print(say.next(`${command} --plan`));
      }
      return { destroyed: 0, failed: 1, interrupted: 130 }[result.outcome];
    }),
  );
}

function destroyPorts(
  deployable: Deployable,
  home: string,
  surroundings: DeployDependencies,
  listeners: Pick<DeployPorts, 'tell' | 'signal'>,
): DeployPorts & { readonly stores: Stores } {
  const ports = surroundings.ports(deployable, home, {
    ...listeners,
    smoke: async () => ({ passed: true, checks: [] }),
    unreadable: () => {},
  });
  return { ...ports, stores: surroundings.stores(ports) };
}

/** Where each stack stands after a deletion. */
export function deletionTable({ stacks }: Pick<Destroyed, 'stacks'>, say: DestroyMessages): readonly string[] {
  const rows = stacks.map(({ stack, region, result: how, status, why = '' }) => [
    stack,
    region,
    status === undefined ? say.results[how] : `${say.results[how]} (${status})`,
    say.told(why),
  ]);
  return table(say.resultColumns, rows);
}

function refusalSentence(refusal: DestroyRefusal, { refusals: say }: DestroyMessages): string {
  switch (refusal.kind) {
    case 'other':
      return say.other(refusal);
    case 'protected':
      return say.protected(refusal);
    case 'moving':
      return say.moving(refusal);
  }
}

interface DestroyContext {
  readonly environment: Environment;
  /** What a person calls it. */
  readonly title: string;
  readonly command: string;
}

function showPlan(
  plan: DestroyPlan,
  { environment, title, command }: DestroyContext,
  say: DestroyMessages,
  options: DestroyOptions,
): void {
  const { account, stacks, digest } = plan;
  if (options.json && (options.plan || isNothing(plan))) {
    const shown = stacks.map(({ stack, ...rest }) => ({ stack: stack.id, region: stack.place.region, ...rest }));
    writeJson({ environment, account, digest, stacks: shown });
    return;
  }
  const write = options.json ? printAside : print;
  if (isNothing(plan)) {
    write(say.nothing(title));
    return;
  }
  write(say.head(account, stacks.length), '');
  const rows = stacks.map(({ stack, resources, stores }) => [
    stack.id,
    stack.place.region,
    String(resources),
    stores.map((one) => storeLine(one, say)),
  ]);
  write(...table(say.columns, rows, [2]));
  const stays = stacks.flatMap((one) => one.stays.map((what) => `${one.stack.id} ${what}`));
  if (stays.length > 0) write('', say.stays(stays.join(', ')));
  write('', say.staysBeside, '', say.digest(digest));
  if (options.plan) write(say.approveWith(`${command} --approve ${digest}`));
}

function storeLine({ store, contents }: DestroyPlan['stacks'][number]['stores'][number], say: DestroyMessages): string {
  const { count = 0, more } = contents;
  const name = nameOf(store);
  const state = say.state(contents);
  return `${say.holds[store.type](name, more ? `> ${count}` : String(count))}${state === '' ? '' : ` (${state})`}`;
}

/** A queue's URL ends in its name. */
const nameOf = ({ physicalId }: Store): string => physicalId.split('/').at(-1) ?? physicalId;
