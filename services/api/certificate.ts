// A certificate that the server signs for itself when it starts, since a task has no name that anybody else could vouch for. The load
// balancer encrypts to its targets without asking who they are; what keeps others out is the security group.
import { generateKeyPairSync, sign } from 'node:crypto';

/** A private key and its certificate, both PEM: what `tls.createServer` takes. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** Tags of the ASN.1 types that a certificate is written in (X.690). */
const asn1 = { integer: 0x02, bits: 0x03, oid: 0x06, utf8: 0x0c, time: 0x18, sequence: 0x30, set: 0x31 } as const;
/** Object identifiers in their encoded form. */
const oids = { ecdsaWithSha256: '2a8648ce3d040302', commonName: '550403' } as const;

/**
 * A new P-256 key with a certificate for `name`. It needs no clock: RFC 5280 writes "never expires" as the last second of 9999, and a
 * task lives for days. The key is in memory only.
 */
export function selfSigned(name: string): Identity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der('sequence', der('oid', Buffer.from(oids.ecdsaWithSha256, 'hex')));
  const subject = der(
    'sequence',
    der('set', der('sequence', der('oid', Buffer.from(oids.commonName, 'hex')), der('utf8', Buffer.from(name)))),
  );
  const content = der(
    'sequence',
    der('integer', Buffer.from([1])),
    algorithm,
    subject,
    der('sequence', der('time', Buffer.from('19700101000000Z')), der('time', Buffer.from('99991231235959Z'))),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  // A bit string says first how many bits of its last byte are unused.
  const signature = der('bits', Buffer.from([0]), sign('sha256', content, privateKey));
  const body = der('sequence', content, algorithm, signature).toString('base64').replace(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
  };
}

/** A value with its tag and length. */
function der(type: keyof typeof asn1, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([asn1[type], ...size]), body]);
}
