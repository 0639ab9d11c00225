// Which versions of TLS are really offered (AC-SEC-3): a handshake in each version, with whoever answers at the platform's address and,
// behind CloudFront, with the load balancer. Whose the certificate is does not matter here: every other request of the smoke test checks.

import { connect, type SecureVersion } from 'node:tls';
import { namedReasonOf } from '../../common/reason.ts';
import type { Words } from '../../design/messages/words.ts';
import { refusals } from '../refusals.ts';
import type { Target } from '../target.ts';
import { finding, type SmokeFinding } from './result.ts';

/** Must be refused, and must be accepted. */
const tooOld = ['TLSv1', 'TLSv1.1'] as const;
const needed = 'TLSv1.2';
const newest = 'TLSv1.3';

export async function checkTls(target: Pick<Target, 'url' | 'inspections'>): Promise<readonly SmokeFinding[]> {
  if (!target.url.startsWith('https:')) return [finding('notEncrypted', 'fail', { url: target.url })];
  const origin = await target.inspections?.origin?.();
  const findings = await Promise.all([target.url, ...(origin === undefined ? [] : [origin])].map(lookAt));
  return findings.flat();
}

async function lookAt(url: string): Promise<readonly SmokeFinding[]> {
  const { hostname, port, host } = new URL(url);
  const ask = (version: SecureVersion) => greet(hostname, Number(port || 443), version);
  const wrong: SmokeFinding[] = [];
  for (const version of tooOld) {
    const answer = await ask(version);
    if (answer.is === 'accepted') wrong.push(finding('tlsTooOld', 'fail', { host, version }));
    if (answer.is === 'untold') wrong.push(finding('tlsUntold', 'unknown', { host, version, why: answer.why }));
  }
  const answer = await ask(needed);
  if (answer.is !== 'accepted') wrong.push(finding('tlsMissing', 'fail', { host, version: needed, why: answer.why }));
  if (wrong.length > 0) return wrong;
  const accepted = (await ask(newest)).is === 'accepted' ? `${needed}, ${newest}` : needed;
  return [finding('tlsOffered', 'ok', { host, refused: tooOld.join(', '), accepted })];
}

type Greeting =
  | { readonly is: 'accepted' }
  /** By the other end, in so many words or by hanging up on the greeting. */
  | { readonly is: 'refused'; readonly why: Words | string }
  /** Nobody was there, or this machine would not say the greeting: of the server that tells nothing. */
  | { readonly is: 'untold'; readonly why: Words | string };

/** Milliseconds for one handshake. */
const timeout = 10_000;

function greet(host: string, port: number, version: SecureVersion): Promise<Greeting> {
  return new Promise((resolve) => {
    let connected = false;
    const socket = connect({
      host,
      port,
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      minVersion: version,
      maxVersion: version,
      rejectUnauthorized: false,
      // OpenSSL says no greeting older than 1.2 at its usual level of security.
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const end = (greeting: Greeting) => {
      socket.destroy();
      resolve(greeting);
    };
    socket.setTimeout(timeout, () => end({ is: 'untold', why: refusals.noAnswerWithin({ seconds: timeout / 1000 }) }));
    socket.once('connect', () => {
      connected = true;
    });
    socket.once('secureConnect', () => end({ is: 'accepted' }));
    socket.once('error', (error) =>
      end({ is: connected && isRefusal(error) ? 'refused' : 'untold', why: namedReasonOf(error) }),
    );
    socket.once('close', () => end({ is: 'untold', why: refusals.hungUp }));
  });
}

/** An alert of the other end, a version that it answered with and was not asked for, or its hanging up. */
function isRefusal(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return code === 'ECONNRESET' || /_ALERT_|WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL/.test(code);
}
