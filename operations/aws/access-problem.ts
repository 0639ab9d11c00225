// Errors that are not about what was asked but about who asks: nobody is signed in, no longer, or somebody who may not. Whatever is asked
// next would be answered alike, and what to do about it is the same for every command.

/** `unknown-key`: AWS does not know the credentials, or not in that region. */
export type AccessKind = 'signed-out' | 'expired' | 'unknown-key' | 'denied' | 'no-region';

export interface AccessProblem {
  readonly kind: AccessKind;
  /** In the words of AWS, or of its SDK. */
  readonly why: string;
}

/**
 * Names of errors: the SDK's own, and those of https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html and
 * https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html; services end them with `Exception`, or do not.
 */
const names: Readonly<Record<string, AccessKind>> = {
  CredentialsProviderError: 'signed-out',
  TokenProviderError: 'signed-out',
  MissingAuthenticationToken: 'signed-out',
  ExpiredToken: 'expired',
  RequestExpired: 'expired',
  TokenRefreshRequired: 'expired',
  UnrecognizedClient: 'unknown-key',
  InvalidClientTokenId: 'unknown-key',
  InvalidAccessKeyId: 'unknown-key',
  InvalidSignature: 'unknown-key',
  SignatureDoesNotMatch: 'unknown-key',
  IncompleteSignature: 'unknown-key',
  AuthFailure: 'unknown-key',
  OptInRequired: 'unknown-key',
  AccessDenied: 'denied',
  UnauthorizedOperation: 'denied',
  NotAuthorized: 'denied',
};

/** How many errors deep the cause is looked for. */
const deepest = 4;

/** `undefined` for every error of another kind. */
export function accessProblemOf(error: unknown): AccessProblem | undefined {
  let each = error;
  for (let depth = 0; depth < deepest && each instanceof Error; depth++, each = each.cause) {
    const kind = kindOf(each);
    if (kind !== undefined) return { kind, why: whyOf(each) };
  }
  return undefined;
}

/** Whether every question to AWS would now be answered with the same error. */
export function isSignedOut(error: unknown): boolean {
  const kind = accessProblemOf(error)?.kind;
  return kind !== undefined && kind !== 'denied';
}

/** Whether a reason that was kept in words, as reason.ts writes them, is that somebody may not. */
export const isDenied = (reason: string): boolean => {
  const [first = '', second = ''] = reason.split(': ');
  return [first, second].some((code) => named(code) === 'denied');
};

const named = (code: string): AccessKind | undefined => names[code.replace(/(Exception|Fault)$/, '')];

function kindOf(error: Error): AccessKind | undefined {
  // The SDK gives this one no name: https://github.com/aws/aws-sdk-js-v3/blob/main/packages/config-resolver/README.md
  if (error.message === 'Region is missing') return 'no-region';
  const kind = codesOf(error).flatMap((code) => named(code) ?? [])[0];
  // A session of AWS's sign-in page that is over has no name of its own either.
  return kind === 'signed-out' && /expired/i.test(error.message) ? 'expired' : kind;
}

/** The name, and the code that a fault of the deployer keeps. */
const codesOf = (error: Error): readonly string[] => [
  error.name,
  ...('code' in error && typeof error.code === 'string' ? [error.code] : []),
];

function whyOf(error: Error): string {
  const name = codesOf(error).findLast((code) => code !== 'Error') ?? '';
  const words = error.message.trim();
  return [name, words].filter((part) => part !== '').join(': ');
}
