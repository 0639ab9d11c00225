// What a request must be before a rule is asked: the form of its target, its framing, its size. What is refused here gets the load
// balancer's own answer, and no target is told of it. Node's parser refuses beforehand what is no HTTP at all, both a length and chunks,
// two lengths, and a broken chunk, in every desync mode.
// Sources: RFC 9112; statuses (400, 405, 408, 413, 463, 501, 505) and limits:
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html; reasons of a classification:
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
import type { IncomingMessage } from 'node:http';

/** Bytes of all header lines together, and of one line or the request line. */
export const mostHeaderBytes = 64 * 1024;
const mostLineBytes = 16 * 1024;
/** Addresses in `x-forwarded-for`. */
const mostForwarded = 30;

/** Where a request is directed: the path and the query as they were sent, and the authority where the target names one. */
export interface RequestTarget {
  readonly authority: string | undefined;
  readonly path: string;
  /** With its question mark, or empty. */
  readonly search: string;
}

/**
 * Reads a target in origin form or absolute form; `undefined` for any other. Nothing is normalised: rules and targets see the same path.
 */
export function targetOf(given: string): RequestTarget | undefined {
  const absolute = /^https?:\/\/([^/?#@\s]+)(.*)$/i.exec(given);
  const origin = absolute === null ? given : (absolute[2] ?? '');
  // An empty path in absolute form is the root (RFC 9112, 3.2.1).
  const whole = absolute !== null && !origin.startsWith('/') ? `/${origin}` : origin;
  if (!whole.startsWith('/') || whole.includes('#')) return undefined;
  const at = whole.indexOf('?');
  const [path, search] = at < 0 ? [whole, ''] : [whole.slice(0, at), whole.slice(at)];
  return { authority: absolute?.[1], path, search };
}

/** The status with which the request is refused; `undefined` where it may go on. `strictest`: the desync mode of the load balancer. */
export function refusalOf(request: IncomingMessage, strictest: boolean): number | undefined {
  const { method = '', url = '', httpVersion, headersDistinct } = request;
  if (method === 'TRACE') return 405;
  const codings = (headersDistinct['transfer-encoding'] ?? []).map((coding) => coding.trim().toLowerCase());
  // The load balancer takes `identity` as well, which HTTP/1.1 has no more; Node's parser finds no end of such a body.
  if (codings.includes('identity')) return 400;
  if (codings.some((coding) => coding !== 'chunked')) return 501;
  // Of two hosts, who decides and who serves could each take another (RFC 9112, 3.2).
  const hosts = rawValues(request, 'host');
  if (hosts.length > 1 || hosts.some((host) => !/^[^\s/?#@\\]*$/.test(host))) return 400;
  if (Buffer.byteLength(url) > mostLineBytes || longestLine(request) > mostLineBytes) return 400;
  if (rawValues(request, 'x-forwarded-for').join(',').split(',').length > mostForwarded) return 463;
  return strictest && isSuspicious({ request, method, url, httpVersion, framed: codings.length > 0 }) ? 400 : undefined;
}

interface Line {
  readonly request: IncomingMessage;
  readonly method: string;
  readonly url: string;
  readonly httpVersion: string;
  /** Whether the body comes in chunks. */
  readonly framed: boolean;
}

/** Whether two servers could understand it differently, which `strictest` lets nobody try. */
function isSuspicious({ request, method, url, httpVersion, framed }: Line): boolean {
  const hasLength = request.headers['content-length'] !== undefined;
  // A body has no meaning there, and some take it for the next request.
  if ((method === 'GET' || method === 'HEAD') && (framed || hasLength)) return true;
  if (httpVersion === '1.0' && framed) return true;
  if (!isPlain(url)) return true;
  return linesOf(request).some(([name, value]) => !isPlain(value) || isDisguised(name));
}

/** Visible ASCII, spaces and tabs. */
const isPlain = (text: string): boolean => /^[\t\x20-\x7e]*$/.test(text);

/** A name that a careless server could take for one of those that say where a request ends. */
function isDisguised(name: string): boolean {
  const lower = name.toLowerCase();
  const bare = lower.replace(/[^a-z]/g, '');
  return (
    ['transferencoding', 'contentlength'].includes(bare) && !['transfer-encoding', 'content-length'].includes(lower)
  );
}

function linesOf({ rawHeaders }: IncomingMessage): readonly (readonly [name: string, value: string])[] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[2 * index] ?? '',
    rawHeaders[2 * index + 1] ?? '',
  ]);
}

const rawValues = (request: IncomingMessage, wanted: string): readonly string[] =>
  linesOf(request).flatMap(([name, value]) => (name.toLowerCase() === wanted ? [value] : []));

const longestLine = (request: IncomingMessage): number =>
  Math.max(0, ...linesOf(request).map(([name, value]) => name.length + value.length + 2));

/** What bytes that are no request are answered with, by the parser's code. */
export function statusOfParserError(code: string | undefined): number {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  return code === 'HPE_INVALID_VERSION' ? 505 : 400;
}
