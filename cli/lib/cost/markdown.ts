// The difference of two estimates as Markdown, short enough for a comment on a pull request.
import type { Language } from '../../../design/problem.ts';
import { show } from '../../../design/show.ts';
import type { CostChange } from '../../../proof/cost/difference.ts';
import type { Estimate } from '../../../proof/cost/estimate.ts';
import { signed, usd } from './figures.ts';
import { costCatalogues } from './messages.ts';

const shownChanges = 30;

export interface EnvironmentDifference {
  readonly environment: string;
  readonly before: number;
  readonly after: number;
  readonly changes: readonly CostChange[];
  readonly unpriced: Estimate['unpriced'];
}

/** Its lines. */
export function differenceMarkdown(
  before: string,
  after: string,
  differences: readonly EnvironmentDifference[],
  lang: Language,
): readonly string[] {
  const say = costCatalogues[lang];
  const { columns } = say;
  const lines = [`### ${say.comparison(code(before), code(after))}`, ''];
  for (const one of differences) {
    lines.push(
      `**${one.environment}**: ${usd(one.before)} → ${usd(one.after)} (${signed(one.after - one.before)})`,
      '',
    );
    if (one.unpriced.length > 0) {
      lines.push(
        `${say.unpriced(one.unpriced.length)} ${[...new Set(one.unpriced.map(({ type }) => code(type)))].join(', ')}`,
        '',
      );
    }
    if (one.changes.length === 0) {
      lines.push(say.noDifference, '');
      continue;
    }
    lines.push(
      `| ${columns.item} | ${columns.resource} | ${columns.before} | ${columns.after} | ${columns.difference} |`,
    );
    lines.push('|---|---|--:|--:|--:|');
    for (const { item, region, resource, before: was, after: is } of one.changes.slice(0, shownChanges)) {
      lines.push(`| ${item} (${code(region)}) | ${code(resource)} | ${usd(was)} | ${usd(is)} | ${signed(is - was)} |`);
    }
    const more = one.changes.length - shownChanges;
    if (more > 0) lines.push(`| … +${more} | | | | |`);
    lines.push('');
  }
  return lines;
}

/**
 * A text that others wrote, as it stands: in a code span nothing is a link, an image, HTML or somebody's name. What would end the span
 * or the cell is written by number.
 * https://github.github.com/gfm/#code-spans, https://github.github.com/gfm/#tables-extension-
 */
const code = (text: string): string =>
  text === '' ? '' : `\`${show(text).replaceAll('`', '\\u0060').replaceAll('|', '\\u007c')}\``;
