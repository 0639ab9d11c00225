// DOC-2: the title, `infra-[ID]-[機能名]-design`. The id in it may be the story's or one of its own; the feature is the front matter's.
import type { LineLedger } from '../lines.ts';
import type { Section } from '../sections.ts';

/** The title; one that is missing, or has not the form's shape with the feature in it, is refused. */
export function readTitle(
  section: Section | undefined,
  feature: string | undefined,
  ledger: LineLedger,
): string | undefined {
  const shape = `infra-<id>-${feature ?? '<feature>'}-design`;
  if (section === undefined) {
    ledger.refuse(1, 'title-missing', { expected: `# ${shape}` });
    return undefined;
  }
  const { title, line } = section;
  const middle = /^infra-(?<middle>.+)-design$/.exec(title)?.groups?.middle;
  const fits = middle !== undefined && (feature === undefined || slug(middle).endsWith(`-${slug(feature)}`));
  if (!fits) ledger.refuse(line, 'title-shape', { found: `\`${title}\``, expected: `\`${shape}\`` });
  return title;
}

/** `Web Platform` and `web-platform` name one feature. */
const slug = (words: string): string => words.toLowerCase().replaceAll(/[\s_]+/g, '-');
