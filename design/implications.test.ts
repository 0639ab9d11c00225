import { expect, test } from 'vitest';
import { stackNames } from './catalogue/stack-needs.ts';
import { implications, neededAlways, placeOfNeed } from './implications.ts';
import { roleKinds } from './names.ts';
import { readDesign } from './read-design.ts';
import { ownDocument } from './testing/documents.ts';

const own = readDesign(ownDocument).design;
const needs = Object.values(implications).flatMap((one) => one.needs);
const named = (kind: string): readonly string[] => needs.flatMap(({ of, name }) => (of === kind ? [name] : []));

test('every stack, role and group that the form has is needed by one part, and by one alone', () => {
  expect(named('stack').toSorted()).toEqual([...stackNames].toSorted());
  expect(named('role').toSorted()).toEqual([...roleKinds].toSorted());
  expect(named('group').toSorted()).toEqual(own?.securityGroups.map(({ key }) => key).toSorted());
});

test('what every platform needs is what no optional part brings', () => {
  expect(neededAlways('role')).toEqual(['task-execution', 'task', 'rds-monitoring']);
  expect(neededAlways('stack')).not.toContain('CacheStack');
  expect(neededAlways('group')).toEqual(['alb', 'ecs', 'rds']);
});

test('a need is stated by a line that the project’s document has', () => {
  const { lines } = readDesign(ownDocument);
  for (const need of needs) {
    const section = placeOfNeed(need).split(': ')[0] ?? '';
    const found = lines.find((line) => line.section.startsWith(section) && line.text.includes(need.sentence));
    expect([need.sentence, found?.kind === 'statement' || found?.kind === 'heading']).toEqual([need.sentence, true]);
  }
});
