// One instance of a function: a process that loads the handler once and then works off one event after the other, as Lambda's do. The
// AWS clients come from outside the function's code, as they do from Lambda's runtime.
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';

const [code = '', handlerName = ''] = process.argv.slice(2);
const [file = '', name = ''] = handlerName.split('.');
const handlerShape = z.custom<(event: unknown, context: object) => unknown>((value) => typeof value === 'function');
const invocation = z.object({ id: z.string(), event: z.unknown(), deadline: z.number() });

process.once('disconnect', () => process.exit(0));
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier, specifier.startsWith('@aws-sdk/') ? { ...context, parentURL: import.meta.url } : context),
});

const module: Record<string, unknown> = await import(pathToFileURL(join(code, `${file}.mjs`)).href);
const handler = handlerShape.parse(module[name]);

process.on('message', (message) => {
  const { id, event, deadline } = invocation.parse(message);
  const context = {
    awsRequestId: id,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  Promise.resolve()
    .then(() => handler(event, context))
    .then(
      (result) => process.send?.({ id, result: result ?? null }),
      (error: unknown) => {
        console.error(error);
        process.send?.({ id, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
      },
    );
});
process.send?.('ready');
