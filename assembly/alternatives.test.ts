import { describe, expect, test } from 'vitest';
import { alternativesOf } from './alternatives.ts';
import { buildGraph } from './build-graph.ts';
import type { StackSource, TemplateNode } from './scope.ts';

const source = (template: TemplateNode, id = 'Shop'): StackSource => ({
  id,
  name: id,
  region: 'eu-west-1',
  templateFile: `${id}.json`,
  template,
  tags: {},
  waitsFor: [],
  paths: {},
});

const bucket = (properties: TemplateNode, more: TemplateNode = {}) => ({
  Bucket: { Type: 'AWS::S3::Bucket', Properties: properties, ...more },
});

const named = (parameter: TemplateNode, conditions: TemplateNode, name: TemplateNode | string) =>
  buildGraph([
    source({ Parameters: { Stage: parameter }, Conditions: conditions, Resources: bucket({ BucketName: name }) }),
  ]);

const ways = (graph: ReturnType<typeof buildGraph>) =>
  alternativesOf(graph).map(({ answers, graph: way }) => [
    answers.map(({ what, value }) => `${what}=${value}`).join(' '),
    way.resources.map(({ properties }) => properties.BucketName ?? null),
  ]);

const names = (graph: ReturnType<typeof buildGraph>) =>
  alternativesOf(graph).map(({ graph: way }) => way.resources[0]?.properties.BucketName);

const isProduction = { Production: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } };
const choice = { 'Fn::If': ['Production', 'kept', { Ref: 'AWS::NoValue' }] };

describe('a graph whose conditions are not known', () => {
  test('has an alternative for each value that the parameter is compared with, and one for all others', () => {
    expect(ways(named({ Type: 'String' }, isProduction, choice))).toEqual([
      ['Stage=prod', ['kept']],
      ['Stage=undefined', [null]],
    ]);
  });

  test('has none for a value that the parameter cannot have', () => {
    expect(ways(named({ Type: 'String', AllowedValues: ['prod'] }, isProduction, choice))).toEqual([
      ['Stage=prod', ['kept']],
    ]);
  });

  test('is the same whichever condition asks: two that compare one parameter are never both true', () => {
    const conditions = { ...isProduction, Test: { 'Fn::Equals': ['test', { Ref: 'Stage' }] } };
    const name = { 'Fn::If': ['Production', 'a', { 'Fn::If': ['Test', 'b', 'c'] }] };
    expect(names(named({ Type: 'String' }, conditions, name))).toEqual(['a', 'b', 'c']);
  });

  test('knows the parameter itself where an alternative says what it is', () => {
    const graph = named({ Type: 'String' }, isProduction, { 'Fn::If': ['Production', { Ref: 'Stage' }, 'other'] });
    expect(names(graph)).toEqual(['prod', 'other']);
  });

  test('leaves a resource out where its condition is false', () => {
    const graph = buildGraph([
      source({
        Parameters: { Stage: { Type: 'String' } },
        Conditions: isProduction,
        Resources: bucket({}, { Condition: 'Production' }),
      }),
    ]);
    expect(graph.resources).toMatchObject([{ condition: 'Production' }]);
    expect(ways(graph).map(([, resources]) => resources?.length)).toEqual([1, 0]);
    expect(alternativesOf(graph)[0]?.graph.resources[0]?.condition).toBeUndefined();
  });

  /** As many conditions as letters, each of which puts a tag on a bucket. */
  const manyConditions = (letters: string) => {
    const parameters = [...letters];
    return buildGraph([
      source({
        Parameters: Object.fromEntries(parameters.map((name) => [name, { Type: 'String' }])),
        Conditions: Object.fromEntries(parameters.map((name) => [name, { 'Fn::Equals': [{ Ref: name }, 'yes'] }])),
        Resources: bucket({
          Tags: parameters.map(
            (name): TemplateNode => ({ 'Fn::If': [name, { Key: name, Value: 'x' }, { Ref: 'AWS::NoValue' }] }),
          ),
        }),
      }),
    ]);
  };

  test('answers one question at a time, and leaves the others open, when there are more than 64 alternatives', () => {
    const alternatives = alternativesOf(manyConditions('ABCDEFG'));
    expect(alternatives.map(({ answers }) => answers.length)).toEqual([0, ...Array.from({ length: 14 }, () => 1)]);
  });

  test('has no alternative that could be looked at when even that is too much', () => {
    expect(alternativesOf(manyConditions('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefgh'))).toEqual([]);
  });

  test('takes parameters of two stacks for two, whatever they are called', () => {
    const template = {
      Parameters: { Stage: { Type: 'String' } },
      Conditions: isProduction,
      Resources: bucket({ BucketName: choice }),
    };
    expect(ways(buildGraph([source(template), source(template, 'Other')]))).toHaveLength(4);
  });

  test('has none when everything is known', () => {
    const always = { Production: { 'Fn::Equals': ['prod', 'prod'] } };
    expect(named({ Type: 'String' }, always, choice).alternatives).toBeUndefined();
  });

  test('has one for each side of a comparison with a default, which a deployment may replace', () => {
    const graph = named({ Type: 'String', Default: 'dev' }, isProduction, choice);
    expect(graph.alternatives?.()).toMatchObject([
      { answers: [{ what: 'Stage', value: 'prod' }] },
      { answers: [{ what: 'Stage', value: undefined, otherwise: 'dev' }] },
    ]);
  });
});
