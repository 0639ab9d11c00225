// The headers of a request as a target gets them, and those of an answer as the client does.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ListenerPlan } from '../blueprint/load-balancer.ts';

export type Pairs = readonly (readonly [name: string, value: string])[];

/** Names that AWS drops when it is told to drop invalid ones do not fit this. */
const validHeader = /^[-A-Za-z0-9]+$/;
/** Headers between two neighbours on the way, not for who is behind them (RFC 9110, 7.6.1). */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  // Answered here (RFC 9110, 10.1.1).
  'expect',
];

/** Those names, and the ones that a message itself calls so. */
function betweenNeighbours(connection: string | readonly string[] = []): ReadonlySet<string> {
  const named =
    [connection]
      .flat()
      .join(',')
      .toLowerCase()
      .match(/[^\s,]+/g) ?? [];
  return new Set([...hopByHop, ...named]);
}

/** Names in small letters, with those that the load balancer adds. `authority`: of a target that names one, which counts before the host. */
export function headersFor(
  request: IncomingMessage,
  { listener, authority, dropInvalid }: { listener: ListenerPlan; authority: string | undefined; dropInvalid: boolean },
): Pairs {
  const left = betweenNeighbours(request.headers.connection);
  const given: [string, string][] = [];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index]?.toLowerCase() ?? '';
    if (!left.has(name) && !(dropInvalid && !validHeader.test(name)))
      given.push([name, request.rawHeaders[index + 1] ?? '']);
  }
  const known = (name: string) => given.find(([each]) => each === name)?.[1];
  const source = request.socket.remoteAddress ?? '';
  const before = known('x-forwarded-for');
  const added = {
    ...(authority === undefined ? {} : { host: authority }),
    'x-forwarded-for': before === undefined ? source : `${before}, ${source}`,
    'x-forwarded-proto': listener.encrypted ? 'https' : 'http',
    'x-forwarded-port': String(listener.port),
    'x-amzn-trace-id': known('x-amzn-trace-id') ?? traceId(),
  };
  return [...given.filter(([name]) => !(name in added)), ...Object.entries(added)];
}

type Answered = Readonly<Record<string, string | string[] | undefined>>;

/** An answer's headers for the client. */
export function headersOfAnswer(headers: Answered, status: number): Record<string, string | string[]> {
  const left = betweenNeighbours(headers.connection);
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const lower = name.toLowerCase();
      // An answer without content has no length (RFC 9110, 8.6).
      const isLost = value === undefined || left.has(lower) || (lower === 'content-length' && status === 204);
      return isLost ? [] : [[name, value]];
    }),
  );
}

const traceId = (): string => {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
};
