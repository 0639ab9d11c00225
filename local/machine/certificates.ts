// An authority of the platform's own, for as long as it runs: it vouches for the servers that AWS's or a public authority would vouch
// for, so that clients check certificates here as they do there.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { generate, type SubjectAltNameEntry } from 'selfsigned';

export interface Identity {
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  /** PEM of the certificate that vouches for the others. */
  readonly certificate: string;
  /** The same as a file. */
  readonly file: string;
  /** A certificate for these names and addresses, and its key. */
  issue(names: readonly string[]): Promise<Identity>;
}

const keys = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;

export async function openAuthority(folder: string): Promise<Authority> {
  // A name of its own: who trusts two of them tells them apart by it.
  const name = `Platform on this machine ${randomBytes(4).toString('hex')}`;
  const own = await generate([{ name: 'commonName', value: name }], {
    ...keys,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const file = join(folder, 'authority.pem');
  writeFileSync(file, own.cert);
  return {
    certificate: own.cert,
    file,
    async issue(names) {
      const altNames = names.map(
        (name): SubjectAltNameEntry => (isIP(name) > 0 ? { type: 7, ip: name } : { type: 2, value: name }),
      );
      const made = await generate([{ name: 'commonName', value: names[0] ?? '' }], {
        ...keys,
        ca: { key: own.private, cert: own.cert },
        extensions: [
          { name: 'basicConstraints', cA: false, critical: true },
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames },
        ],
      });
      return { cert: made.cert, key: made.private };
    },
  };
}
