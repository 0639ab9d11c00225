// A request to a function: the event that a load balancer makes of it, and the answer that it makes of what comes back.
import {
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
  validateHeaderName,
  validateHeaderValue,
} from 'node:http';
import * as z from 'zod';
import type { FunctionRuntime } from '../functions/runtime.ts';
import { headersOfAnswer } from './headers.ts';

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

/** What the function answered, or the status that the load balancer itself gives: 413 and 502. */
export type FunctionAnswer =
  | { readonly status: number; readonly headers: OutgoingHttpHeaders; readonly body: Buffer }
  | { readonly own: 413 | 502 };

export async function askFunction(
  runtime: FunctionRuntime,
  request: IncomingMessage,
  response: ServerResponse,
  line: FunctionRequest,
): Promise<FunctionAnswer> {
  if (Number(request.headers['content-length'] ?? 0) > longest) return { own: 413 };
  if (request.headers.expect !== undefined) response.writeContinue();
  const body = await bodyOf(request);
  if (body === undefined) return { own: 413 };
  try {
    const read = responseShape.parse(await runtime.invoke(eventOf(request.method ?? 'GET', line, body)));
    const text = Buffer.from(read.body ?? '', read.isBase64Encoded === true ? 'base64' : 'utf8');
    const headers = headersOfAnswer({ ...read.headers, ...read.multiValueHeaders }, read.statusCode);
    for (const [name, value] of Object.entries(headers)) {
      validateHeaderName(name);
      for (const each of [value].flat()) validateHeaderValue(name, each);
    }
    return text.length > longest
      ? { own: 502 }
      : { status: read.statusCode, headers: withoutLength(headers), body: text };
  } catch {
    return { own: 502 };
  }
}

/** How long its answer is counts, not how long the function says that it is. */
const withoutLength = (headers: OutgoingHttpHeaders): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length'));

/** `undefined` as soon as it is longer than a function may get. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > longest) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
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
