// The status page's server: on 127.0.0.1 alone, where every user of this machine can look. To start a drill takes the key of the address
// that is shown to whoever runs the platform; commands ask with the token of the state file, which is that user's alone.

import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inLanguage, type Words } from '../../design/messages/words.ts';
import type { Language } from '../../design/problem.ts';
import { Refusal, reasonsOf } from '../../design/refusal.ts';
import { answers } from './answers.ts';
import { type PageTexts, pageTexts } from './texts.ts';
import { type View, type ViewParts, viewer } from './view.ts';

export interface StatusParts extends ViewParts {
  /** The language that the page opens in. */
  readonly language: Language;
  /** What a command must show to ask questions; absent: nobody may. */
  readonly control?: { readonly token: string; readonly answer: (question: unknown) => Promise<unknown> };
  /** What the page must show to start a drill: it stands behind the address's `#`. Absent: nobody may. */
  readonly key?: string;
  /** 0 or absent: a free one. */
  readonly port?: number;
}

export interface Status {
  /** With a slash at its end. */
  readonly url: string;
  /** Where commands ask. */
  readonly controlUrl: string;
  stop(): Promise<void>;
}

/** A question is some words long. */
const longestQuestion = 65_536;
/** Milliseconds between two inspections. */
const every = 1_000;

const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html'],
  '/style.css': ['style.css', 'text/css'],
  '/page.js': ['page.js', 'text/javascript'],
};
const headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'referrer-policy': 'no-referrer',
};

/** @throws Error when the port is taken. */
export async function startStatus(parts: StatusParts): Promise<Status> {
  const look = viewer(parts);
  const listeners = new Set<ServerResponse>();
  let latest: View | undefined;
  let stopped = false;

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500, reasonsOf(error));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://status');
    if (!isAskedHere(request, server)) return refuse(response, 421, answers.otherAddress);
    if (request.method === 'POST') return post(pathname, request, response);
    if (request.method !== 'GET') return refuse(response, 405, answers.otherMethod);
    if (pathname === '/events') return listen(response);
    if (pathname === '/texts.json') {
      return respond(response, 200, JSON.stringify(textsFor(parts.language)), 'application/json');
    }
    const [file, type] = files[pathname] ?? [];
    if (file === undefined || type === undefined) return refuse(response, 404, answers.noPage);
    respond(response, 200, readFileSync(join(pageFolder(), file), 'utf8'), `${type}; charset=utf-8`);
  }

  async function post(pathname: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A form of another site can post, but no such content type without asking first, which nothing here answers.
    if (request.headers['content-type'] !== 'application/json') return refuse(response, 415, answers.noJson);
    if (pathname === '/control') return ask(request, response);
    const [, name] = /^\/drills\/([a-z]+)$/.exec(pathname) ?? [];
    if (name === undefined || parts.drills === undefined) return refuse(response, 404, answers.noDrill);
    if (parts.key === undefined || !isToken(request.headers.authorization, parts.key))
      return refuse(response, 401, answers.keyNeeded);
    const status = { started: 202, busy: 409, unknown: 404, unable: 422 };
    const outcome = parts.drills.start(name);
    respond(response, status[outcome], JSON.stringify({ outcome }), 'application/json');
  }

  async function ask(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { control } = parts;
    if (control === undefined || !isToken(request.headers.authorization, control.token))
      return refuse(response, 401, answers.tokenNeeded);
    const question: unknown = JSON.parse(await bodyOf(request));
    respond(response, 200, JSON.stringify(await control.answer(question)), 'application/json');
  }

  const refuse = (response: ServerResponse, status: number, said: Words) =>
    respond(response, status, inLanguage(said, parts.language));

  function listen(response: ServerResponse): void {
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
    if (latest !== undefined) response.write(eventOf(latest));
  }

  async function tellAll(): Promise<void> {
    const start = performance.now();
    for (let number = 1; !stopped; number++) {
      // A part that is down for a drill must not take the page with it: the last view stays.
      latest = await look(Date.now()).catch(() => latest);
      if (latest !== undefined) for (const response of listeners) response.write(eventOf(latest));
      await sleep(Math.max(100, start + number * every - performance.now()), undefined, {
        signal: ending.signal,
      }).catch(() => undefined);
    }
  }

  const ending = new AbortController();
  await once(server.listen(parts.port ?? 0, '127.0.0.1'), 'listening');
  const telling = tellAll();
  const url = `http://127.0.0.1:${portOf(server)}/`;
  return {
    url,
    controlUrl: `${url}control`,
    async stop() {
      stopped = true;
      ending.abort();
      await telling;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const textsFor = (language: Language): PageTexts => ({ language, texts: pageTexts });

const eventOf = (view: View) => `data: ${JSON.stringify(view)}\n\n`;

function respond(response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { ...headers, 'content-type': type }).end(body);
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Another site's name that resolves to this machine, or another site's script, gets nothing. */
function isAskedHere({ headers: { host, origin } }: IncomingMessage, server: Server): boolean {
  const own = [`127.0.0.1:${portOf(server)}`, `localhost:${portOf(server)}`];
  return own.includes(host ?? '') && (origin === undefined || own.some((name) => origin === `http://${name}`));
}

function isToken(authorization: string | undefined, token: string): boolean {
  const [shown, expected] = [Buffer.from(authorization ?? ''), Buffer.from(`Bearer ${token}`)];
  return shown.length === expected.length && timingSafeEqual(shown, expected);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > longestQuestion) throw new Refusal(answers.tooLong({ bytes: longestQuestion }));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** The page is bundled with everything else; see `bin/pages.js`. */
function pageFolder(): string {
  const root = findPackageJSON('.', import.meta.url);
  if (root === undefined) throw new Error('the package.json of hashira is not above its code');
  return join(dirname(root), 'dist', 'status');
}
