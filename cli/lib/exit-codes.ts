// What the exit codes mean, whatever the command; each command says what they mean of it.
import type { Language } from '../../design/problem.ts';
import type { ExitCodes, Text } from './command.ts';

/** `EX_SOFTWARE` of sysexits.h: no command has a verdict of that number. */
export const fault = 70;

/** Those that every command may end with. */
const ofEveryCommand = {
  [fault]: { en: 'a fault of hashira itself, and no verdict', ja: 'hashira 自体の不具合（判定ではない）' },
  141: { en: 'nobody reads the output any more', ja: '出力の読み手がいなくなった' },
} as const;

/** All of them, in general. */
export const exitCodes: Readonly<Record<string, Text>> = {
  0: { en: 'all is well', ja: '問題なし' },
  1: { en: 'something failed, or is not as it should be', ja: '失敗、または期待どおりでないものがある' },
  2: {
    en: 'refused: what was typed, the document or the account; nothing was done',
    ja: '拒否（入力、設計書、アカウント）。何もしていない',
  },
  3: { en: 'no verdict: the machine disturbed the run', ja: '判定なし: マシンの負荷に乱された' },
  130: { en: 'interrupted', ja: '中断' },
  ...ofEveryCommand,
};

const headings: Text = { en: 'Exit codes:', ja: '終了コード:' };

/** The codes of a command, and those of every command, as its help shows them. */
export const exitCodeLines = (codes: ExitCodes | typeof exitCodes, lang: Language): string =>
  [
    headings[lang],
    ...Object.entries<Text>({ ...codes, ...ofEveryCommand }).map(
      ([code, text]) => `  ${code.padEnd(3)}  ${text[lang]}`,
    ),
  ].join('\n');
