// The network's figures have one owner each, the network section or production's sizes. Stack lines and diagram captions that state
// them again must agree; acceptance criteria are no such place, since they judge what was built.
import { cidrIn } from '../cidr.ts';
import { perEnvironment, productionOf } from '../environments.ts';
import { groupCalled } from '../grammar/security-groups.ts';
import type { LineLedger } from '../lines.ts';
import { type Design, type Tier, tiers } from '../schema.ts';

/** Some words of a stack's resources or of a diagram, and their line. */
interface Wording {
  readonly words: string;
  readonly line: number;
}

/** Refuses second places that disagree with a figure's owner, naming both lines. */
export function checkNetworkFigures(design: Design, ledger: LineLedger): void {
  const resources = resourcesOf(design, ledger);
  for (const place of [...resources, ...captionsIn(ledger)]) {
    checkVpc(place, design, ledger);
    checkSubnets(place, design, ledger);
    checkGateways(place, design, ledger);
  }
  for (const place of resources) checkListedGroup(place, design, ledger);
  const subnets = countOf('public', design);
  const natGateways = natsOf(design);
  if (natGateways > subnets) {
    const line = lineOfTier('public', design, ledger);
    ledger.refuse(lineOfNats(design, ledger), 'nat-gateways-many', { found: natGateways, subnets, line });
  }
}

const resourcesOf = ({ stacks }: Design, ledger: LineLedger): Wording[] =>
  stacks.flatMap(({ resources }, stack) =>
    resources.map(({ text: words }, index) => ({ words, line: ledger.lineOf(`stacks.${stack}.resources.${index}`) })),
  );

/** The lines of diagrams, but for comments. */
const captionsIn = (ledger: LineLedger): Wording[] =>
  ledger
    .lines()
    .filter(({ kind, statements }) => kind === 'diagram' || statements.some((statement) => isCaption(statement)))
    .map(({ number: line }) => ({ words: ledger.line(line).plain.trim(), line }))
    .filter(({ words }) => !words.startsWith('%%'));

const isCaption = ({ kind, path }: { kind: string; path: string }) => kind === 'claim' && path === 'network.cidr';

const natsOf = (design: Design): number => perEnvironment(design.sizes, productionOf(design)).natGateways;
const lineOfNats = (design: Design, ledger: LineLedger): number =>
  ledger.lineOf(`sizes.${productionOf(design)}.natGateways`);

function lineOfTier(tier: Tier, { network }: Design, ledger: LineLedger): number {
  const index = network.subnets.findIndex((subnet) => subnet.tier === tier);
  return ledger.lineOf(index < 0 ? 'network.cidr' : `network.subnets.${index}.cidr`);
}

const countOf = (tier: Tier, { network }: Design): number =>
  network.subnets.filter((subnet) => subnet.tier === tier).length;

/** The number that some words give a thing, right after its name: `x2`, `×2` or `2個`. */
function numberOf(name: string, words: string): number | undefined {
  const number = String.raw`[x×*]\s*(?<after>\d{1,9})(?!\d)|(?<counted>\d{1,9})\s*[つ個]`;
  const found = new RegExp(`\\b${name.replace(' ', String.raw`\s*`)}s?\\s*(?:${number})`, 'i').exec(words)?.groups;
  const digits = found?.after ?? found?.counted;
  return digits === undefined ? undefined : Number(digits);
}

function checkVpc({ words, line }: Wording, { network }: Design, ledger: LineLedger): void {
  const here = /\bVPC\b/i.test(words) ? cidrIn(words) : undefined;
  if (here === undefined || here === network.cidr) return;
  const there = ledger.lineOf('network.cidr');
  ledger.refuse(line, 'figures-disagree', { what: 'VPC', here, there: network.cidr, line: there });
}

function checkSubnets({ words, line }: Wording, design: Design, ledger: LineLedger): void {
  const name = /\b(?<tier>Public|Private|Data)\s*Subnet/i.exec(words)?.groups?.tier?.toLowerCase();
  const tier = tiers.find((known) => known === name);
  if (tier === undefined) return;
  const what = `${tier.charAt(0).toUpperCase()}${tier.slice(1)} Subnet`;
  const owner = lineOfTier(tier, design, ledger);
  compare(what, { words, line }, countOf(tier, design), owner, ledger);
  const cidr = cidrIn(words);
  const ranges = design.network.subnets.filter((subnet) => subnet.tier === tier).map((subnet) => subnet.cidr);
  if (cidr !== undefined && !ranges.includes(cidr)) {
    ledger.refuse(line, 'figures-disagree', { what, here: cidr, there: ranges.join(', '), line: owner });
  }
}

/** NAT gateways are production's; of internet gateways a VPC takes one. */
function checkGateways(place: Wording, design: Design, ledger: LineLedger): void {
  compare('NAT Gateway', place, natsOf(design), lineOfNats(design, ledger), ledger);
  compare('Internet Gateway', place, 1, lineOfTier('public', design, ledger), ledger);
}

function compare(what: string, { words, line }: Wording, owned: number, owner: number, ledger: LineLedger): void {
  const count = numberOf(what, words);
  if (count === undefined || count === owned) return;
  ledger.refuse(line, 'figures-disagree', { what, here: `x${count}`, there: `x${owned}`, line: owner });
}

/** A group that a stack lists must be designed. The other way round the form itself leaves one out, the cache's. */
function checkListedGroup({ words, line }: Wording, { securityGroups }: Design, ledger: LineLedger): void {
  const title = /^(?<title>[^()]*Security\s*Group)(?:\s*\(.*\))?$/i.exec(words)?.groups?.title;
  if (title === undefined || groupCalled(title, securityGroups) !== undefined) return;
  ledger.refuse(line, 'group-undesigned', { found: words, designed: securityGroups.map((group) => group.title) });
}
