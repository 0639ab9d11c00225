// Whether the images of the tasks are there or can be built here. They are assets of the templates: a recipe in the assembly, a tag that
// is their hash, a repository that the bootstrap made in each region.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeImagesCommand } from '@aws-sdk/client-ecr';
import * as z from 'zod';
import { namedReasonOf } from '../../common/reason.ts';
import { isNamed } from '../aws/clients.ts';
import type { Context } from './context.ts';
import { finding, type PreflightFinding } from './result.ts';

const assetsShape = z.object({
  dockerImages: z
    .record(
      z.string(),
      z.object({
        displayName: z.string().optional(),
        source: z.object({
          directory: z.string().optional(),
          dockerFile: z.string().optional(),
          platform: z.string().optional(),
          /** Builds the image in Docker's place, and prints its name. */
          executable: z.array(z.string()).optional(),
        }),
        destinations: z.record(
          z.string(),
          z.object({ repositoryName: z.string(), imageTag: z.string(), region: z.string().optional() }),
        ),
      }),
    )
    .optional(),
});
type Image = NonNullable<z.infer<typeof assetsShape>['dockerImages']>[string];

export async function checkImage(context: Context): Promise<readonly PreflightFinding[]> {
  const images = context.environmentGraph.stacks.flatMap(({ id, region }) => {
    const file = join(context.assembly, `${id}.assets.json`);
    if (!existsSync(file)) return [];
    const { dockerImages = {} } = assetsShape.parse(JSON.parse(readFileSync(file, 'utf8')));
    return Object.entries(dockerImages).flatMap(([hash, image]) =>
      Object.values(image.destinations).map((to) => ({
        name: image.displayName ?? hash,
        image,
        to: { ...to, region: to.region ?? region },
      })),
    );
  });
  if (images.length === 0) return [finding('noImage', 'ok', {})];
  return Promise.all(
    images.map(async ({ name, image, to }) => {
      const repositoryName = to.repositoryName
        .replaceAll(`\${AWS::AccountId}`, context.account)
        .replaceAll(`\${AWS::Region}`, to.region);
      return (await isPublished(context, { ...to, repositoryName }))
        ? finding('imagePublished', 'ok', { image: name, region: to.region })
        : canBeBuilt(context, name, image);
    }),
  );
}

interface Destination {
  readonly repositoryName: string;
  readonly imageTag: string;
  readonly region: string;
}

async function isPublished({ clients }: Context, { repositoryName, imageTag, region }: Destination): Promise<boolean> {
  try {
    const command = new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag }] });
    const { imageDetails = [] } = await clients.images(region).send(command);
    return imageDetails.length > 0;
  } catch (error) {
    // Without the bootstrap there is no repository either; that is another check's affair.
    if (isNamed(error, 'ImageNotFoundException', 'RepositoryNotFoundException')) return false;
    throw error;
  }
}

async function canBeBuilt({ assembly, machine }: Context, image: string, { source }: Image): Promise<PreflightFinding> {
  const [program] = source.executable ?? [];
  const builder = program ?? machine.builder;
  if (program === undefined) {
    const directory = source.directory ?? '';
    if (!existsSync(join(assembly, directory, source.dockerFile ?? 'Dockerfile')))
      return finding('noRecipe', 'fail', { image, directory });
  }
  // The client's version alone would say nothing of whether anybody is there to build. Podman and finch know this word as well.
  const words = program === undefined ? ['info'] : ['--version'];
  try {
    const said = await machine.run(builder, words);
    const version = /Server Version:\s*(\S+)/.exec(said)?.[1] ?? said.split('\n')[0] ?? '';
    const { platform } = source;
    return program === undefined && platform !== undefined && platform !== machine.platform
      ? finding('imageOtherPlatform', 'warn', { image, builder, platform, host: machine.platform })
      : finding('imageBuildable', 'ok', { image, builder, version });
  } catch (error) {
    return finding('noBuilder', 'fail', { image, builder, why: firstLine(namedReasonOf(error)) });
  }
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';
