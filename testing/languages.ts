// Which language a text is in: for tests that hold every text of ours to one.

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** Words of documents and of the page's switch, which an English text quotes. */
const quoted =
  /`[^`]*`|その他|(?:バージョニング: )?有効|スナップショット: 週次（日曜 03:00 UTC）|省略可|日本語|平均|合計|最小|最大|折れ線グラフ|棒グラフ|数値|スペック(?:半分|同等|1\/4|50%)|シングルAZ可?|夜間・休日自動停止/g;

/** The text, where it has Japanese that it does not quote. */
export const japaneseIn = (text: string): readonly string[] =>
  japanese.test(text.replaceAll(quoted, '')) ? [text] : [];

/** What stands in a Japanese text as a person types or reads it anywhere: code, commands, options, files, keys, addresses. */
const typed = [
  /`[^`]*`/g,
  /<[^>]*>/g,
  /https?:\S+/g,
  /\b(?:hashira|npm|npx|aws|cdk|docker|apt-get|brew|git|podman)(?: (?:[a-z][\w.:/-]*|-[\w-]+|~|<[^>]*>|\$\w+|[A-Z_]{2,}))+/g,
  /(?<!\w)--?[a-z][\w-]*(?: [A-Z~]+)?/g,
  /"[^"]*"/g,
  /\{[^}]*\}/g,
  /[\w~*.-]*\/[\w~*./-]*/g,
  /[\w-]+\.(?:md|ts|json|html|js|ya?ml|out|xml)\b/g,
];

/** Words that are no English of ours: what AWS, the CDK, standards and tools are called, and terms that Japanese has taken over so. */
const names =
  'Aurora Backup Budgets Bulk Compose Compute Config Container Critical Ctrl Dashboard Data Debian Description Docker Dockerfile Elastic Endpoint ' +
  'Endpoints English Enhanced Environment Fargate Gateway Glacier Group Hashira Insights Interface Lambda Light List Load Balancing Logs ' +
  'Manager Markdown Mermaid Metrics Monitoring Node Performance Pilot Plans Price Private Public Quotas Redis Reserved Route Savings ' +
  'Secrets Security Serverless Service Subnet Synthetics Terraform Valkey Warning Web';

/** What is typed or stands in a file, where it is named by itself: commands and their values, keys of documents, values of properties. */
const values =
  'accounts action architecture artifacts aurora awslogs bash bootstrap brew build cache cdk database design development drill en enabled end enhanced essential exclusively failed ' +
  'failback false feature finch fulfilment git hashira http https https-only id ja keep lambda load match-viewer mermaid origin podman poison ' +
  'production purge redirect-to-https redis-server region requests restore retry rotate start stop surge switchover task true valkey valkey-server vCPU one cdk-nag yaml ' +
  'rds engine-upgrade count scale stack';

/** Units and letters. */
const units = 'H L M ms s m h d p a b v';

/** Functions of CloudFormation. */
const functions = 'Base Join Ref Select Split Sub If Type';

const known = new Set([names, values, units, functions].flatMap((words) => words.split(' ')));

/** Identifiers have capitals or digits within, or marks that words have not. */
const isIdentifier = (word: string): boolean => /.[A-Z]|[\d_.:*~]/.test(word);

/** English words of a text that are no names. */
export const englishIn = (text: string): readonly string[] =>
  (typed.reduce((rest, pattern) => rest.replaceAll(pattern, ' '), text).match(/[A-Za-z][\w'’.:*~-]*/g) ?? [])
    .map((word) => word.replace(/[.:'’-]+$/, ''))
    .filter((word) => !isIdentifier(word) && !known.has(word));
