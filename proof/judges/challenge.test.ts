import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../assembly/build-graph.ts';
import type { Assembly } from '../../assembly/graph.ts';
import { ofType } from '../../assembly/relations.ts';
import type { StackSource, TemplateNode } from '../../assembly/scope.ts';
import { readSentence } from '../../design/words/sentence.ts';
import { challengePasses } from './challenge.ts';
import type { CriterionJudge } from './criterion.ts';
import type { Observation } from './judge.ts';
import { judgeCriteria } from './judge-criteria.ts';
import { type Claims, on } from './on.ts';
import { designWithCriteria } from './testing/sentences.ts';

const BucketEncryption = {
  ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
};
const bucket = (Properties: TemplateNode): TemplateNode => ({ Type: 'AWS::S3::Bucket', Properties });

const source = (template: TemplateNode): StackSource => ({
  ...{ id: 'Files', name: 'Files', region: 'eu-west-1', templateFile: 'files.json', template },
  ...{ tags: {}, waitsFor: [], paths: {} },
});

/** What comes of a criterion whose judge sees this in each bucket. */
function seeing(template: TemplateNode, see: (claims: (...path: (string | number)[]) => Claims) => Observation[]) {
  const judge: CriterionJudge = {
    ...{ id: 'AC-OWN-1', about: [], of: [] },
    judge: ({ everywhere }) =>
      ofType(everywhere, 'AWS::S3::Bucket').flatMap((one) => see((...path) => on(one).property(...path))),
  };
  return challenged([source(template)], { id: 'AC-OWN-1', text: 'buckets are as we like them' }, [judge]);
}

async function challenged(
  sources: readonly StackSource[],
  { id, text }: { readonly id: string; readonly text: string },
  further: readonly CriterionJudge[] = [],
) {
  const design = {
    ...designWithCriteria,
    criteria: [{ id, group: '', pattern: 'ubiquitous' as const, ...readSentence(text) }],
  };
  const input = {
    ...{ graph: buildGraph(sources), design, lines: [], environments: ['production'], documented: false, further },
    graphsOfEnvironment: (graph: Assembly) => ({ everywhere: graph, graph }),
  };
  return challengePasses(await judgeCriteria(input), sources, input);
}

describe('a pass', () => {
  test('that notices what is spoilt stands', async () => {
    const { criteria, challenge } = await seeing({ Resources: { A: bucket({ BucketName: 'a' }) } }, (property) => [
      property('BucketName').is('a'),
    ]);
    expect(criteria).toMatchObject([{ verdict: 'pass' }]);
    expect(challenge).toEqual({ properties: 1, spoilt: 1, withdrawn: [], untried: [] });
  });

  test('that does not notice is withdrawn, with the property', async () => {
    const { criteria, challenge } = await seeing({ Resources: { A: bucket({ BucketName: 'a' }) } }, (property) => [
      property('BucketName').holds(true, { expected: 'a' }),
    ]);
    const properties = ['files.json#/Resources/A/Properties/BucketName'];
    expect(criteria).toMatchObject([
      { verdict: 'not-judged', reason: { $said: 'unnoticed', figures: { properties } } },
    ]);
    expect(challenge.withdrawn).toEqual([{ id: 'AC-OWN-1', environment: 'production', properties }]);
  });

  test('that notices one of two is withdrawn for the other', async () => {
    const template = { Resources: { A: bucket({ BucketName: 'a', AccessControl: 'Private' }) } };
    const { challenge } = await seeing(template, (property) => [
      property('BucketName').is('a'),
      property('AccessControl').holds(true, { expected: 'Private' }),
    ]);
    expect(challenge).toMatchObject({
      spoilt: 2,
      withdrawn: [{ properties: ['files.json#/Resources/A/Properties/AccessControl'] }],
    });
  });

  test('that shows nothing that stands in a template stands, and is named', async () => {
    const { criteria, challenge } = await seeing({ Resources: { A: bucket({}) } }, (property) => [
      property('BucketName').isAbsent(),
    ]);
    expect(criteria).toMatchObject([{ verdict: 'pass' }]);
    expect(challenge).toMatchObject({ properties: 0, untried: [{ id: 'AC-OWN-1', environment: 'production' }] });
  });

  test("may rest on a parameter's default that is also AWS's own", async () => {
    const template = {
      Parameters: { Name: { Type: 'String', Default: 'a' } },
      Resources: { A: bucket({ BucketName: { Ref: 'Name' } }) },
    };
    const { challenge } = await seeing(template, (property) => [property('BucketName').otherwise('a').is('a')]);
    expect(challenge).toEqual({ properties: 1, spoilt: 1, withdrawn: [], untried: [] });
  });

  test('of more properties than are tried says how many were', async () => {
    const Tags = Array.from({ length: 700 }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));
    const { challenge } = await seeing({ Resources: { A: bucket({ Tags }) } }, (property) =>
      Tags.map((_, index) => property('Tags', index, 'Value').is('v')),
    );
    expect(challenge).toEqual({ properties: 700, spoilt: 400, withdrawn: [], untried: [] });
  });
});

test('what a nested template holds is spoilt in that template', async () => {
  const outer = source({
    Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'inner.json' } } },
  });
  const inner: StackSource = {
    ...source({ Resources: { A: bucket({ BucketEncryption }) } }),
    ...{ id: 'Files/Inner', name: 'Files/Inner', templateFile: 'inner.json' },
    nestedIn: { stack: 'Files', source: 'Files', logicalId: 'Inner' },
  };
  const { criteria, challenge } = await challenged([outer, inner], { id: 'AC-SEC-1', text: 'S3 buckets use KMS' });
  expect(criteria).toMatchObject([{ verdict: 'pass' }]);
  expect(challenge).toMatchObject({ spoilt: challenge.properties, withdrawn: [], untried: [] });
  expect(challenge.spoilt).toBeGreaterThan(0);
});
