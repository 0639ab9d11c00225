// What a deployment is surrounded by: an account and a person. Tests put their own in their place.
import { rmSync } from 'node:fs';
import type { Environment } from '../../../design/schema.ts';
import { readPrivate, writePrivate } from '../../../local/machine/private-files.ts';
import { stateFileOf } from '../../../local/machine/state.ts';
import { awsClients } from '../../../operations/aws/clients.ts';
import {
  awsAccount,
  awsEnvironmentRecords,
  awsPorts,
  type DeployListeners,
} from '../../../operations/deploy/aws-ports.ts';
import type { Deployable } from '../../../operations/deploy/deployable.ts';
import type { JournalStore } from '../../../operations/deploy/journal.ts';
import type { DeployPorts, Smoke } from '../../../operations/deploy/ports.ts';
import type { Records } from '../../../operations/deploy/records.ts';
import { awsStores } from '../../../operations/destroy/aws-stores.ts';
import type { Stores } from '../../../operations/destroy/stores.ts';
import { thisMachine } from '../../../operations/preflight/machine.ts';
import { runRefusing } from '../../../operations/preflight/preflight.ts';
import type { PreflightResult } from '../../../operations/preflight/result.ts';
import { runSmoke } from '../../../operations/smoke/smoke.ts';
import type { Built } from '../build/built-assembly.ts';
import type { JudgedBuild } from '../build/judged-build.ts';
import { checkCatalogues } from '../checks/messages.ts';
import { smokeLine, wellEnough } from '../checks/print-checks.ts';
import { type Halt, haltOnSignals } from '../halt.ts';
import { ask } from '../output.ts';
import { type DeployedOptions, deployedTarget } from './deployed-target.ts';

/** What comes by itself, such as protection against deletion, is no reason to go back. */
const verdicts = { ok: 'pass', warn: 'pass', fail: 'fail', unknown: 'fail', 'not-here': 'not-applicable' } as const;

export interface DeployDependencies {
  /** Number of the account that is signed in to. */
  account(home: string): Promise<string>;
  ports(deployable: Deployable, home: string, listeners: DeployListeners): DeployPorts;
  records(environment: Environment, home: string, unreadable: (key: string) => void): Records;
  /** What a deployment would come to grief over on its way, and its plan cannot know. */
  hindrances(built: Built, account: string): Promise<readonly PreflightResult[]>;
  /** How to send an order through what is deployed. @throws UsageError when something for it is missing */
  smoke(options: DeployedOptions, lang: JudgedBuild['lang']): (built: Omit<JudgedBuild, 'verdicts'>) => Smoke;
  /** What must be made ready before it can be deleted. */
  stores(ports: Pick<DeployPorts, 'clock'>): Stores;
  /** How somebody says that it is to stop. */
  halt(): Halt;
  /** Absent in a pipeline, where nobody answers. */
  readonly ask?: (question: string, signal: AbortSignal) => Promise<string>;
}

/** Where an interrupted run leaves what the next one goes on from: of this directory, and not in it, where a repository could approve itself. */
function journalOf(environment: Environment): JournalStore {
  const file = stateFileOf('.', `deploy-${environment}`);
  return {
    read: () => readPrivate(file),
    write: (text) => writePrivate(file, text),
    remove: () => rmSync(file, { force: true }),
  };
}

/** Seconds that traces and receipts may take to arrive. */
const smokeSeconds = 90;

export function realSurroundings(): DeployDependencies {
  return {
    account: awsAccount,
    ports: (deployable, home, listeners) => awsPorts(deployable, home, journalOf(deployable.environment), listeners),
    records: awsEnvironmentRecords,
    stores: ({ clock }) => awsStores(awsClients(), clock),
    hindrances: (built, account) =>
      runRefusing({ ...built, account, clients: awsClients(), machine: thisMachine(), now: new Date() }),
    halt: haltOnSignals,
    smoke(options, lang) {
      const find = deployedTarget(options, lang);
      const say = checkCatalogues[lang];
      return (built) => async () => {
        const results = await runSmoke(await find(built), { timeoutSeconds: smokeSeconds });
        return {
          passed: wellEnough(results),
          checks: results.map((result) => ({
            id: result.check,
            verdict: verdicts[result.verdict],
            observed: smokeLine(result, say),
          })),
        };
      };
    },
    ...(process.stdin.isTTY && process.stderr.isTTY ? { ask } : {}),
  };
}
