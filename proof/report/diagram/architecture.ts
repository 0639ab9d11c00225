// An environment's diagram, from its templates to a drawing with the same said in words.

import { graphsOfEnvironment } from '../../../assembly/environments.ts';
import type { Assembly } from '../../../assembly/graph.ts';
import { environmentKeys } from '../../../design/environments.ts';
import { around } from '../../../design/messages/words.ts';
import type { Design, Environment } from '../../../design/schema.ts';
import type { Architecture } from '../report-data.ts';
import { draw } from './draw.ts';
import { layOut } from './layout.ts';
import { modelOf } from './model.ts';

/** One diagram for each environment. */
export async function architectures(
  graph: Assembly,
  design: Design,
  environments: readonly Environment[],
): Promise<readonly Architecture[]> {
  return await Promise.all(
    environments.map(async (environment) => {
      const model = modelOf(graphsOfEnvironment(graph, environment, design.region, environmentKeys(design)).everywhere);
      const titles = new Map(
        model.cards.map(({ id, title, region }) => [
          id,
          region === '' ? title : around(title, (name) => `${name} (${region})`),
        ]),
      );
      const drawing = draw(await layOut(model, design.region), `${design.feature} ${environment}`, environment);
      const paths = model.ways.map(({ from, to, what }) => ({
        from: titles.get(from) ?? from,
        to: titles.get(to) ?? to,
        what,
      }));
      return { environment, ...drawing, paths };
    }),
  );
}
