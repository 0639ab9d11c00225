// The schema validator of the CDK, in a thread of its own: it takes seconds, in which everything else of a build is done.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { App, CloudFormationValidatePlugin } from 'aws-cdk-lib';
import type { TemplateToValidate, ValidationRequest, Violation, Violations } from './violation.ts';

const plugin = new CloudFormationValidatePlugin();
const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false });

parentPort?.on('message', (question: ValidationRequest) => {
  if ('types' in question) getReady(question.types, question.scratch);
  else parentPort?.postMessage(validate(question.templates));
});

/** Loads the rules for these types of resources, by asking about a template that has one of each. */
function getReady(types: readonly string[], scratch: string): void {
  const file = join(scratch, 'one-of-each.json');
  const Resources = Object.fromEntries(types.map((Type, index) => [`R${index}`, { Type }]));
  writeFileSync(file, JSON.stringify({ Resources }));
  validate([{ file, stack: 'one-of-each' }]);
}

function validate(templates: readonly TemplateToValidate[]): Violations {
  const { violations } = plugin.validate({
    templatePaths: templates.map(({ file }) => file),
    stackTemplates: templates.map(({ file, stack, account, region }) => ({
      stackConstructPath: stack,
      templatePath: file,
      accountId: account,
      region,
    })),
    appConstruct: app,
  });
  const answer: Record<string, Violation[]> = Object.fromEntries(templates.map(({ file }) => [file, []]));
  for (const { ruleName: rule, description, violatingResources } of violations)
    for (const { templatePath = '', resourceLogicalId } of violatingResources)
      answer[templatePath]?.push({ rule, description, ...(resourceLogicalId && { resource: resourceLogicalId }) });
  return answer;
}
