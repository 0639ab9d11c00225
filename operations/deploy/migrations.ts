// Changes to the database's schema: forward only, run once by a task beside the service, before people meet the new release (DEP-4).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNode, member, type TemplateNode } from '../../assembly/scope.ts';
import type { Environment } from '../../design/schema.ts';
import { refusals } from '../refusals.ts';
import type { CloudFormation } from './cloudformation.ts';
import { type DeployableStack, filledIn } from './deployable.ts';
import { ownFault } from './fault.ts';

export interface Migration {
  /** Name of its file, without `.sql`. */
  readonly name: string;
  /** Why the release before it does not run on the schema after it; absent: it does, as it should. */
  readonly incompatible?: string;
}

/** What starts the task: the service tells network and role, the built template the image, which has the new migrations in it. */
export interface MigrationTask {
  readonly region: string;
  /** Physical names. */
  readonly cluster: string;
  readonly service: string;
  readonly container: string;
  /** The image to run, as it was published for this release. */
  readonly image: string;
  readonly command: readonly string[];
}

/**
 * The migrations of a folder, in order. One that older releases cannot bear says so in a comment: `-- incompatible: <why>`.
 * @throws Error when there is no such folder
 */
export function readMigrations(folder: string): readonly Migration[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const why = /^-- incompatible: *(.+)$/m.exec(readFileSync(join(folder, file), 'utf8'))?.[1];
      return { name: file.slice(0, -'.sql'.length), incompatible: why };
    });
}

/** The stack whose service the migrations belong to: that of the region that serves. */
export function isComputeStack({ id }: Pick<DeployableStack, 'id'>, environment: Environment): boolean {
  return id.toLowerCase() === `${environment}computestack`;
}

/** @throws AwsFault when the deployed stack has no service with a container of the template's */
export async function migrationTask(
  { resources }: Pick<CloudFormation, 'resources'>,
  stack: DeployableStack,
  account: string,
): Promise<MigrationTask> {
  const physical = await resources(stack.place);
  const [service, cluster] = ['AWS::ECS::Service', 'AWS::ECS::Cluster'].map((type) => {
    const logicalId = logicalIds(stack.template, type)[0];
    return logicalId === undefined ? undefined : physical[logicalId];
  });
  const [task] = logicalIds(stack.template, 'AWS::ECS::TaskDefinition');
  const containers =
    task === undefined ? undefined : member(stack.template, 'Resources', task, 'Properties', 'ContainerDefinitions');
  const first = Array.isArray(containers) ? containers[0] : undefined;
  const container = isNode(first) && typeof first.Name === 'string' ? first.Name : undefined;
  const { region } = stack.place;
  const written =
    isNode(first) && isNode(first.Image) ? first.Image['Fn::Sub'] : isNode(first) ? first.Image : undefined;
  const image = typeof written === 'string' ? filledIn(written, account, region) : undefined;
  if (service === undefined || cluster === undefined || container === undefined || image === undefined) {
    throw ownFault(refusals.nothingToMigrateWith({ stack: stack.id }));
  }
  return { region, cluster, service, container, image, command: ['migrate.mjs'] };
}

function logicalIds(template: TemplateNode, type: string): readonly string[] {
  const resources = member(template, 'Resources');
  return Object.entries(isNode(resources) ? resources : {}).flatMap(([id, one]) =>
    isNode(one) && one.Type === type ? [id] : [],
  );
}
