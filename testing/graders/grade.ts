// Runs cfn-lint and Checkov over the templates of a cloud assembly.
import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface GraderFinding {
  readonly rule: string;
  readonly message: string;
  /** Name of the template's file. */
  readonly template: string;
  readonly logicalId: string;
}

export interface GradedTemplate {
  readonly file: string;
  readonly region: string;
}

/** Where the virtual environment is, below the project's directory: `npm ci` clears it away with all else. */
const home = join('node_modules', '.cache', 'graders');
const requirements = 'testing/graders/requirements.txt';

/**
 * Errors and warnings of both graders. Each template is read for its own region.
 * @throws Error saying how to make the graders when they are missing or other versions, or with what one printed that did not read all.
 */
export async function grade(root: string, templates: readonly GradedTemplate[]): Promise<readonly GraderFinding[]> {
  const [cfnLint, checkov] = [installed(root, 'cfn-lint'), installed(root, 'checkov')];
  const findings: GraderFinding[] = [];
  for (const [region, own] of Map.groupBy(templates, (template) => template.region)) {
    findings.push(...(await lint(cfnLint, region, own)));
  }
  return [...findings, ...(await check(checkov, templates))];
}

interface Lint {
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Filename: string;
  readonly Location: { readonly Path: readonly (string | number)[] | null };
}

async function lint(program: string, region: string, templates: readonly GradedTemplate[]) {
  const files = templates.map(({ file }) => file);
  const found: readonly Lint[] = JSON.parse(
    await run(program, ['--format', 'json', '--regions', region, '--', ...files]),
  );
  return found.map(
    ({ Rule, Message, Filename, Location }): GraderFinding => ({
      rule: Rule.Id,
      message: Message,
      template: basename(Filename),
      logicalId: String(Location.Path?.[1] ?? ''),
    }),
  );
}

interface Check {
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly file_path: string;
      /** `<type>.<logical id>`. */
      readonly resource: string;
    }[];
  };
  readonly summary: { readonly parsing_errors: number; readonly resource_count: number };
}

async function check(program: string, templates: readonly GradedTemplate[]): Promise<readonly GraderFinding[]> {
  const words = ['--framework', 'cloudformation', '--output', 'json', '--compact', '--quiet', '--skip-download'];
  const { results, summary }: Check = JSON.parse(
    await run(program, [...words, ...templates.flatMap(({ file }) => ['--file', file])]),
  );
  if (summary.parsing_errors > 0 || summary.resource_count === 0) {
    throw new Error(`Checkov did not read every template: ${JSON.stringify(summary)}`);
  }
  return results.failed_checks.map(({ check_id, check_name, file_path, resource }) => ({
    rule: check_id,
    message: check_name,
    template: basename(file_path),
    logicalId: resource.slice(resource.lastIndexOf('.') + 1),
  }));
}

/** What a grader prints; findings make it end with another code than 0. */
function run(program: string, words: readonly string[]): Promise<string> {
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', LANG: 'C.UTF-8', LOG_LEVEL: 'ERROR' };
  return new Promise((resolve, reject) => {
    execFile(program, words, { env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (stdout.trimStart().startsWith('[') || stdout.trimStart().startsWith('{')) resolve(stdout);
      else reject(new Error(`${basename(program)} printed no result: ${stderr.trim() || error?.message || stdout}`));
    });
  });
}

/** A grader's program, if it is the version that is asked for. */
function installed(root: string, name: string): string {
  const wanted = new RegExp(`^${name}==(\\S+)$`, 'm').exec(readFileSync(join(root, requirements), 'utf8'))?.[1];
  const program = join(root, home, 'bin', name);
  const packaged = `${name.replaceAll('-', '_')}-${wanted}.dist-info`;
  const found = globSync(join(root, home, 'lib', 'python*', 'site-packages', packaged));
  if (existsSync(program) && found.length > 0) return program;
  throw new Error(
    [
      `There is no ${name} ${wanted} in ${home}. Make it with:`,
      `  python3 -m venv ${home}`,
      `  ${home}/bin/pip install --requirement ${requirements}`,
    ].join('\n'),
  );
}
