// Asks the schema validator about the templates of an app, beside whatever else is done meanwhile. What it said of a template before it
// says again, so it is asked only about those that it has not seen.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire, findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type App, CfnResource, Validations } from 'aws-cdk-lib';
import type { NagFinding } from '../app.ts';
import type { TemplateToValidate, ValidationRequest, Violation, Violations } from './violation.ts';

/** What the validator said before, by a template's digest. */
export interface SeenTemplates {
  readonly isEmpty: boolean;
  find(digest: string): readonly Violation[] | undefined;
  keep(entries: ReadonlyMap<string, readonly Violation[]>): void;
}

export interface SchemaValidation {
  readonly findings: readonly NagFinding[];
  readonly templates: number;
  /** How many of them were validated before and are unchanged. */
  readonly seen: number;
}

export interface SchemaValidator {
  /** What the validator finds in the templates and nobody acknowledged. @throws Error when it could not run */
  validate(templates: readonly TemplateToValidate[]): Promise<SchemaValidation>;
  close(): void;
}

/** The namespace of the validator's rules in acknowledgements. */
const namespace = 'CloudFormation-Validate';
const root = dirname(findPackageJSON('.', import.meta.url) ?? process.cwd());
/** The validator and its rules are a part of the library. */
const { version }: { version: string } = createRequire(import.meta.url)('aws-cdk-lib/package.json');

/**
 * @param app with all its constructs
 * @param scratch a folder for a file of its own
 */
export function startSchemaValidator(app: App, scratch: string, seen?: SeenTemplates): SchemaValidator {
  let thread: Worker | undefined;
  const start = (): Worker => {
    thread ??= new Worker(join(root, 'dist', 'local', 'schema-validator.js'));
    return thread;
  };
  const ask = (worker: Worker, question: ValidationRequest) => worker.postMessage(question);
  // Where nothing was seen it will be asked in any case, and gets ready while the templates are written.
  if (seen === undefined || seen.isEmpty) ask(start(), { types: typesOf(app), scratch });

  async function answerOf(templates: readonly TemplateToValidate[]): Promise<Violations> {
    if (templates.length === 0) return {};
    const worker = start();
    const { promise, resolve, reject } = Promise.withResolvers<Violations>();
    worker.once('message', resolve).once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the schema validator ended with ${code}`)));
    ask(worker, { templates });
    return promise;
  }

  return {
    async validate(templates) {
      const files = templates.map((template) => ({ template, ...read(template) }));
      const before = new Map(files.map(({ template, digest }) => [template.file, seen?.find(digest)]));
      const unseen = templates.filter(({ file }) => before.get(file) === undefined);
      const answer = await answerOf(unseen);
      const acknowledged = acknowledgementsOf(app);
      const judged = files.map(({ template, digest, text }) => {
        const violations = before.get(template.file) ?? answer[template.file];
        if (violations === undefined) throw new Error(`the schema validator left out ${template.file}`);
        const findings = findingsOf(template, text, violations).filter(
          ({ rule, resource }) => !acknowledged(`${namespace}::${rule}`, resource),
        );
        return { digest, violations, findings };
      });
      // What has failed is looked at anew, until it is mended.
      seen?.keep(
        new Map(
          judged.flatMap(({ digest, violations, findings }) => (findings.length > 0 ? [] : [[digest, violations]])),
        ),
      );
      return {
        findings: judged.flatMap(({ findings }) => findings),
        templates: templates.length,
        seen: templates.length - unseen.length,
      };
    },
    close: () => void thread?.terminate(),
  };
}

/** The types of the app's resources; more may come when it is synthesized. */
const typesOf = (app: App): readonly string[] => [
  ...new Set(app.node.findAll().flatMap((one) => (CfnResource.isCfnResource(one) ? [one.cfnResourceType] : []))),
];

/** A template's text, and what tells whether the validator would say the same again. */
function read({ file, stack, account, region }: TemplateToValidate): {
  readonly text: string;
  readonly digest: string;
} {
  const text = readFileSync(file, 'utf8');
  const given = JSON.stringify([version, stack, account, region, text]);
  return { text, digest: createHash('sha256').update(given).digest('hex') };
}

function findingsOf({ stack }: TemplateToValidate, text: string, violations: readonly Violation[]): NagFinding[] {
  if (violations.length === 0) return [];
  const { Resources = {} } = JSON.parse(text) as {
    Resources?: Record<string, { Metadata?: { 'aws:cdk:path'?: string } } | undefined>;
  };
  return violations.map(({ rule, description, resource }) => ({
    rule,
    description,
    resource: (resource && Resources[resource]?.Metadata?.['aws:cdk:path']) || stack,
  }));
}

/** Whether a rule is acknowledged for a construct: on itself, or on one that it is in. */
function acknowledgementsOf(app: App): (rule: string, path: string) => boolean {
  const places = new Map<string, Set<string>>();
  for (const { node } of app.node.findAll())
    for (const { type, data } of node.metadata)
      if (type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        for (const rule of Object.keys(Object(data))) {
          const paths = places.get(rule) ?? new Set();
          places.set(rule, paths.add(node.path));
        }
  return (rule, path) => {
    const paths = places.get(rule);
    const parts = path.split('/');
    return paths !== undefined && parts.some((_, index) => paths.has(parts.slice(0, index + 1).join('/')));
  };
}
