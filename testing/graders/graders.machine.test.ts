// Claims about all templates of the project's own document, of every environment and region, as two graders see them that are not ours:
// cfn-lint, by AWS's resource schemas of each region, and Checkov, by its security rules.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Assembly } from '../../assembly/graph.ts';
import { readAssembly } from '../../assembly/read-assembly.ts';
import { readDesign } from '../../design/read-design.ts';
import { createApp, synthesize } from '../../infrastructure/lib/app.ts';
import { buildPlatform } from '../../infrastructure/lib/platform.ts';
import { type GraderFinding, grade } from './grade.ts';
import { graderReasons } from './reasons.ts';

const root = join(import.meta.dirname, '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'hashira-graders-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let graph: Assembly;
let findings: readonly GraderFinding[];

beforeAll(async () => {
  const document = readFileSync(join(root, 'specs/stories/WEB-001-web-platform/design.md'), 'utf8');
  const { design } = readDesign(document);
  if (design === undefined) throw new Error("The project's own document is refused");
  const app = createApp({ outdir: scratch, validation: false });
  buildPlatform(app, design);
  synthesize(app);
  graph = readAssembly(scratch);
  const templates = graph.stacks.map(({ templateFile, region }) => ({ file: join(scratch, templateFile), region }));
  findings = await grade(root, templates);
}, 600_000);

/** The construct that a finding is about, without the environment: what is so in one is so in all. */
function placeOf({ template, logicalId }: GraderFinding): string {
  const stack = graph.stacks.find(({ templateFile }) => basename(templateFile) === template);
  const found = graph.resources.find((resource) => resource.stack === stack?.id && resource.logicalId === logicalId);
  const path = found?.path ?? `${template}/${logicalId}`;
  return path.replace(/^(Production|Staging|Development)(Standby)?/, '').replace(/\/Resource$/, '');
}

const isFor = (finding: GraderFinding, { rule, at }: (typeof graderReasons)[number]) =>
  rule === finding.rule && at.test(placeOf(finding));

describe('what cfn-lint and Checkov find', () => {
  test('has a reason where it stands', () => {
    const unexplained = findings.filter((finding) => !graderReasons.some((reason) => isFor(finding, reason)));
    expect(unexplained.map((finding) => `${finding.rule} ${placeOf(finding)}: ${finding.message}`)).toEqual([]);
  });

  test('is all that there are reasons for', () => {
    const idle = graderReasons.filter((reason) => !findings.some((finding) => isFor(finding, reason)));
    expect(idle.map(({ rule, at }) => `${rule} ${at}`)).toEqual([]);
    for (const { why } of graderReasons) expect(why).toMatch(/^\w.{30,}\.$/);
  });

  test('was looked for in every environment and region', () => {
    const regions = new Set(graph.stacks.map(({ region }) => region));
    expect([...regions].sort()).toEqual(['ap-northeast-1', 'us-east-1', 'us-west-2']);
    const graded = new Set(findings.map(({ template }) => template.split(/(?=[A-Z])/)[0]));
    expect([...graded].sort()).toEqual(['Development', 'Production', 'Staging']);
  });
});
