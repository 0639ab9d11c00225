// What the CDK CLI runs (`npx cdk` in `infrastructure/`): reads the document and puts its stacks into an app.
// Context: `-c design=PATH` names the document, `-c lenient=true` forgives placeholders and missing inputs, `-c commit=SHA` is recorded,
// `-c lang=ja` is the language of refusals before there is a document.
import { createApp, synthesize } from '../lib/app.ts';
import { buildPlatform } from '../lib/platform.ts';
import { understood } from './context.ts';

const app = createApp();
buildPlatform(app, understood(app).design);
// The CLI reads the findings from the report by itself, prints them and fails.
synthesize(app);
