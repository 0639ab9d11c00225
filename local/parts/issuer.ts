// Whose tokens are good on this machine: an OpenID Connect issuer of the platform's own, so that the workload checks tokens here as it
// does on AWS.
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Network } from '../machine/network.ts';

export interface Issuer {
  /** What the workload is told of it. */
  readonly variables: Readonly<Record<string, string>>;
  /** A token by which somebody is this customer, good for as long as anybody would leave a platform running. */
  token(customer: string): Promise<string>;
  stop(): void;
}

const audience = 'orders';
const lifetime = '30d';

export async function startIssuer(network: Network): Promise<Issuer> {
  const { host, port } = await network.place(0);
  const issuer = `http://${host}:${port}`;
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'local', alg: 'ES256', use: 'sig' }] };
  const answers: Readonly<Record<string, object>> = {
    '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/keys` },
    '/keys': keys,
  };
  const server = createServer((request, response) => {
    const found = answers[request.url ?? ''];
    response
      .writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(found ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const tokens = new Map<string, Promise<string>>();

  function token(customer: string): Promise<string> {
    const known = tokens.get(customer);
    if (known !== undefined) return known;
    const made = new SignJWT()
      .setProtectedHeader({ alg: 'ES256', kid: 'local' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(customer)
      .setIssuedAt()
      .setExpirationTime(lifetime)
      .sign(privateKey);
    tokens.set(customer, made);
    return made;
  }

  return {
    variables: { JWT_ISSUER: issuer, JWT_AUDIENCE: audience },
    token,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
