// Puts the parts of a document together to a design: what several of them say between them, what follows from them, and what holds
// where an optional part is left out.
import { multiAzOf } from './grammar/environment-cost.ts';
import type { FrontMatterReading } from './grammar/front-matter.ts';
import type { LineLedger } from './lines.ts';
import { partsOf } from './parts.ts';
import type { ReadParts } from './read-parts.ts';
import { type Design, designSchema } from './schema.ts';
import { deriveSizes } from './sizes.ts';
import { rangeBeside } from './standby-range.ts';

/** Where the platform lives when neither a DR section nor the input `region` says so. */
const homeRegion = 'ap-northeast-1';

/** The design, or undefined when a part that it cannot do without was refused. */
export function makeDesign(frontMatter: FrontMatterReading, parts: ReadParts, ledger: LineLedger): Design | undefined {
  const { endpoints, recovery, ...needed } = parts;
  const whole = wholeOf({ head: frontMatter.head, inputs: frontMatter.inputs, ...needed }, ledger);
  if (whole === undefined) return undefined;
  const { head, inputs, architecture, dataFlow, subnets, monthlyCost, environmentCost, deploy, rollback } = whole;
  const { title, overview, decisions, stacks, securityGroups, roles, alarms, logs, dashboards, backup } = whole;
  const { criteria, tests, checklist, references, related } = whole;
  const { environments, titles, yearly, savings, rules, workingHours } = environmentCost;
  const design: Design = {
    ...head,
    title,
    inputs: { ...inputs, standbyCidr: inputs.standbyCidr ?? rangeBeside(subnets.cidr) },
    overview,
    decisions,
    diagrams: { architecture, dataFlow },
    region: regionOf(frontMatter, recovery, ledger),
    stacks,
    network: { ...subnets, ...(endpoints ?? noEndpoints) },
    securityGroups,
    roles,
    alarms,
    logs,
    dashboards,
    backup,
    ...(recovery?.recovery && { recovery: recovery.recovery }),
    requestsPerSecond: monthlyCost.requestsPerSecond,
    environments: titles,
    ...partsOf({ stacks, roles }),
    workingHours,
    multiAz: multiAzOf(rules),
    sizes: deriveSizes(
      {
        production: monthlyCost.production,
        rules,
        maxTasks: inputs.maxTasks,
        alarms,
        zones: new Set(subnets.subnets.map(({ zone }) => zone)).size,
      },
      ledger,
    ),
    cost: { groups: monthlyCost.groups, total: monthlyCost.total, environments, yearly, savings },
    criteria,
    tests,
    deployment: { steps: deploy, rollback },
    checklist,
    references,
    related,
  };
  return inSchema(design, ledger);
}

type Whole<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };

/** The parts, when all are there. One that is not has been refused where it stands; should none have been, that is said here. */
function wholeOf<T extends object>(parts: T, ledger: LineLedger): Whole<T> | undefined {
  const isWhole = (all: object): all is Whole<T> => Object.values(all).every((part) => part !== undefined);
  if (isWhole(parts)) return parts;
  if (ledger.problems.every(({ forgivable }) => forgivable)) {
    const missing = Object.entries(parts).filter(([, part]) => part === undefined);
    ledger.refuse(1, 'not-a-design', {
      path: missing.map(([name]) => name).join(', '),
      reason: { en: 'it is missing', ja: 'ありません' },
    });
  }
  return undefined;
}

const noEndpoints = { gatewayEndpoints: [], interfaceEndpoints: { optional: true, services: [] } };

/** The last look: the grammars should let nothing through that the schema does not take, and this catches what they do. */
function inSchema(design: Design, ledger: LineLedger): Design | undefined {
  const { data, error } = designSchema.safeParse(design);
  for (const { path, message } of error?.issues ?? []) {
    const place = path.map(String).join('.');
    ledger.refuse(ledger.lineOf(place), 'not-a-design', {
      path: place,
      reason: { en: message, ja: '様式と異なる値です' },
    });
  }
  return data;
}

function regionOf({ region }: FrontMatterReading, recovery: ReadParts['recovery'], ledger: LineLedger): string {
  if (region !== undefined && recovery !== undefined && region.code !== recovery.primaryRegion) {
    const line = ledger
      .lines()
      .find(({ number, statements }) => number !== region.line && statements.some(({ path }) => path === 'region'));
    ledger.refuse(region.line, 'figures-disagree', {
      what: 'region / Primary Region',
      here: region.code,
      there: recovery.primaryRegion,
      line: line?.number ?? 1,
    });
  }
  return recovery?.primaryRegion ?? region?.code ?? homeRegion;
}
