// The pipeline's own CDK app, apart from the platform: deployed once by hand into each account, before GitHub Actions can do anything.
// In infrastructure/: npx cdk deploy --app "node bin/pipeline.ts" -c repository=owner/name -c environments=staging

import { environmentKeys } from '../../design/environments.ts';
import { inLanguage } from '../../design/messages/words.ts';
import { showLine } from '../../design/show.ts';
import { createApp, synthesize } from '../lib/app.ts';
import { PipelineStack } from '../lib/pipeline-stack.ts';
import { refusals } from '../lib/refusals.ts';
import { contextText, refuse, understood } from './context.ts';

const app = createApp();
const { design, language } = understood(app);
const repository = contextText(app, 'repository') ?? '';
if (!/^[\w.-]+(@\d+)?\/[\w.-]+(@\d+)?$/.test(repository))
  refuse(language, refusals.badRepository({ found: repository }));
const environments = environmentKeys(design);
const asked = (contextText(app, 'environments') ?? '').split(',');
const unknown = asked.filter((name) => !environments.some((each) => each === name));
if (unknown.length > 0) refuse(language, refusals.badEnvironments({ found: unknown.join(), known: environments }));

new PipelineStack(app, 'PipelineStack', {
  design,
  repository,
  environments: environments.filter((each) => asked.includes(each)),
  providerExists: contextText(app, 'provider') === 'exists',
  env: { region: design.region },
});
if (asked.length > 1) console.error(inLanguage(refusals.sharedAccount({ environments: asked }), language));
const { findings } = synthesize(app);
for (const { rule, resource, description } of findings) console.error(showLine(`${rule} ${resource}: ${description}`));
