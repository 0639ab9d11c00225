// INP-1: whose the platform is. What the front matter says stands as a tag on every stack, and nothing within a stack says otherwise.
import { isList, isProperties, isUnresolved, type Resource } from '../../../../assembly/graph.ts';
import { isLiteral } from '../../../../assembly/properties.ts';
import { tagOf } from '../../../../assembly/relations.ts';
import type { Design } from '../../../../design/schema.ts';
import type { Finding, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, on, onStack } from '../../on.ts';
import { said } from '../../words/inputs.ts';

/** The tag that each input is. Environment and ManagedBy are of no line: they are for the criterion to judge (AC-OPS-4). */
const tags: readonly (readonly [path: string, key: string, value: (design: Design) => string])[] = [
  ['inputs.project', 'Project', ({ inputs }) => inputs.project],
  ['inputs.owner', 'Owner', ({ inputs }) => inputs.owner],
];

export const tagJudges: readonly StatementJudge[] = tags.map(([path, key, value]) => ({
  id: 'INP-1',
  path,
  judge: (judgeCase) => judgeTag(judgeCase, key, value(judgeCase.design)),
}));

/**
 * CloudFormation puts a stack's own tags on every resource of it that takes tags, so it is the stack that must have them: which types
 * take any, only AWS's schemas know. A resource's own tag goes before the stack's, and a bare template has no tags but those.
 */
function judgeTag({ everywhere: graph }: StatementCase, key: string, value: string): Finding {
  if (graph.stacks.length === 0) return [missing(said.taggedStacks({ key, value }))];
  const stacks = graph.stacks.map(({ id, tags: own }) =>
    onStack(id, '', own[key] === value, { expected: value, observed: own[key] ?? said.noTag({ key }) }),
  );
  const resources = graph.resources.filter(hasTags).flatMap((resource) => {
    const own = tagOf(resource, key);
    if (own === undefined) return [];
    return [on(resource).property('Tags').holds(isLiteral(own, value), { expected: value, observed: own })];
  });
  return [...stacks, ...resources];
}

const hasTags = ({ properties: { Tags, HostedZoneTags } }: Resource) =>
  isList(Tags) || isProperties(Tags) || isUnresolved(Tags) || isList(HostedZoneTags);
