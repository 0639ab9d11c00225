// All that the deployer asks, on AWS. Questions that may be put twice are put again after a pause (retry.ts).
import { S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { systemClock } from '../../common/clock.ts';
import type { Environment } from '../../design/schema.ts';
import { stackId } from '../../design/stack-names.ts';
import { awsClients } from '../aws/clients.ts';
import { awsAssets } from './aws-assets.ts';
import { asking, clientIn, isLocal } from './aws-clients.ts';
import { awsCloudFormation } from './aws-cloudformation.ts';
import { awsMigrations } from './aws-migrations.ts';
import { awsRecords } from './aws-records.ts';
import { awsRecovery } from './aws-recovery.ts';
import type { Deployable } from './deployable.ts';
import { type JournalStore, journalIn } from './journal.ts';
import type { DeployPorts } from './ports.ts';
import type { Records } from './records.ts';
import { type RetryPolicy, retryingCloudFormation, withRetries } from './retry.ts';

export type DeployListeners = Pick<DeployPorts, 'tell' | 'signal' | 'smoke'> & {
  /** Called with the key of an object among the records that is no record. */
  readonly unreadable: (key: string) => void;
};

/** Milliseconds. Whoever signs in anew may have to fetch a telephone first; a network may be away for a tunnel's length. */
const limits: RetryPolicy['limits'] = { throttled: 5 * 60_000, expired: 15 * 60_000, lost: 10 * 60_000 };

/** The number of the account that is signed in to. @throws AwsFault */
export async function awsAccount(region: string): Promise<string> {
  const client = awsClients().identity(region);
  const { Account = '' } = await asking(() => client.send(new GetCallerIdentityCommand({})));
  return Account;
}

/**
 * @param home the document's region
 * @param journal where an interrupted run leaves what the next one goes on from
 */
export function awsPorts(
  deployable: Deployable,
  home: string,
  journal: JournalStore,
  listeners: DeployListeners,
): DeployPorts {
  const { directory, account, environment, stacks } = deployable;
  const { tell, signal, smoke, unreadable } = listeners;
  const clients = awsClients();
  const policy: RetryPolicy = {
    clock: systemClock,
    limits,
    signal,
    tell: (kind, message) => tell({ at: 'fault', kind, message }),
  };
  const again = <T>(ask: () => Promise<T>) => withRetries(policy, ask);
  const assets = awsAssets({ directory, account });
  const migrations = awsMigrations(clients, systemClock);
  const records = awsEnvironmentRecords(environment, home, unreadable);
  const ledger = stacks.find(({ id }) => id.endsWith('RecoveryStack'))?.place;
  const recovery = awsRecovery(clients, { environment, stack: ledger });
  return {
    cloudFormation: retryingCloudFormation(awsCloudFormation(), policy),
    assets: {
      publish: (stack) => again(() => assets.publish(stack)),
      missing: (stack) => again(() => assets.missing(stack)),
      template: (stack, text) => again(() => assets.template(stack, text)),
    },
    migrations: { run: (task, token) => again(() => migrations.run(task, token)) },
    records: {
      list: () => again(() => records.list()),
      templates: (id) => again(() => records.templates(id)),
      write: (record, templates) => again(() => records.write(record, templates)),
    },
    recovery: { state: () => again(() => recovery.state()) },
    smoke,
    journal: journalIn(journal),
    clock: systemClock,
    tell,
    signal,
  };
}

/** The records of an environment, asked for without a build. */
export function awsEnvironmentRecords(
  environment: Environment,
  home: string,
  unreadable: (key: string) => void,
): Records {
  const s3 = clientIn((config) => new S3Client({ ...config, forcePathStyle: isLocal() }))({ region: home });
  const name = stackId(environment, 'StorageStack');
  return awsRecords({ cloudFormation: awsCloudFormation(), s3, storage: { name, region: home }, unreadable });
}
