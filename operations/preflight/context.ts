// What the checks before a deploy look at, and whom they ask.

import type { EnvironmentGraph } from '../../assembly/environment-graph.ts';
import type { Design } from '../../design/schema.ts';
import type { AwsClients } from '../aws/clients.ts';
import type { Deployed } from '../aws/deployed.ts';
import type { PreflightFinding } from './result.ts';

export interface Context {
  readonly clients: AwsClients;
  readonly environmentGraph: EnvironmentGraph;
  /** Directory of the cloud assembly. */
  readonly assembly: string;
  readonly design: Pick<Design, 'inputs' | 'environments'>;
  /** The number of the account that is signed in to. */
  readonly account: string;
  /** What is there already; who needs it waits for it, and fails with it. */
  readonly deployed: Promise<Deployed>;
  readonly now: Date;
  readonly machine: Machine;
  /** Whether service-linked roles that are missing are made. */
  readonly makesRoles?: boolean;
}

/** One of the environment's regions. */
export interface RegionContext extends Context {
  readonly region: string;
}

/** What is asked of this machine and its network. */
export interface Machine {
  /** Name servers of a zone, as the public DNS has them. */
  nameServers(zone: string): Promise<readonly string[]>;
  /** Starts a program and answers with what it printed. @throws Error when it is not there or fails */
  run(program: string, words: readonly string[]): Promise<string>;
  /** As Docker writes it, e.g. `linux/amd64`. */
  readonly platform: string;
  /** The program that builds images in Docker's place (`CDK_DOCKER`, as for the CDK CLI), or `docker`. */
  readonly builder: string;
}

export type Check = (context: Context) => Promise<readonly PreflightFinding[]>;
