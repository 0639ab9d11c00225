// What is said when AWS does not know who asks, or does not let them: what failed, for whom, and what to do. One place for all commands
// that ask AWS.
import type { Language } from '../../design/problem.ts';
import { type AccessKind, type AccessProblem, accessProblemOf, isDenied } from '../../operations/aws/access-problem.ts';
import { printAside } from './output.ts';
import { UsageError } from './usage-error.ts';

/** The account of an environment that a command asks about. */
export interface EnvironmentAccount {
  /** As it was typed, until it is known. */
  environment: string;
  /** Number of the account, once it is known. */
  account?: string;
}

/** The environment and its account, and the profile by which AWS was asked. */
interface Facts {
  readonly account: string;
  readonly why: string;
  readonly profile: string | undefined;
}

type AccessMessages = Readonly<Record<AccessKind, (facts: Facts) => string>> & {
  readonly account: (environment: string, account: string) => string;
};

const signIn = (profile: string | undefined) => `aws sso login${profile === undefined ? '' : ` --profile ${profile}`}`;

const en: AccessMessages = {
  account: (environment, account) => `${environment} (account ${account})`,
  'signed-out': ({ account, why, profile }) =>
    `nobody is signed in to AWS for ${account}: ${why}. Sign in (${signIn(profile)}), and name the profile of its account in AWS_PROFILE (now ${profile ?? 'not set'})`,
  expired: ({ account, why, profile }) =>
    `the sign-in to AWS for ${account} has run out: ${why}. Sign in again: ${signIn(profile)}`,
  'unknown-key': ({ account, why, profile }) =>
    `AWS does not know the credentials for ${account}: ${why}. Sign in anew (${signIn(profile)}), or name another profile in AWS_PROFILE (now ${profile ?? 'not set'}); a key that is known elsewhere is unknown in a region that its account has not enabled`,
  denied: ({ account, why, profile }) =>
    `AWS does not allow it for ${account}: ${why}. Use a role that may: name its profile in AWS_PROFILE (now ${profile ?? 'not set'}), or have the action allowed to the one that AWS names`,
  'no-region': ({ account, why }) => `nobody says which region to ask for ${account}: ${why}. Set AWS_REGION`,
};

const ja: AccessMessages = {
  account: (environment, account) => `${environment} (アカウント ${account})`,
  'signed-out': ({ account, why, profile }) =>
    `${account} のための AWS へのサインインがありません: ${why}。サインインし (${signIn(profile)})、対象アカウントのプロファイルを AWS_PROFILE で指定してください (現在: ${profile ?? '未設定'})`,
  expired: ({ account, why, profile }) =>
    `${account} のための AWS へのサインインの期限が切れています: ${why}。サインインし直してください: ${signIn(profile)}`,
  'unknown-key': ({ account, why, profile }) =>
    `${account} のための認証情報を AWS が認識しません: ${why}。サインインし直す (${signIn(profile)}) か、別のプロファイルを AWS_PROFILE で指定してください (現在: ${profile ?? '未設定'})。アカウントで有効にしていないリージョンでは、ほかで有効な認証情報も認識されません`,
  denied: ({ account, why, profile }) =>
    `${account} について AWS が許可していません: ${why}。権限のあるロールのプロファイルを AWS_PROFILE で指定する (現在: ${profile ?? '未設定'}) か、AWS が示した主体に操作を許可してください`,
  'no-region': ({ account, why }) =>
    `${account} についてどのリージョンに問い合わせるか指定がありません: ${why}。AWS_REGION を設定してください`,
};

export const accessCatalogues: Readonly<Record<Language, AccessMessages>> = { en, ja };

/** The sentence for an error of this kind; `undefined` for every other. */
export function accessSentence(error: unknown, lang: Language, account: EnvironmentAccount): string | undefined {
  const problem = accessProblemOf(error);
  return problem === undefined ? undefined : problemSentence(problem, lang, account);
}

export function problemSentence(
  { kind, why }: AccessProblem,
  lang: Language,
  { environment, account }: EnvironmentAccount,
): string {
  const say = accessCatalogues[lang];
  const asked = account === undefined ? environment : say.account(environment, account);
  // AWS ends its sentences, and so do we.
  return say[kind]({ account: asked, why: why.replace(/[.。]+$/, ''), profile: process.env.AWS_PROFILE || undefined });
}

/** Says beside a result what to do about its first denial: what else was found stays as it is. */
export function tellDenied(reasons: readonly string[], lang: Language, account: EnvironmentAccount): void {
  const why = reasons.find(isDenied);
  if (why !== undefined) printAside(`hashira: ${problemSentence({ kind: 'denied', why }, lang, account)}`);
}

/** The reasons among the facts of findings. */
export const whysOf = (results: readonly { readonly facts: object }[]): readonly string[] =>
  results.flatMap(({ facts }) => ('why' in facts && typeof facts.why === 'string' ? [facts.why] : []));

/** Does what asks AWS. @throws UsageError in place of an error of access; every other as it is */
export async function withAccess<T>(lang: Language, account: EnvironmentAccount, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const sentence = accessSentence(error, lang, account);
    throw sentence === undefined ? error : new UsageError(sentence);
  }
}
