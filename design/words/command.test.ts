import { expect, test } from 'vitest';
import { readCommand } from './command.ts';

test.each([
  ['npx cdk deploy ProductionNetworkStack', { verb: 'deploy', stacks: ['ProductionNetworkStack'] }],
  ['cd infrastructure && cdk diff StagingDatabaseStack', { verb: 'diff', stacks: ['StagingDatabaseStack'] }],
  ['npx cdk synth', { verb: 'synth', stacks: [] }],
  ['npx cdk deploy NetworkStack', { verb: 'deploy', stacks: [] }],
  ['npx cdk deploy --all --require-approval never', { verb: 'deploy', stacks: [] }],
  ['aws cloudformation describe-stacks', undefined],
])('“%s”', (text, cdk) => {
  expect(readCommand(text)).toEqual({ text, ...(cdk === undefined ? {} : { cdk }) });
});
