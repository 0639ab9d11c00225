// What AWS takes at deployment and then does not carry out: held against AWS's documentation over every template, of all environments and
// regions (tables in aws/ and design/catalogue).
import { beforeAll, describe, expect, test } from 'vitest';
import type { Assembly } from '../../assembly/graph.ts';
import { keyComplaints } from '../../assembly/questions/key-policies.ts';
import { keyUsers } from '../../assembly/questions/key-users.ts';
import { namedLogGroups } from '../../assembly/questions/log-groups.ts';
import { readAssembly } from '../../assembly/read-assembly.ts';
import { logGroupPlaces } from '../../aws/log-group-arns.ts';
import { formEnvironments } from '../../design/schema.ts';
import { platformOf } from './testing/environment.ts';
import { recoveringDesign } from './testing/standby.ts';

let graph: Assembly;
beforeAll(() => {
  graph = readAssembly(platformOf(recoveringDesign, formEnvironments).synth().directory);
});

/**
 * What the CDK gives beyond AWS's documentation, and cannot be told not to: whoever sends to an encrypted queue may encrypt and decrypt, on
 * behalf of this account alone. EventBridge's needs are met by a second statement, which has no condition.
 */
const beyond = /events\.amazonaws\.com may kms:(Encrypt|ReEncrypt\*), which nothing here needs$/;

describe('the policy of a key', () => {
  test('gives each service that uses the key what AWS documents, and nothing more', () => {
    expect(keyComplaints(graph).filter((complaint) => !beyond.test(complaint))).toEqual([]);
    expect(keyComplaints(graph).filter((complaint) => beyond.test(complaint))).not.toEqual([]);
  });

  test('is looked at for every kind of use that there is', () => {
    expect([...new Set(keyUsers(graph).map(({ use }) => use))].sort()).toEqual([
      'alarmToTopic',
      'budgetToTopic',
      'distributionReadsBucket',
      'logsToBucket',
      'ruleToTopicOrQueue',
      'topicToQueue',
      'trailEncryptsFiles',
      'trailLooksAtKey',
      'trailToBucketWithKey',
    ]);
  });
});

describe("a log group's ARN", () => {
  test('ends in a star where AWS wants one, and in none where it does not', () => {
    const found = namedLogGroups(graph);
    expect(
      found.filter(({ isTaken }) => isTaken !== true).map(({ resource, place }) => [resource.path, place]),
    ).toEqual([]);
    // What is given by name has no place here.
    const given = ['AWS::EC2::FlowLog.LogDestination'];
    expect([...new Set(found.map(({ place }) => place)), ...given].sort()).toEqual(Object.keys(logGroupPlaces).sort());
  });
});
