// What can go wrong between us and AWS, sorted by what is to be done about it: wait and ask again, sign in again, or give up.

import type { Said } from '../../design/messages/said.ts';
import { inLanguage, type Words } from '../../design/messages/words.ts';
import { Refusal } from '../../design/refusal.ts';

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
  /** AWS's own name for it, e.g. `ValidationError`; of ours the id of the sentence. */
  readonly code: string;
  /** AWS's words as they are, or ours in both languages. */
  readonly said: Words | string;

  constructor(kind: FaultKind, code: string, said: Words | string) {
    super(inLanguage(said, 'en'));
    this.kind = kind;
    this.code = code;
    this.said = said;
  }
}

/** What AWS answered is nothing to go on with. */
export const ownFault = (said: Said): AwsFault => new AwsFault('refused', said.$said, said);

/** A fault for a person: AWS's name for it stands before its words, and ours need none. */
export const namedFault = ({ code, said }: AwsFault): Words | string =>
  typeof said === 'string' ? `${code}: ${said}` : said;

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
  return new AwsFault(kind, error.name === 'Error' && code !== '' ? code : error.name, saidBy(error));
}

const saidBy = (error: Error): Words | string => (error instanceof Refusal ? error.said : error.message);

function statusOf(error: object): number | undefined {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
