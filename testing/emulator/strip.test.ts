// Claims about the copy of an assembly that goes onto the emulator.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startEmulator } from './start-emulator.ts';
import { stripAssembly } from './strip.ts';

const scratch = mkdtempSync(join(tmpdir(), 'hashira-strip-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const template = {
  Transform: 'AWS::Serverless-2016-10-31',
  Resources: {
    Nat: { Type: 'AWS::EC2::NatGateway' },
    Route: {
      Type: 'AWS::EC2::Route',
      DependsOn: ['Nat', 'Topic'],
      Properties: { NatGatewayId: { 'Fn::GetAtt': ['Nat', 'NatGatewayId'] } },
    },
    App: { Type: 'AWS::Serverless::Application' },
    Plain: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ Ref: 'Topic' }] } },
    Sum: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [] } },
    Topic: { Type: 'AWS::SNS::Topic' },
    Token: { Type: 'AWS::SecretsManager::Secret' },
  },
  Outputs: { Token: { Value: { Ref: 'Token' } } },
};

test('leaves out what is listed and all that hangs on it, and says what it was', () => {
  const [from, to] = [join(scratch, 'from'), join(scratch, 'to')];
  mkdirSync(from);
  writeFileSync(join(from, 'AStack.template.json'), JSON.stringify(template));
  writeFileSync(join(from, 'AStack.assets.json'), JSON.stringify({ files: { a: 1 }, dockerImages: { b: 2 } }));
  const unneeded = { type: 'AWS::XRay::Group' };
  const list = [
    { type: 'AWS::EC2::NatGateway' },
    { type: 'AWS::Serverless::Application' },
    { type: 'AWS::CloudWatch::Alarm', having: 'Metrics' },
    unneeded,
  ];
  const stripped = stripAssembly(from, to, list, { 'AWS::SecretsManager::Secret': 'Id' });
  expect(stripped).toEqual({
    resources: ['Nat (AWS::EC2::NatGateway)', 'App (AWS::Serverless::Application)', 'Sum (AWS::CloudWatch::Alarm)'].map(
      (each) => `AStack.template.json: ${each}`,
    ),
    unused: [unneeded],
    readBy: new Set(['AWS::EC2::Route NatGatewayId']),
    images: 1,
  });
  const { Plain, Topic, Token } = template.Resources;
  expect(JSON.parse(readFileSync(join(to, 'AStack.template.json'), 'utf8'))).toEqual({
    Resources: {
      Route: { Type: 'AWS::EC2::Route', DependsOn: ['Topic'], Properties: { NatGatewayId: 'left-out-Nat' } },
      Plain,
      Topic,
      Token,
    },
    Outputs: { Token: { Value: { 'Fn::GetAtt': ['Token', 'Id'] } } },
  });
  expect(JSON.parse(readFileSync(join(to, 'AStack.assets.json'), 'utf8'))).toEqual({
    files: { a: 1 },
    dockerImages: {},
  });
  expect(JSON.parse(readFileSync(join(from, 'AStack.template.json'), 'utf8'))).toEqual(template);
});

test('an emulator that is not installed says how to make it', async () => {
  const root = join(scratch, 'root');
  mkdirSync(join(root, 'testing', 'emulator'), { recursive: true });
  writeFileSync(join(root, 'testing', 'emulator', 'requirements.txt'), 'ministack==9.9.9\n');
  const started = startEmulator({ root, scratch, account: '111122223333', region: 'eu-west-1' });
  await expect(started).rejects.toThrow(/MiniStack 9\.9\.9[\s\S]*python3 -m venv [\s\S]*pip install --requirement/);
});
