// `hashira rollback <environment>`: back to a recorded release. Nothing is judged first: whoever goes back is in a hurry, and what they go
// back to was judged when it was deployed.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readDeployable } from '../../../operations/deploy/deployable.ts';
import { refuseDuringFailover } from '../../../operations/deploy/failover.ts';
import { readMigrations } from '../../../operations/deploy/migrations.ts';
import { discard, isEmpty } from '../../../operations/deploy/plan.ts';
import { runId } from '../../../operations/deploy/records.ts';
import { planRollback, type Rollback } from '../../../operations/deploy/rollback.ts';
import { type BuiltOptions, withBuild } from '../build/built-assembly.ts';
import { printAside } from '../output.ts';
import { root } from '../root.ts';
import { UsageError } from '../usage-error.ts';
import { approved, carryOut, type RunOptions, refuseObstacles, showPlan, withDisplay } from './deploy-run.ts';
import { type DeployDependencies, realSurroundings } from './deploy-surroundings.ts';
import { type DeployMessages, deployCatalogues } from './messages.ts';

export interface RollbackOptions extends BuiltOptions, Pick<RunOptions, 'plan' | 'approve'> {
  readonly to?: string;
}

/** Exit code 0: done, or nothing to do; 1: it failed; 2: refused, nothing was done; 130: interrupted. */
export async function rollback(
  environment: string,
  document: string | undefined,
  options: RollbackOptions,
  surroundings: DeployDependencies = realSurroundings(),
): Promise<number> {
  return withDisplay(environment, options, surroundings, (display, halt, whom) =>
    withBuild(environment, document, options, async (built) => {
      const { design, lang, assembly } = built;
      const say = deployCatalogues[lang];
      const account = await surroundings.account(design.region);
      whom.account = account;
      const deployable = readDeployable(assembly, built.environment, account);
      const ports = surroundings.ports(deployable, design.region, {
        tell: display.tell,
        signal: halt.signal,
        smoke: async () => ({ passed: true, checks: [] }),
        unreadable: (key) => printAside(say.unreadable(key)),
      });
      await refuseDuringFailover(ports);
      const run = runId(Date.now(), randomBytes(4).toString('hex'));
      const found = await planRollback(ports, {
        deployable,
        run,
        onFailure: 'keep',
        migrations: readMigrations(join(root, 'services', 'migrations')),
        to: options.to,
      });
      if ('refused' in found) return refuse(found, options.to, say);
      const { record, plan, left } = found;
      const command = [
        'hashira rollback',
        built.environment,
        ...(document === undefined ? [] : [document]),
        `--to ${record.id}`,
      ].join(' ');
      const head = [
        say.backTo(record.id, record.commit),
        ...(left.length === 0 ? [] : [say.left(left.join(', '))]),
        '',
      ];
      await display.pause();
      showPlan({ plan, command, head }, say, options);
      if (options.plan || isEmpty(plan)) {
        await discard(ports, plan);
        return 0;
      }
      await approved(ports, { plan, command }, options, surroundings, say);
      const { migrations, verdicts } = record;
      // The smoke test is the next step that the runbook names: it may well fail for what the rollback is about.
      const input = { plan, run, publish: false, smoke: false, migrations, verdicts, good: 'rolled-back' as const };
      return carryOut(ports, display, input, { ...options, lang });
    }),
  );
}

function refuse(
  found: Extract<Rollback, { readonly refused: string }>,
  to: string | undefined,
  say: DeployMessages,
): never {
  switch (found.refused) {
    case 'no-record':
      throw new UsageError(say.noRecord(to, found.known.join(', ')));
    case 'incompatible':
      throw new UsageError(
        say.incompatible(
          found.record.id,
          found.migrations.map(({ name, incompatible = '' }) => `${name} (${incompatible})`).join(', '),
        ),
      );
    case 'assets':
      throw new UsageError(say.assetsGone(found.record.id, found.missing.join(', ')));
    case 'obstacles':
      return refuseObstacles(found.obstacles, say);
  }
}
