import { expect, test } from 'vitest';
import { AwsFault } from '../deploy/fault.ts';
import { type AccessKind, accessProblemOf, isSignedOut } from './access-problem.ts';

const named = (name: string, message = 'because', cause?: Error) =>
  Object.assign(new Error(message, cause === undefined ? {} : { cause }), { name });

test.each<[Error, AccessKind | undefined]>([
  [named('CredentialsProviderError', 'Could not load credentials from any providers'), 'signed-out'],
  [named('CredentialsProviderError', 'The SSO session associated with this profile has expired'), 'expired'],
  [named('TokenProviderError', 'Token is expired'), 'expired'],
  [named('ExpiredToken'), 'expired'],
  [named('ExpiredTokenException'), 'expired'],
  [named('UnrecognizedClientException'), 'unknown-key'],
  [named('InvalidClientTokenId'), 'unknown-key'],
  [named('InvalidSignatureException'), 'unknown-key'],
  [named('AccessDenied'), 'denied'],
  [named('AccessDeniedException'), 'denied'],
  [named('UnauthorizedOperation'), 'denied'],
  [new Error('Region is missing'), 'no-region'],
  [new AwsFault('refused', 'AccessDenied', 'because'), 'denied'],
  [named('Error', 'asset abc', named('ExpiredTokenException')), 'expired'],
  [named('ValidationError', 'Stack with id X does not exist'), undefined],
  [named('ThrottlingException'), undefined],
  [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), undefined],
  [new TypeError('a mistake of ours'), undefined],
])('%s is %s', (error, kind) => {
  expect(accessProblemOf(error)?.kind).toBe(kind);
  // Whoever lacks one permission may have others.
  expect(isSignedOut(error)).toBe(kind !== undefined && kind !== 'denied');
});

test('an error that is its own cause ends the search', () => {
  const error = new Error('round');
  error.cause = error;
  expect(accessProblemOf(error)).toBeUndefined();
});
