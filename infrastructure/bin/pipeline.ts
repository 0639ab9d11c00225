// The pipeline's own CDK app, apart from the platform: deployed once by hand into each account, before GitHub Actions can do anything.
// In infrastructure/: npx cdk deploy --app "node bin/pipeline.ts" -c repository=owner/name -c environments=staging

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentKeys } from '../../design/environments.ts';
import { readDesign } from '../../design/read-design.ts';
import { showLine } from '../../design/show.ts';
import { createApp, synthesize } from '../lib/app.ts';
import { PipelineStack } from '../lib/pipeline-stack.ts';

const app = createApp();
const repository = text('repository');
if (!/^[\w.-]+(@\d+)?\/[\w.-]+(@\d+)?$/.test(repository)) {
  refuse(
    `repository: found "${repository}", expected owner/name, or owner@id/name@id as GitHub has it in its tokens: -c repository=…`,
  );
}
const [file = refuse('There is no design document: -c design=PATH')] = text('design')
  ? [text('design')]
  : globSync('specs/stories/*/design.md', { cwd: join(import.meta.dirname, '..', '..') })
      .sort()
      .map((found) => join(import.meta.dirname, '..', '..', found));
const { design } = readDesign(readFileSync(file, 'utf8'));
if (design === undefined) refuse(`${file} is refused: hashira read ${file}`);
const environments = environmentKeys(design);
const asked = text('environments').split(',');
const unknown = asked.filter((name) => !environments.some((each) => each === name));
if (unknown.length > 0) {
  refuse(`environments: found "${unknown.join()}", expected some of ${environments.join()}: -c environments=staging`);
}

new PipelineStack(app, 'PipelineStack', {
  design,
  repository,
  environments: environments.filter((each) => asked.includes(each)),
  providerExists: text('provider') === 'exists',
  env: { region: design.region },
});
if (asked.length > 1) {
  console.error(
    `${asked.join(' and ')} in one account: the bootstrap's roles do not tell them apart, see PipelineStack`,
  );
}
const { findings } = synthesize(app);
for (const { rule, resource, description } of findings) console.error(showLine(`${rule} ${resource}: ${description}`));

function text(key: string): string {
  return String(app.node.tryGetContext(key) ?? '');
}

function refuse(problem: string): never {
  console.error(showLine(problem));
  process.exit(2);
}
