// What the NIST 800-53 revision 5 and PCI DSS 3.2.1 packs of cdk-nag leave, with the reason for each: `docs/security.md`.
//
// AwsSolutions is the gate that every build passes (see app.ts). These two are read by people: their rules speak of organizations as
// much as of templates, and some contradict the document.
import type { App } from 'aws-cdk-lib';
import { type NagPack, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import type { Environment } from '../../design/schema.ts';
import { environmentNamedBy } from '../../design/stack-names.ts';

/** A rule that found something. */
export interface LeftRule {
  /** Without its pack, e.g. `S3BucketLoggingEnabled`. */
  readonly name: string;
  /** What is wrong, in cdk-nag's words. */
  readonly description: string;
  /** In the order of `packs`. */
  readonly packs: readonly string[];
  /** Construct paths without the environment, sorted, each with the environments that it is in. */
  readonly places: Readonly<Record<string, readonly string[]>>;
}

const packs: readonly { readonly title: string; readonly make: () => NagPack }[] = [
  { title: 'NIST 800-53 r5', make: () => new NIST80053R5Checks() },
  { title: 'PCI DSS 3.2.1', make: () => new PCIDSS321Checks() },
];

/** Runs both packs over an app that has been synthesized: references between stacks are settled only then. */
export function leftRules(app: App, environments: readonly Environment[]): LeftRule[] {
  const found = packs.flatMap(({ title, make }) => {
    const pack = make();
    return pack.validateScope(app).violations.flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources.map(({ constructPath = '' }) => ({
        title,
        // What is in brackets names the finding and not the rule.
        name: ruleName.replace(`${pack.name}-`, '').replace(/\[.*$/, ''),
        description: description.replace(/ - \(Control IDs?: .*$/, ''),
        ...placeOf(constructPath, environments),
      })),
    );
  });
  const byName = Object.entries(Object.groupBy(found, ({ name }) => name)).sort(([left], [right]) =>
    left.localeCompare(right, 'en'),
  );
  return byName.map(([name, own = []]) => ({
    name,
    description: own[0]?.description ?? '',
    packs: packs.map(({ title }) => title).filter((title) => own.some((one) => one.title === title)),
    places: Object.fromEntries(
      Object.entries(Object.groupBy(own, ({ place }) => place))
        .sort(([left], [right]) => left.localeCompare(right, 'en'))
        .map(([place, there = []]) => [
          place,
          environments.filter((environment) => there.some((one) => one.environment === environment)),
        ]),
    ),
  }));
}

/** `ProductionStorageStack/Data/Resource` is `StorageStack/Data` in production. */
function placeOf(path: string, environments: readonly Environment[]) {
  const environment = environmentNamedBy(path, environments) ?? '';
  return { environment, place: path.slice(environment.length).replace(/\/Resource$/, '') };
}

/**
 * The page.
 * @param environments those that were built
 * @throws Error when a rule has no reason.
 */
export function securityPage(
  rules: readonly LeftRule[],
  reasons: Readonly<Record<string, string>>,
  environments: readonly Environment[],
): string {
  return [
    '# What the security packs leave',
    '',
    "Made by `npm run docs:security` from the reports of cdk-nag on the project's own document and the reasons in `infrastructure/lib/security-reasons.ts`; do not edit.",
    '',
    'Every build passes AwsSolutions with nothing left but what is acknowledged beside its construct. The packs for NIST 800-53 revision 5 and PCI DSS 3.2.1 are run as well. They speak of organizations as much as of templates, so they are no gate; what they find is here, rule by rule, with the reason why it stays.',
    '',
    ...rules.flatMap((rule) => section(rule, reasons, environments)),
  ].join('\n');
}

function section(
  { name, description, packs: titles, places }: LeftRule,
  reasons: Readonly<Record<string, string>>,
  environments: readonly Environment[],
) {
  const reason = reasons[name];
  if (reason === undefined) {
    throw new Error(`${name} finds something and has no reason: repair it, or say why not in security-reasons.ts`);
  }
  return [
    `## ${name}`,
    '',
    `${description}. (${titles.join(', ')})`,
    '',
    `**Why it stays.** ${reason}`,
    '',
    ...Object.entries(places).map(
      ([place, where]) => `- \`${place}\`${where.length === environments.length ? '' : ` (${where.join(', ')})`}`,
    ),
    '',
  ];
}
