// The form's checklist, answered: each point with what verdicts, estimate and document have to say about it (see answers.ts). Points are
// known by their words, in whatever order they stand; one that is not known stays as its author left it, and so does what an author wrote
// behind a point: an answer stands behind a comment of its own, which Markdown does not show.
import {
  type ChecklistAnswer,
  cost,
  decisions,
  defined,
  fulfilled,
  identity,
  type Known,
  pick,
  pillars,
  procedures,
  recovery,
  references,
  sentences,
  tests,
} from './answers.ts';
import { answerMark } from './managed.ts';
import type { Page } from './page.ts';

/** Words by which a point is known, what it is called in English, and its answer. */
type Point = readonly [words: RegExp, name: string, answer: (known: Known) => ChecklistAnswer];

/** The first that fits counts: the more particular stand first. */
const points: readonly Point[] = [
  [/最小権限|least privilege/i, 'Least privilege', (known) => fulfilled(known, /^AC-SEC-5$/, /^roles\./)],
  [/Well-Architected/i, 'Well-Architected pillars', pillars],
  [/識別子|メタデータ|機能名|metadata/i, 'ID and feature name', identity],
  [/受入条件|EARS|acceptance/i, 'Acceptance criteria in EARS', sentences],
  [/ADR|決定|decision/i, 'Related decisions', decisions],
  [
    /セキュリティ要件|セキュリティの要件|security/i,
    'Security requirements met',
    (known) => fulfilled(known, /^AC-SEC-/, /^securityGroups\./),
  ],
  [/見積|コスト|費用|cost/i, 'Cost estimate is sound', cost],
  [
    /伸縮|スケーラ|scal/i,
    'Scalability',
    (known) => fulfilled(known, /^(?:AC-PERF-[23]|AC-REL-6)$/, /^sizes\.[a-z]+\.task\./),
  ],
  [/災害|ディザスタ|disaster|recovery/i, 'Disaster recovery', recovery],
  [/デプロイ|ロールバック|deploy/i, 'Deployment and rollback', procedures],
  [/スタック|stack/i, 'Stacks', (known) => defined(known, /^stacks\./)],
  [
    /監視|ログ|monitor/i,
    'Monitoring and logs',
    (known) => fulfilled(known, /^AC-OPS-[1235]$/, /^(?:alarms|logs|dashboards)\./),
  ],
  [/テスト|test/i, 'Tests', tests],
  [/推奨事項|ベストプラクティス|出典|参考|reference/i, 'Current practice and sources', references],
];

const box = /^(\s*[-*+]\s+)\[[ xX]?\]/;

/** A check box line with its box ticked, or not. */
export const tick = (line: string, holds: boolean): string =>
  line.replace(box, (_, bullet: string) => `${bullet}[${holds ? 'x' : ' '}]`);

/** Bullet and box, the point in bold or up to a colon, and what its author wrote behind it. */
const pointLine = /^(\s*[-*+]\s+\[[ xX]?\]\s+)(\*\*.+?\*\*|[^:：]+?)\s*(?:[:：]\s*(.*?))?\s*$/;

/** Answers the points of the checklist on their lines. */
export function answerChecklist(known: Known, page: Page): void {
  for (const { number, statements } of known.lines) {
    if (!statements.some(({ path }) => path.startsWith('checklist.'))) continue;
    const line = page.at(number);
    const [, start = '', words = '', own = ''] = pointLine.exec(line) ?? [];
    const point = points.find(([about]) => about.test(words));
    if (point === undefined) continue;
    const [, name, answer] = point;
    const { holds, text } = answer(known);
    const title = pick(known.lang, words, `**${name}**`);
    const note = own === '' ? '' : `${own} `;
    page.set(
      number,
      tick(`${start}${title}: ${note}${answerMark}${own === '' ? ' ' : pick(known.lang, '／', '/ ')}${text}`, holds),
    );
  }
}
