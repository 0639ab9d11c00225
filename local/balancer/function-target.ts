// A request to a function: the event that a load balancer makes of it, and the answer that it makes of what comes back.
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { FunctionRuntime } from '../functions/runtime.ts';

/** A load balancer takes no more, either way; bytes. */
const longest = 1024 * 1024;

const responseShape = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), z.coerce.string()).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(z.coerce.string())).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

export interface FunctionRequest {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly path: string;
  readonly query: URLSearchParams;
  readonly targetGroup: string;
  readonly multiValueHeaders: boolean;
}

/** Answers the request, and tells the status; 413 and 502 as the load balancer itself gives them. */
export async function askFunction(
  runtime: FunctionRuntime,
  request: IncomingMessage,
  response: ServerResponse,
  line: FunctionRequest,
): Promise<number> {
  const body = await bodyOf(request);
  if (body === undefined) return end(response, 413);
  try {
    const read = responseShape.parse(await runtime.invoke(eventOf(request.method ?? 'GET', line, body)));
    const text = Buffer.from(read.body ?? '', read.isBase64Encoded === true ? 'base64' : 'utf8');
    if (text.length > longest) return end(response, 502);
    const headers = { ...read.headers, ...read.multiValueHeaders };
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.writeHead(read.statusCode, { 'content-length': text.length }).end(text);
    return read.statusCode;
  } catch {
    return end(response, 502);
  }
}

function end(response: ServerResponse, status: number): number {
  response.writeHead(status, { 'content-length': 0 }).end();
  return status;
}

/** `undefined` when it is longer than a function may get. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= longest) chunks.push(chunk);
  }
  return length > longest ? undefined : Buffer.concat(chunks);
}

export function eventOf(method: string, line: FunctionRequest, body: Buffer): object {
  const header = (name: string) => line.headers.find(([each]) => each === name)?.[1] ?? '';
  const isText =
    header('content-encoding') === '' &&
    /^(text\/|application\/(json|javascript|xml)\b)/i.test(header('content-type') || 'text/plain');
  const group = <T>(pairs: Iterable<readonly [string, string]>, add: (known: T | undefined, value: string) => T) => {
    const groups: Record<string, T> = {};
    for (const [name, value] of pairs) groups[name] = add(groups[name], value);
    return groups;
  };
  const last = (_: string | undefined, value: string) => value;
  const every = (known: string[] | undefined, value: string) => [...(known ?? []), value];
  return {
    requestContext: { elb: { targetGroupArn: line.targetGroup } },
    httpMethod: method,
    path: line.path,
    ...(line.multiValueHeaders
      ? {
          multiValueQueryStringParameters: group(line.query, every),
          multiValueHeaders: group(line.headers, every),
        }
      : { queryStringParameters: group(line.query, last), headers: group(line.headers, last) }),
    body: body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
  };
}
