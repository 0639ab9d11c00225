// What can go wrong between us and AWS, sorted by what is to be done about it: wait and ask again, sign in again, or give up.

export type FaultKind =
  /** Asked too often: ask again, later. */
  | 'throttled'
  /** The credentials have run out; whoever has new ones may go on. */
  | 'expired'
  /** No answer, or one that says that AWS itself has trouble. Whether the question arrived, nobody knows. */
  | 'lost'
  /** AWS understood, and says no. */
  | 'refused';

export class AwsFault extends Error {
  readonly kind: FaultKind;
  /** AWS's own name for it, e.g. `ValidationError`. */
  readonly code: string;

  constructor(kind: FaultKind, code: string, message: string) {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html, and what the SDK takes for throttling. */
const codes: Readonly<Record<string, FaultKind>> = {
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  ThrottledException: 'throttled',
  RequestThrottled: 'throttled',
  RequestLimitExceeded: 'throttled',
  TooManyRequestsException: 'throttled',
  SlowDown: 'throttled',
  ExpiredToken: 'expired',
  ExpiredTokenException: 'expired',
  RequestExpired: 'expired',
  TokenRefreshRequired: 'expired',
  CredentialsProviderError: 'expired',
  TimeoutError: 'lost',
  AbortError: 'lost',
  InternalFailure: 'lost',
  ServiceUnavailable: 'lost',
};

/** Errors of a socket: https://nodejs.org/api/errors.html#common-system-errors, and those of looking up a name. */
const broken = /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET|UND_ERR)/;

/** Any error of the SDK as a fault; a fault stays what it is. */
export function faultOf(error: unknown): AwsFault {
  if (error instanceof AwsFault) return error;
  if (!(error instanceof Error)) return new AwsFault('refused', 'Unknown', String(error));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = codes[error.name] ?? codes[code];
  const status = statusOf(error);
  const kind = known ?? (status === 429 ? 'throttled' : broken.test(code) || (status ?? 0) >= 500 ? 'lost' : 'refused');
  return new AwsFault(kind, error.name === 'Error' && code !== '' ? code : error.name, error.message);
}

function statusOf(error: object): number | undefined {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
