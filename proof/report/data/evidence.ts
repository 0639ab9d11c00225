// The evidence of all verdicts, each piece once: resources, texts and excerpts of the templates in lists, rows that point into them.
import { stringify } from 'yaml';
import { type Assembly, isReference, isUnresolved } from '../../../assembly/graph.ts';
import { isSaid, type Said } from '../../../design/messages/said.ts';
import type { Language } from '../../../design/problem.ts';
import { type Evidence, verdictWords } from '../../judges/verdict.ts';
import { type EvidenceRow, type ReportResource, type ReportText, seen } from '../report-data.ts';

/** An excerpt longer than that is cut: it is to be read, and the template is there. */
const excerptLines = 12;
const lineLength = 160;
const textLength = 320;

export interface EvidenceTable {
  readonly texts: readonly ReportText[];
  readonly resources: readonly ReportResource[];
  readonly rows: readonly EvidenceRow[];
  /** Takes evidence in, and gives its places in `rows`. */
  add(evidence: readonly Evidence[]): readonly number[];
}

/** @param templateOf a template as it was parsed, by its file name; `undefined` for what is no template */
export function evidenceTable(graph: Assembly, templateOf: (file: string) => unknown): EvidenceTable {
  const types = new Map(graph.resources.map(({ path, type }) => [path, type]));
  const paths = new Map(graph.resources.map(({ key, path }) => [key, path]));
  const [texts, resources, rows] = [pool<ReportText>(), pool<ReportResource>(), pool<EvidenceRow>()];
  const excerpts = new Map<string, string>();
  // Environments have most values in common, and YAML is slow to write.
  const byValue = new Map<string | undefined, string>();
  const excerptOf = (file: string, pointer: string): string => {
    const key = `${file} ${pointer}`;
    const known = excerpts.get(key);
    if (known !== undefined) return known;
    const value = valueAt(templateOf(file), pointer);
    const json = JSON.stringify(value);
    const made = byValue.get(json) ?? excerpt(value);
    byValue.set(json, made);
    excerpts.set(key, made);
    return made;
  };
  return {
    texts: texts.list,
    resources: resources.list,
    rows: rows.list,
    add: (evidence) =>
      evidence.map((one) =>
        rows.place([
          resources.place({
            path: one.resource,
            type: types.get(one.resource) ?? '',
            logicalId: one.logicalId,
            file: texts.place(one.template),
          }),
          texts.place(within(one)),
          texts.place(written(one.observed, paths)),
          texts.place(written(one.expected, paths)),
          texts.place(one.property === '' ? '' : excerptOf(one.template, one.property)),
          seen.indexOf(one.verdict),
        ]),
      ),
  };
}

/** A pointer from the resource on: the same for all resources of a kind. */
const within = ({ property, logicalId }: Evidence): string => {
  const resource = `/Resources/${logicalId}`;
  return logicalId !== '' && property.startsWith(`${resource}/`) ? property.slice(resource.length) : property;
};

/** A list without repetitions. */
function pool<T>() {
  const places = new Map<string, number>();
  const list: T[] = [];
  return {
    list: list as readonly T[],
    place: (value: T): number => {
      const key = JSON.stringify(value);
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, list.length);
      return list.push(value) - 1;
    },
  };
}

/** A value as a person reads it: texts without quotation marks, a reference as the path of what it refers to. */
function written(value: unknown, paths: ReadonlyMap<string, string>): ReportText {
  if (isSaid(value)) return textFor(value);
  const [en, ja] = [writtenIn('en', value, paths), writtenIn('ja', value, paths)];
  return en === ja ? en : { en, ja };
}

function writtenIn(language: Language, value: unknown, paths: ReadonlyMap<string, string>): string {
  const plain = JSON.stringify(value, (_, inner: unknown) => {
    if (isReference(inner))
      return `→ ${paths.get(inner.$ref) ?? inner.$ref}${inner.attribute ? `.${inner.attribute}` : ''}`;
    return isUnresolved(inner) ? `(${verdictWords[language].unresolved}: ${inner.$unresolved[language]})` : inner;
  });
  const text = plain?.startsWith('"') ? String(JSON.parse(plain)) : (plain ?? '');
  return cut(text);
}

const cut = (text: string) => (text.length > textLength ? `${text.slice(0, textLength)} …` : text);

/** What is said, in both languages. */
export const textFor = (said: Said | string): ReportText =>
  typeof said === 'string' ? said : { en: cut(said.en), ja: cut(said.ja) };

/** The value that a JSON pointer names; `undefined` where there is none. */
export function valueAt(document: unknown, pointer: string): unknown {
  const segments = pointer.split('/').slice(1);
  return segments.reduce<unknown>((inner, segment) => {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
      ? Reflect.get(inner, key)
      : undefined;
  }, document);
}

function excerpt(value: unknown): string {
  if (value === undefined) return '';
  const lines = stringify(value, { lineWidth: 100, aliasDuplicateObjects: false })
    .trimEnd()
    .split('\n')
    .map((line) => (line.length > lineLength ? `${line.slice(0, lineLength)} …` : line));
  return lines.length > excerptLines ? [...lines.slice(0, excerptLines), '…'].join('\n') : lines.join('\n');
}
