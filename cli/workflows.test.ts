// Claims about the workflows of GitHub Actions: what they may do, and that nothing in them outlives a job.
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { root } from './lib/root.ts';

const permissions = z.record(z.string(), z.string());
const stepSchema = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const jobSchema = z.object({
  uses: z.string().optional(),
  environment: z.string().optional(),
  permissions: permissions.optional(),
  'timeout-minutes': z.number().optional(),
  if: z.string().optional(),
  needs: z.string().optional(),
  steps: z.array(stepSchema).optional(),
});
const workflowSchema = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions,
  jobs: z.record(z.string(), jobSchema),
});

const workflows = globSync('.github/workflows/*.yml', { cwd: root })
  .sort()
  .map((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return { name: basename(file, '.yml'), text, ...workflowSchema.parse(parse(text)) };
  });
const jobsOf = (workflow: (typeof workflows)[number]) => Object.values(workflow.jobs);
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

test('there is one for changes, one for staging, one for production', () => {
  expect(workflows.map(({ name, on }) => [name, Object.keys(on)])).toEqual([
    ['check', ['pull_request', 'workflow_call']],
    ['production', ['workflow_dispatch']],
    ['staging', ['push']],
  ]);
});

describe.each(workflows)('$name', (workflow) => {
  test('may read the code, and speaks for the repository only where it deploys', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const { permissions: own, environment } of jobsOf(workflow)) {
      expect(own).toEqual(environment === undefined ? undefined : { contents: 'read', 'id-token': 'write' });
    }
  });

  test('holds no key that outlives a job', () => {
    expect(workflow.text).not.toMatch(/secrets\.|aws-access-key-id|AKIA/i);
    const roles = jobsOf(workflow).flatMap(({ steps = [] }) => steps.map((step) => step.with?.['role-to-assume']));
    expect(roles.filter((role) => role !== undefined && !/^\$\{\{ vars\.AWS_ROLE \}\}$/.test(String(role)))).toEqual(
      [],
    );
  });

  test('puts nothing into a command that somebody else has written', () => {
    const commands = jobsOf(workflow).flatMap(({ steps = [] }) => steps.map(({ run = '' }) => run));
    expect(commands.filter((run) => run.includes('${{'))).toEqual([]);
  });

  test('runs scripts that there are, and ends some time', () => {
    for (const { steps = [], uses, 'timeout-minutes': minutes } of jobsOf(workflow)) {
      expect(uses !== undefined || minutes !== undefined).toBe(true);
      const named = steps.flatMap(({ run = '' }) =>
        [...run.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name),
      );
      expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
    }
  });

  test('takes actions by a version, from GitHub and AWS alone', () => {
    const actions = jobsOf(workflow).flatMap(({ steps = [] }) => steps.flatMap(({ uses }) => uses ?? []));
    expect(actions.filter((action) => !/^(actions|aws-actions)\/[\w-]+@(v\d+|[0-9a-f]{40})$/.test(action))).toEqual([]);
  });
});

test.each(['staging', 'production'])('%s is deployed only after the checks, in its own GitHub environment', (name) => {
  const workflow = workflows.find((each) => each.name === name);
  expect(workflow?.jobs.check?.uses).toBe('./.github/workflows/check.yml');
  expect(workflow?.jobs.deploy).toMatchObject({ needs: 'check', environment: name });
});

test('production deploys from main alone, and only what was approved', () => {
  const job = workflows.find(({ name }) => name === 'production')?.jobs.deploy;
  expect(job?.if).toBe("github.ref == 'refs/heads/main'");
  const deploys = (job?.steps ?? []).flatMap(({ run = '' }) =>
    run.split('\n').filter((line) => line.includes('deploy')),
  );
  expect(deploys.filter((line) => !/--plan|--approve "\$APPROVED"/.test(line))).toEqual([]);
});
