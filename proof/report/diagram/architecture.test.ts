import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../../assembly/build-graph.ts';
import { graphsOfEnvironment } from '../../../assembly/environments.ts';
import type { TemplateNode } from '../../../assembly/scope.ts';
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import { inLanguage } from '../../../design/messages/words.ts';
import { type Environment, formEnvironments } from '../../../design/schema.ts';
import { graph, sources } from '../testing/sample-report.ts';
import { architectures } from './architecture.ts';
import { draw, inOneLanguage } from './draw.ts';
import { layOut } from './layout.ts';
import { cardSize, type Layout } from './measures.ts';
import { modelOf } from './model.ts';

const { region } = exampleDesign;
const modelIn = (environment: Environment) => modelOf(graphsOfEnvironment(graph, environment, region).everywhere);
const model = modelIn('production');
const titleOf = new Map(model.cards.map(({ id, title }) => [id, inLanguage(title, 'en')]));
const ways = model.ways.map(({ from, to }) => `${titleOf.get(from)} → ${titleOf.get(to)}`);

/** The cards of production with these resources beside its database. */
function idsWith(resources: TemplateNode): readonly string[] {
  const changed = sources.map((source) => {
    if (source.id !== 'ProductionDatabaseStack') return source;
    const { Resources, ...rest } = source.template;
    return { ...source, template: { ...rest, Resources: { ...(Resources as object), ...resources } } };
  });
  return modelOf(graphsOfEnvironment(buildGraph(changed), 'production', region).everywhere).cards.map(({ id }) => id);
}

describe('what is drawn is what the templates have', () => {
  test('customers reach the tasks, and the tasks the database and the cache (ARC-1, ARC-2)', () => {
    expect(ways).toEqual(
      expect.arrayContaining([
        'Customers → CloudFront',
        'CloudFront → Load balancer',
        'Load balancer → ECS Fargate',
        'Orders → Aurora',
        'ECS Fargate → ElastiCache',
      ]),
    );
  });

  test('balancer, tasks and database stand in the tier of their subnets, over all their zones (ARC-3)', () => {
    const placed = Object.fromEntries(
      model.cards.map(({ title, place, zones }) => [inLanguage(title, 'en'), { place, zones: zones.length }]),
    );
    expect(placed).toMatchObject({
      'Load balancer': { place: 'public', zones: 2 },
      'ECS Fargate': { place: 'private', zones: 2 },
      Aurora: { place: 'data', zones: 2 },
      ElastiCache: { place: 'data', zones: 2 },
    });
  });

  test('a subnet’s tier comes from its routes, and is the document’s (NET-2…4)', () => {
    const drawn = model.regions.flatMap(({ subnets }) => subnets.map(({ tier, cidr }) => `${tier} ${cidr}`));
    expect(drawn.sort()).toEqual(exampleDesign.network.subnets.map(({ tier, cidr }) => `${tier} ${cidr}`).sort());
  });

  test('what only a deployment calls is drawn as what it prepares, and another function by itself', () => {
    const endpoint = { 'Fn::GetAtt': ['Cluster', 'Endpoint.Address'] };
    const maker = { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { HOST: endpoint } } } };
    const step = {
      Type: 'Custom::Step',
      Properties: { ServiceToken: { 'Fn::GetAtt': ['Maker', 'Arn'] }, Endpoint: endpoint },
    };
    expect(idsWith({ Maker: maker })).toContain('ProductionDatabaseStack/Maker');
    expect(idsWith({ Maker: maker, Step: step })).not.toContain('ProductionDatabaseStack/Maker');
  });

  test('whatever has no way of its own is told at the foot of its region', () => {
    const footer = model.regions.flatMap((one) => one.footer.map(({ words }) => inLanguage(words, 'en'))).join('\n');
    expect(footer).toMatch(/Alarms \d+/);
    expect(footer).toMatch(/KMS keys \d+/);
  });
});

describe.each(formEnvironments)('the drawing of %s', (environment) => {
  const laid = layOut(modelIn(environment), region);
  const within = ({ width, height }: Layout, x: number, y: number) => x >= 0 && y >= 0 && x <= width && y <= height;

  test('has every card once, none over another, all within', async () => {
    const layout = await laid;
    expect(layout.cards.map(({ id }) => id)).toEqual(modelIn(environment).cards.map(({ id }) => id));
    const overlapping = layout.cards.filter((one, index) =>
      layout.cards
        .slice(index + 1)
        .some((other) => Math.abs(one.x - other.x) < cardSize.width && Math.abs(one.y - other.y) < cardSize.height),
    );
    expect(overlapping).toEqual([]);
    expect(
      layout.cards.filter(
        ({ x, y }) => !within(layout, x, y) || !within(layout, x + cardSize.width, y + cardSize.height),
      ),
    ).toEqual([]);
  });

  test('leads each way from the one card’s edge to the other’s', async () => {
    const { cards, lines } = await laid;
    const place = new Map(cards.map((card) => [card.id, card]));
    const touches = (id: string, point: { x: number; y: number } | undefined) => {
      const card = place.get(id);
      if (card === undefined || point === undefined) return false;
      const [dx, dy] = [point.x - card.x, point.y - card.y];
      return dx >= -1 && dx <= cardSize.width + 1 && dy >= -1 && dy <= cardSize.height + 1;
    };
    const loose = lines.filter(({ way, points }) => !touches(way.from, points[0]) || !touches(way.to, points.at(-1)));
    expect(loose.map(({ way }) => way)).toEqual([]);
    expect(lines).toHaveLength(modelIn(environment).ways.length);
  });

  test('gives no two cards of a place one name', async () => {
    const { cards } = await laid;
    const names = cards.map(({ region: where, zones, title }) => `${where} ${zones.join()} ${inLanguage(title, 'en')}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('leads no way along the border of a box', async () => {
    const { lines, boxes } = await laid;
    const borders = boxes.filter(({ kind }) => kind === 'region' || kind === 'network');
    const along = lines.flatMap(({ way, points }) =>
      points
        .filter((point, index) => {
          const next = points[index + 1];
          if (next === undefined || next.x !== point.x || next.y === point.y) return false;
          return borders.some((box) => [box.x, box.x + box.width].some((x) => Math.abs(x - point.x) < 4));
        })
        .map((point) => ({ way, point })),
    );
    expect(along).toEqual([]);
  });

  test('puts a card of one zone into the box of its own subnet', async () => {
    const { cards, boxes } = await laid;
    const strays = cards.filter(({ zones, place, x, y }) => {
      const [zone, ...others] = zones;
      if (zone === undefined || others.length > 0) return false;
      return !boxes.some(
        ({ kind, label, ...box }) =>
          kind === 'zone' &&
          inLanguage(label, 'en').startsWith(`AZ-${zone.slice(-1)} ${place}`) &&
          x >= box.x &&
          y >= box.y &&
          x + cardSize.width <= box.x + box.width &&
          y + cardSize.height <= box.y + box.height,
      );
    });
    expect(strays.map(({ title }) => title)).toEqual([]);
  });
});

test('the same templates give the same drawing, with the ways in words', async () => {
  const [once] = await architectures(graph, exampleDesign, ['production']);
  const [again] = await architectures(graph, exampleDesign, ['production']);
  expect(again).toEqual(once);
  expect(once?.paths).toHaveLength(model.ways.length);
  expect(once?.svg).toMatch(/^<svg .*<\/svg>$/s);
});

test('a name is drawn as it is, whatever it holds', async () => {
  const layout = await layOut(model, region);
  const [card] = layout.cards;
  if (card === undefined) throw new Error('there is no card');
  const { svg } = draw({ ...layout, cards: [{ ...card, title: '<b>&"', detail: '' }] }, '</title>', 'x');
  expect(svg).toContain('&lt;b&gt;&amp;&quot;');
  expect(svg).toContain('<title>&lt;/title&gt;</title>');
});

test('what it says in words of ours it says in the language of the page, and in a file of its own in one alone', async () => {
  const [drawn] = await architectures(graph, exampleDesign, ['production']);
  const { svg = '' } = drawn ?? {};
  expect(svg).toContain('>copy to another region</text>');
  expect(svg).toContain('>別リージョンへのコピー</text>');
  for (const [language, own, other] of [
    ['en', 'Customers', '利用者'],
    ['ja', '利用者', 'Customers'],
  ] as const) {
    const alone = inOneLanguage(svg, language);
    expect(alone).toContain(`>${own}</text>`);
    expect(alone).not.toContain(`>${other}</text>`);
  }
  // The PNG is set in a font that has no others.
  expect(inOneLanguage(svg, 'en')).not.toMatch(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u);
});
