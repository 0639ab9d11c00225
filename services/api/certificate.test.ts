import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { selfSigned } from './certificate.ts';

test('the certificate is valid X.509, signed by its own key, for ever', () => {
  const { cert, key } = selfSigned('a task');
  const certificate = new X509Certificate(cert);
  expect(certificate.subject).toBe('CN=a task');
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.validToDate.getUTCFullYear()).toBe(9999);
  expect(key).not.toBe(selfSigned('a task').key);
});
