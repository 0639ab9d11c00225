// Claims about replacing secrets while everything runs: in which order, and what comes of one that was interrupted.
import { expect, test } from 'vitest';
import type { Question } from '../aws/testing/aws-stub.ts';
import { rotatable, rotate } from './secrets.ts';
import { names, play } from './testing/environment.ts';

const quiet = () => {};
const idOf = ({ input }: Question) => String(input.SecretId);

test('the secrets of the templates are found by what uses them', async () => {
  const { place, stub } = await play({});
  await stub.stop();
  expect(rotatable(place).map(({ name, secret }) => [name, secret.logicalId])).toEqual([
    ['database', 'DatabaseSecret'],
    ['cache', 'Token'],
    ['origin', 'Current'],
  ]);
  await expect(rotate(place, 'redis', quiet)).rejects.toThrow(/"secrets":\["database","cache","origin"\]/);
});

test("the database's function is asked, and its version waited for (AC-SEC-6)", async () => {
  let looks = 0;
  const { place, changes, stub } = await play({
    'secretsmanager.DescribeSecret': () => ({
      RotationEnabled: true,
      VersionIdsToStages: { new: [++looks > 3 ? 'AWSCURRENT' : 'AWSPENDING'] },
    }),
    'secretsmanager.RotateSecret': { VersionId: 'new' },
  });
  await rotate(place, 'database', quiet);
  await stub.stop();
  expect(looks).toBe(4);
  expect(changes()).toHaveLength(1);
});

/** A cache and a service that do as they are told, and a secret that may have a version waiting. */
const cacheAnswers = (versions: Readonly<Record<string, readonly string[]>>) => ({
  'secretsmanager.DescribeSecret': { VersionIdsToStages: versions },
  'secretsmanager.GetSecretValue': { SecretString: 'waiting' },
  'secretsmanager.GetRandomPassword': { RandomPassword: 'fresh' },
  'secretsmanager.PutSecretValue': { VersionId: 'new' },
  'secretsmanager.UpdateSecretVersionStage': {},
  'elasticache.ModifyReplicationGroup': {},
  'elasticache.DescribeReplicationGroups': { ReplicationGroups: { ReplicationGroup: [{ Status: 'available' }] } },
  'ecs.UpdateService': {},
  'ecs.DescribeServices': { services: [{ deployments: [{ rolloutState: 'COMPLETED' }] }] },
});

test("the cache's new token is kept before it is offered, and the old one goes last", async () => {
  const { place, changes, stub } = await play(cacheAnswers({ old: ['AWSCURRENT'] }));
  await rotate(place, 'cache', quiet);
  await stub.stop();
  const wanted = [
    /^PutSecretValue .*"fresh".*AWSPENDING/,
    /^ModifyReplicationGroup .*"fresh".*ROTATE/,
    /^UpdateSecretVersionStage .*AWSCURRENT.*"new".*"old"|^UpdateSecretVersionStage .*"old".*"new"/,
    /^UpdateService .*forceNewDeployment/,
    /^ModifyReplicationGroup .*"fresh".*SET/,
    /^UpdateSecretVersionStage .*AWSPENDING/,
  ];
  expect(changes()).toHaveLength(wanted.length);
  for (const [index, pattern] of wanted.entries()) expect(changes()[index]).toMatch(pattern);
});

test('a token that waits from an interrupted rotation is the one that goes on', async () => {
  const { place, changes, stub } = await play(cacheAnswers({ old: ['AWSCURRENT'], new: ['AWSPENDING'] }));
  await rotate(place, 'cache', quiet);
  await stub.stop();
  expect(changes()[0]).toMatch(/^ModifyReplicationGroup .*"waiting".*ROTATE/);
  expect(changes().join()).not.toContain('fresh');
});

/** A load balancer that knows some values, and secrets with theirs. */
function headerAnswers(known: readonly string[], values: { current: string; next: string }) {
  const stored: Record<string, string> = { [names.Current ?? '']: values.current, [names.Next ?? '']: values.next };
  let updated = 0;
  return {
    'elasticloadbalancing.DescribeRules': {
      Rules: { member: [{ Conditions: { member: [{ HttpHeaderConfig: { Values: { member: known } } }] } }] },
    },
    'secretsmanager.GetSecretValue': (question: Question) => ({ SecretString: stored[idOf(question)] }),
    'secretsmanager.GetRandomPassword': { RandomPassword: 'fresh' },
    'secretsmanager.PutSecretValue': (question: Question) => {
      stored[idOf(question)] = String(question.input.SecretString);
      return { VersionId: 'new' };
    },
    'secretsmanager.DescribeSecret': { VersionIdsToStages: { new: ['AWSCURRENT'] } },
    'cloudformation.DescribeStacks': () => ({
      Stacks: {
        member: [
          {
            StackName: 'a',
            StackStatus: updated === 0 ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE',
            Parameters: { member: [{ ParameterKey: 'Stage', ParameterValue: 'AWSCURRENT' }] },
          },
        ],
      },
    }),
    'cloudformation.UpdateStack': () => {
      updated++;
      return { StackId: 'a' };
    },
  };
}
const steps = (changes: readonly string[]) =>
  changes.map((change) => {
    const [operation = '', ...rest] = change.split(' ');
    const about = /secret:(\w+)|"StackName":"(\w+)"/.exec(rest.join(' '));
    return `${operation} ${about?.[1] ?? about?.[2]}`;
  });

test('CloudFront changes over to a value that the load balancer knows, before the load balancer learns another', async () => {
  const { place, changes, stub } = await play(headerAnswers(['a', 'b'], { current: 'a', next: 'b' }));
  await rotate(place, 'origin', quiet);
  await stub.stop();
  expect(steps(changes())).toEqual([
    'PutSecretValue current',
    'PutSecretValue next',
    'UpdateStack DevelopmentEdgeStack',
    'UpdateStack DevelopmentMainStack',
  ]);
  expect(changes()[0]).toContain('"SecretString":"b"');
  expect(changes()[1]).toContain('"SecretString":"fresh"');
  // The other of the parameter's two values: an update with none changed would be refused.
  expect(changes()[2]).toContain('"Parameters.member.1.ParameterValue":""');
});

test('the load balancer of another region learns them too, before the one at home (DR-8)', async () => {
  const answers = headerAnswers(['a', 'b'], { current: 'a', next: 'b' });
  const { place, changes, stub } = await play(answers, { StandbyRule: 'its-rule' });
  await rotate(place, 'origin', quiet);
  // One that was interrupted goes on with it.
  const after = await play(headerAnswers(['a', 'b'], { current: 'b', next: 'c' }), { StandbyRule: 'its-rule' });
  await rotate(after.place, 'origin', quiet);
  await stub.stop();
  await after.stub.stop();
  const updates = [
    'UpdateStack DevelopmentEdgeStack',
    'UpdateStack DevelopmentStandbyStack',
    'UpdateStack DevelopmentMainStack',
  ];
  expect(steps(changes()).slice(2)).toEqual(updates);
  expect(steps(after.changes())).toEqual(updates);
});

test('a rotation that was interrupted before the load balancer makes no third value', async () => {
  const { place, changes, stub } = await play(headerAnswers(['a', 'b'], { current: 'b', next: 'c' }));
  await rotate(place, 'origin', quiet);
  await stub.stop();
  expect(steps(changes())).toEqual(['UpdateStack DevelopmentEdgeStack', 'UpdateStack DevelopmentMainStack']);
});

test('nothing is changed where the load balancer does not know what CloudFront is to send', async () => {
  const { place, changes, stub } = await play(headerAnswers(['a', 'b'], { current: 'x', next: 'b' }));
  await expect(rotate(place, 'origin', quiet)).rejects.toThrow(/rotationBehind/);
  await stub.stop();
  expect(changes()).toEqual([]);
});
