// A certificate of our own for the way from the load balancer to the task: it encrypts, and load balancers ask for no more (they do not
// check whom a target's certificate names). Made at each start, so that its key is never stored anywhere.
import { generate } from 'selfsigned';

export interface Certificate {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
}

/** A year outlives every task: a deploy, a patch or a replaced host comes sooner. */
const days = 365;

export async function selfMadeCertificate(): Promise<Certificate> {
  const start = Date.now() - 3_600_000;
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'orders-api' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(start),
    notAfterDate: new Date(start + days * 86_400_000),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key, cert };
}
