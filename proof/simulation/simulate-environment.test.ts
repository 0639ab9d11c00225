import { expect, test } from 'vitest';
import { buildGraph } from '../../assembly/build-graph.ts';
import { perEnvironment } from '../../design/environments.ts';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import { formEnvironments } from '../../design/schema.ts';
import { criterionSources } from '../judges/testing/sample-criterion-templates.ts';
import { simulateEnvironment } from './simulate-environment.ts';

test.each(formEnvironments)('the curve of %s is that of its own template', (environment) => {
  const graph = buildGraph(criterionSources(exampleDesign, environment));
  const [simulation] = simulateEnvironment(graph, exampleDesign, environment);
  const { minimum, maximum } = perEnvironment(exampleDesign.sizes, environment).task;
  expect(simulation?.policy).toMatchObject({ minimum, maximum, requestsPerTask: 6000 / minimum, scaleInCooldown: 300 });
  for (const { tasks, requestsPerSecond } of simulation?.traces ?? []) {
    expect(tasks).toHaveLength(requestsPerSecond.length);
    expect(Math.min(...tasks)).toBe(minimum);
    expect(Math.max(...tasks)).toBeLessThanOrEqual(maximum);
  }
});

test('a service that nothing scales has no curve', () => {
  expect(simulateEnvironment(buildGraph([]), exampleDesign, 'production')).toEqual([]);
});
