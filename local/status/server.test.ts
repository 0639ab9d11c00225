// The status page's server: what it tells, and whom it refuses.
import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { type Status, type StatusParts, startStatus } from './server.ts';
import { sampleDrills, sampleRules, sampleSource } from './testing/source.ts';
import { pageTexts } from './texts.ts';
import type { View } from './view.ts';

let status: Status | undefined;
afterEach(async () => {
  await status?.stop();
  status = undefined;
});

async function start(parts: Partial<StatusParts> = {}): Promise<string> {
  status = await startStatus({
    source: sampleSource(),
    alarms: sampleRules,
    drills: sampleDrills(),
    language: 'en',
    key: 'key',
    ...parts,
  });
  return status.url;
}

/** The views of the event stream, one after the other. */
async function* viewsAt(url: string): AsyncGenerator<View> {
  const { body } = await fetch(`${url}events`);
  let text = '';
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk).toString();
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      yield JSON.parse(text.slice('data: '.length, end));
      text = text.slice(end + 2);
    }
  }
}

async function firstView(url: string, holds: (view: View) => boolean = () => true): Promise<View> {
  for await (const view of viewsAt(url)) if (holds(view)) return view;
  throw new Error('the stream ended');
}

const json = { 'content-type': 'application/json' };
const keyed = { ...json, authorization: 'Bearer key' };

describe('views', () => {
  test('come each second with rates over what was counted', async () => {
    const view = await firstView(await start(), ({ rate }) => rate > 0);
    expect(view.rate).toBeGreaterThan(40);
    expect(view.rate).toBeLessThan(120);
    expect(view.hitRate).toBeCloseTo(0.9);
    expect(view.history.tasks.at(-1)).toBe(2);
    expect(view.counts.orders.accepted).toBe(12_034);
  });

  test('have both severities of an alarm in one row, what rings first and what nobody measures last', async () => {
    const source = sampleSource();
    source.slowDown(2);
    const { alarms } = await firstView(await start({ source }));
    expect(alarms.map(({ title, state }) => [title, state])).toEqual([
      ['TargetResponseTime', 'warning'],
      ['Errors', 'ok'],
      ['CPUUtilization', 'ok'],
      ['FreeStorageSpace', 'no-data'],
    ]);
    expect(alarms[0]).toMatchObject({ value: 2, warning: { below: false, threshold: 1 }, critical: { threshold: 3 } });
  });

  test('go on with the last one while a part is down', async () => {
    const source = sampleSource();
    const url = await start({ source });
    await firstView(url);
    source.breakDown();
    await expect(firstView(url)).resolves.toMatchObject({ feature: 'web-platform' });
  });
});

describe('the page', () => {
  test.each([
    ['', 'text/html'],
    ['style.css', 'text/css'],
    ['page.js', 'text/javascript'],
    ['texts.json', 'application/json'],
  ])('is served: /%s', async (path, type) => {
    const response = await fetch(`${await start()}${path}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('says every text in both languages, with the same figures in it', () => {
    const figures = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
    for (const [name, text] of Object.entries(pageTexts.en)) {
      const japanese = Object.entries(pageTexts.ja).find(([key]) => key === name)?.[1];
      expect([name, figures(japanese ?? '')]).toEqual([name, figures(text)]);
    }
  });

  test('has nothing else, and no way out of its folder', async () => {
    const url = await start();
    for (const path of ['package.json', '..%2f..%2fpackage.json', 'page/index.html']) {
      expect((await fetch(url + path)).status).toBe(404);
    }
  });
});

describe('drills', () => {
  test.each([
    ['surge', 202],
    ['cache', 422],
    ['earthquake', 404],
  ])('the button %s answers %i', async (name, code) => {
    const response = await fetch(`${await start()}drills/${name}`, { method: 'POST', headers: keyed });
    expect(response.status).toBe(code);
  });

  test('one at a time', async () => {
    const url = await start();
    await fetch(`${url}drills/task`, { method: 'POST', headers: keyed });
    expect((await fetch(`${url}drills/surge`, { method: 'POST', headers: keyed })).status).toBe(409);
  });

  test.each([
    ['a form of another site', { ...keyed, 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a script of another site', { ...keyed, origin: 'https://example.com' }, 421],
    ['a name that was made to point here', { ...keyed, host: 'example.com' }, 421],
    ['another user of this machine', json, 401],
    ['who guesses', { ...json, authorization: 'Bearer kex' }, 401],
  ])('%s breaks nothing', async (_, headers, code) => {
    const begun: string[] = [];
    const url = await start({ drills: sampleDrills(begun) });
    expect(await statusOf(`${url}drills/task`, headers)).toBe(code);
    expect(begun).toEqual([]);
  });
});

test('where there is no key, nobody starts a drill', async () => {
  status = await startStatus({ source: sampleSource(), alarms: sampleRules, drills: sampleDrills(), language: 'en' });
  expect(await statusOf(`${status.url}drills/task`, { ...json, authorization: 'Bearer undefined' })).toBe(401);
});

describe('questions of commands', () => {
  const control = { token: 'secret', answer: async (question: unknown) => ({ question }) };

  test('are answered to whoever has the token', async () => {
    await start({ control });
    const response = await fetch(status?.controlUrl ?? '', {
      method: 'POST',
      headers: { ...json, authorization: 'Bearer secret' },
      body: '{"ask":"tasks"}',
    });
    expect(await response.json()).toEqual({ question: { ask: 'tasks' } });
  });

  test.each([
    ['without a token', {}],
    ['with another', { authorization: 'Bearer Secret' }],
    ['with a part of it', { authorization: 'Bearer secre' }],
  ])('are refused %s', async (_, headers) => {
    await start({ control });
    const response = await fetch(status?.controlUrl ?? '', {
      method: 'POST',
      headers: { ...json, ...headers },
      body: '{}',
    });
    expect(response.status).toBe(401);
  });
});

/** `fetch` keeps `host` and `origin` to itself. */
function statusOf(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('error', reject);
    call.end('{}');
  });
}
