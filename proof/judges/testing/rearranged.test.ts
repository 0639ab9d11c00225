// However the templates are arranged, what is wrong stays wrong, or it is said that it is not known.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildGraph } from '../../../assembly/build-graph.ts';
import type { StackSource } from '../../../assembly/scope.ts';
import { judgeCriteria } from '../judge-criteria.ts';
import { criterionMutants } from './mutants/criteria/index.ts';
import { Platform } from './mutants/mutant.ts';
import { joined, nested, renamed } from './rearranged.ts';
import { criterionSources } from './sample-criterion-templates.ts';
import { criterionLines, designWithCriteria } from './sentences.ts';

const sources = criterionSources(designWithCriteria, 'production');
const mutants = criterionMutants.filter(({ environment = 'production' }) => environment === 'production');

async function verdictOn(id: string, templates: readonly StackSource[]) {
  const design = { ...designWithCriteria, criteria: designWithCriteria.criteria.filter((one) => one.id === id) };
  const graph = buildGraph(templates);
  const [found] = await judgeCriteria({ graph, design, lines: criterionLines, environments: ['production'] });
  return found?.verdict;
}

/** What may be missing from a platform: a stack that has it does not put it right. */
const unrelated = {
  Trail: {
    Type: 'AWS::CloudTrail::Trail',
    Properties: { IsLogging: true, S3BucketName: 'elsewhere', IsMultiRegionTrail: true },
  },
  Board: {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: {
      DashboardBody:
        '{"widgets":[{"type":"metric","properties":{"metrics":[["AWS/ECS","CPUUtilization","ClusterName","a"]]}}]}',
    },
  },
  Files: { Type: 'AWS::S3::Bucket' },
};

const arrangements: Readonly<
  Record<string, (index: number) => (from: readonly StackSource[]) => readonly StackSource[]>
> = {
  'a stack has another name': (index) => (from) => renamed(from, index, `Other${index}Stack`, index % 2 === 0),
  'a resource stands in a nested template': (index) => (from) => nested(from, index),
  'a stack of nobody is there too': () => (from) => joined(from, unrelated, {}),
  'a stack of another environment is there too': () => (from) => joined(from, unrelated, { Environment: 'staging' }),
};

test.each(Object.entries(arrangements))('what fails passes nowhere where %s', async (_, arrangement) => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...mutants), fc.nat(500), async (mutant, index) => {
      const platform = new Platform(designWithCriteria, 'production', sources);
      mutant.spoil(platform);
      const spoilt = platform.spoiltSources();
      if ((await verdictOn(mutant.id, spoilt)) !== 'fail') return;
      const verdict = await verdictOn(mutant.id, arrangement(index)(spoilt));
      expect([mutant.id, mutant.name, index, verdict]).toEqual([
        mutant.id,
        mutant.name,
        index,
        verdict === 'unresolved' ? 'unresolved' : 'fail',
      ]);
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 40) },
  );
});
