// What the platform cannot be built of, and what the CDK apps refuse before they build: each with what to do.
import { sayings } from '../../design/messages/said.ts';
import { sentence } from '../../design/messages/sentence.ts';
import type { Words } from '../../design/messages/words.ts';

interface OfFile {
  readonly file: string;
}
interface Context {
  readonly found: string;
}

export const refusals = sayings({
  // Of a document that is understood.
  unknownMetric: sentence(
    ({ service, metric }: { service: string; metric: string }) =>
      `CloudWatch has no metric ${metric} of ${service}: correct the name in the document`,
    ({ service, metric }) =>
      `CloudWatch に ${service} のメトリクス ${metric} がありません。設計書の名前を直してください`,
  ),
  widgetWithoutMetric: sentence(
    ({ title, dashboard }: { title: string; dashboard: string }) =>
      `The widget “${title}” of ${dashboard} names no metric that is known: correct it in the document`,
    ({ title, dashboard }) =>
      `${dashboard} のウィジェット「${title}」に、既知のメトリクスがありません。設計書の記載を直してください`,
  ),
  certificateWithoutDomain: sentence(
    ({ certificate }: { certificate: string }) =>
      `The document has the certificate ${certificate} and no domain that it vouches for; name the domain`,
    ({ certificate }) =>
      `設計書に証明書 ${certificate} がありますが、対象のドメインがありません。ドメインを記載してください`,
  ),
  unknownMemory: sentence(
    ({ instanceClass }: { instanceClass: string }) =>
      `The memory of ${instanceClass} is not known; name another instance class in the document`,
    ({ instanceClass }) =>
      `${instanceClass} のメモリ量が分かりません。設計書で別のインスタンスクラスを指定してください`,
  ),
  workloadMissing: sentence(
    ({ directory }: { directory: string }) =>
      `${directory} is missing: expected the compiled workload there; run \`npm run prepare\` in the repository`,
    ({ directory }) =>
      `${directory} がありません。コンパイル済みのワークロードが必要です。リポジトリで \`npm run prepare\` を実行してください`,
  ),

  // Of what the CDK CLI is called with.
  refused: sentence(
    ({ file }: OfFile) => `${file} is refused:`,
    ({ file }) => `${file} は受け付けられません:`,
  ),
  ofLine: sentence(
    ({ line, message }: { line: number; message: Words }) => `line ${line}: ${message.en}`,
    ({ line, message }) => `${line} 行目: ${message.ja}`,
  ),
  lenientHint: ['-c lenient=true forgives all of these', '`-c lenient=true` を付けると、これらすべてを許容します'],
  unreadable: sentence(
    ({ file, reason }: OfFile & { reason: Words }) => `${file} cannot be read: ${reason.en}`,
    ({ file, reason }) => `${file} を読めません: ${reason.ja}`,
  ),
  noDocument: [
    'There is no specs/stories/*/design.md: name a document with -c design=PATH',
    'specs/stories/*/design.md がありません。-c design=PATH で設計書を指定してください',
  ],
  severalDocuments: sentence(
    ({ files }: { files: readonly string[] }) =>
      `There are several documents (${files.join(', ')}): name one with -c design=PATH`,
    ({ files }) => `設計書が複数あります（${files.join(', ')}）。-c design=PATH で一つを指定してください`,
  ),
  badRepository: sentence(
    ({ found }: Context) =>
      `repository: found "${found}", expected owner/name, or owner@id/name@id as GitHub has it in its tokens: -c repository=…`,
    ({ found }) =>
      `\`-c repository=…\` には、"${found}" ではなく \`owner/name\` か、GitHub のトークンにある \`owner@id/name@id\` を指定してください`,
  ),
  badEnvironments: sentence(
    ({ found, known }: Context & { known: readonly string[] }) =>
      `environments: found "${found}", expected some of ${known.join()}: -c environments=staging`,
    ({ found, known }) => `\`-c environments=…\` には、"${found}" ではなく ${known.join()} から指定してください`,
  ),
  sharedAccount: sentence(
    ({ environments }: { environments: readonly string[] }) =>
      `${environments.join(' and ')} in one account: the bootstrap's roles do not tell them apart, see PipelineStack`,
    ({ environments }) =>
      `${environments.join(' と ')} が一つのアカウントにあり、ブートストラップのロールでは区別されません（PipelineStack を参照）`,
  ),
});
