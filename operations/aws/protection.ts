// Whether what the templates protect against deletion is protected. No template says so of the thing itself: schedules switch it on once a
// stack stands (ADR-047), so that CloudFormation's own drift detection does not see it.
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DescribeDBClustersCommand, DescribeGlobalClustersCommand } from '@aws-sdk/client-rds';
import type { EnvironmentGraph } from '../../assembly/environment-graph.ts';
import { at, type Resource, referencesIn, textOf } from '../../assembly/graph.ts';
import { textAt } from '../../assembly/properties.ts';
import { readSchedule } from '../../aws/schedule.ts';
import type { ProtectionSeen } from '../target.ts';
import type { AwsClients } from './clients.ts';
import type { Deployed } from './deployed.ts';

/** How a kind of thing is looked at and protected. */
interface Kind {
  isOn(clients: AwsClients, region: string, id: string): Promise<boolean>;
  readonly command: (id: string) => string;
}

/** By the operation that protects, as EventBridge Scheduler names it. */
const kinds: Readonly<Record<string, Kind>> = {
  'rds:modifyDBCluster': {
    async isOn(clients, region, DBClusterIdentifier) {
      const command = new DescribeDBClustersCommand({ DBClusterIdentifier });
      const { DBClusters: [found] = [] } = await clients.database(region).send(command);
      return found?.DeletionProtection === true;
    },
    command: (id) => `aws rds modify-db-cluster --db-cluster-identifier ${id} --deletion-protection`,
  },
  'rds:modifyGlobalCluster': {
    async isOn(clients, region, GlobalClusterIdentifier) {
      const command = new DescribeGlobalClustersCommand({ GlobalClusterIdentifier });
      const { GlobalClusters: [found] = [] } = await clients.database(region).send(command);
      return found?.DeletionProtection === true;
    },
    command: (id) => `aws rds modify-global-cluster --global-cluster-identifier ${id} --deletion-protection`,
  },
  'dynamodb:updateTable': {
    async isOn(clients, region, TableName) {
      const { Table } = await clients.tables(region).send(new DescribeTableCommand({ TableName }));
      return Table?.DeletionProtectionEnabled === true;
    },
    command: (id) => `aws dynamodb update-table --table-name ${id} --deletion-protection-enabled`,
  },
};

const switchesOn = /"DeletionProtection(Enabled)?":true/;

/** A schedule of the templates, with what it protects. */
export interface Protecting {
  readonly schedule: Resource;
  readonly thing: Resource;
  readonly kind: Kind;
}

/** The schedules of an environment that protect something, in the order of the templates. */
export function protectingSchedules(environmentGraph: EnvironmentGraph): readonly Protecting[] {
  return environmentGraph.all('AWS::Scheduler::Schedule').flatMap((schedule) => {
    const [arn, input] = ['Arn', 'Input'].map((name) => at(schedule.properties, 'Target', name));
    const kind = kinds[textOf(arn).split(':aws-sdk:')[1] ?? ''];
    const [thing] = referencesIn(input).flatMap((reference) => environmentGraph.find(reference) ?? []);
    return kind === undefined || thing === undefined || !switchesOn.test(textOf(input))
      ? []
      : [{ schedule, thing, kind }];
  });
}

export interface ProtectionInput {
  readonly clients: AwsClients;
  readonly environmentGraph: EnvironmentGraph;
  readonly deployed: Deployed;
  readonly now?: Date;
}

/** A call that AWS did not take is made again for an hour, with longer and longer pauses (see the schedules' retry policy). */
const graceMs = 10 * 60_000;

/** What is so of one thing. @throws what AWS refuses */
export async function protectionOf(
  { clients, environmentGraph, deployed, now = new Date() }: ProtectionInput,
  { schedule, thing, kind }: Protecting,
): Promise<ProtectionSeen> {
  // A replica of a table is protected where the schedule is.
  const region = environmentGraph.regionOf(schedule);
  const id = deployed.physical(thing);
  const group = environmentGraph.find(schedule.properties.GroupName);
  const names = [group, schedule].map((each) => (each && deployed.physical(each)) ?? '?');
  const told = {
    name: id ?? thing.path,
    region,
    command: `${kind.command(id ?? '?')} --region ${region}`,
    schedule: `aws scheduler get-schedule --group-name ${names[0]} --name ${names[1]} --query State --region ${region}`,
  };
  if (id === undefined) return { ...told, state: 'absent' };
  if (await kind.isOn(clients, region, id)) return { ...told, state: 'on' };
  const since = deployed.changedAt(schedule);
  const rate = readSchedule(textAt(schedule, ['ScheduleExpression']) ?? '');
  if (since === undefined || rate?.kind !== 'rate') return { ...told, state: 'off' };
  // Without a date to begin at, a schedule with a rate begins when it is made
  // (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html).
  const age = now.getTime() - since.getTime();
  const next = new Date(since.getTime() + (Math.floor(age / rate.everyMs) + 1) * rate.everyMs);
  return {
    ...told,
    state: age < rate.everyMs + graceMs ? 'to-come' : 'off',
    next: `${next.toISOString().slice(0, 16)}Z`,
  };
}
