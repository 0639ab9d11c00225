import { afterEach, expect, test, vi } from 'vitest';
import type { Language } from '../../design/problem.ts';
import type { AccessKind } from '../../operations/aws/access-problem.ts';
import { accessCatalogues, accessSentence, problemSentence, withAccess } from './aws-access.ts';
import { UsageError } from './usage-error.ts';

afterEach(() => void vi.unstubAllEnvs());

const todo: Readonly<Record<AccessKind, RegExp>> = {
  'signed-out': /aws sso login --profile shop.*AWS_PROFILE/,
  expired: /aws sso login --profile shop/,
  'unknown-key': /aws sso login --profile shop.*AWS_PROFILE/,
  denied: /AWS_PROFILE/,
  'no-region': /AWS_REGION/,
};
const kinds = Object.keys(todo).filter((key): key is AccessKind => key in todo);

test.each(Object.keys(accessCatalogues).filter((key): key is Language => key in accessCatalogues))(
  'every sentence says for account, why and what to do (%s)',
  (lang) => {
    vi.stubEnv('AWS_PROFILE', 'shop');
    for (const kind of kinds) {
      const account = { environment: 'staging', account: '123456789012' };
      const sentence = problemSentence({ kind, why: 'ExpiredToken: it is over.' }, lang, account);
      for (const part of ['staging', '123456789012', 'ExpiredToken: it is over']) expect(sentence).toContain(part);
      expect(sentence).toMatch(todo[kind]);
      expect(sentence).not.toContain('..');
    }
  },
);

test('whoever has named no profile is told so', () => {
  vi.stubEnv('AWS_PROFILE', '');
  const error = Object.assign(new Error('nothing found'), { name: 'CredentialsProviderError' });
  expect(accessSentence(error, 'en', { environment: 'staging' })).toMatch(
    /for staging: .*\(aws sso login\).*\(now not set\)/,
  );
});

test('only errors of access become a refusal; a mistake of ours stays one', async () => {
  const account = { environment: 'staging' };
  const throwing = (error: Error) => withAccess('en', account, () => Promise.reject(error));
  const denied = Object.assign(new Error('no'), { name: 'AccessDenied' });
  await expect(throwing(denied)).rejects.toBeInstanceOf(UsageError);
  const ours = new TypeError('x is undefined');
  await expect(throwing(ours)).rejects.toBe(ours);
});
