// All words of the parts, for whoever asks by a word and not by a part: rows by their labels, lines by the paths that they state, and the
// English of a document.
import { alarmValues, alarmWords } from './parts/alarm.ts';
import { backupValues, backupWords } from './parts/backup.ts';
import { costValues, costWords } from './parts/cost.ts';
import { criterionWords } from './parts/criterion.ts';
import { dashboardValues, dashboardWords } from './parts/dashboard.ts';
import { environmentWords } from './parts/environment.ts';
import { logValues, logWords } from './parts/log.ts';
import { networkValues, networkWords } from './parts/network.ts';
import { overviewWords } from './parts/overview.ts';
import { numberAt, textAt, type ValueRow } from './parts/place.ts';
import { quantityWords } from './parts/quantity.ts';
import { recoveryWords } from './parts/recovery.ts';
import { roleWords } from './parts/role.ts';
import { stackValues, stackWords } from './parts/stack.ts';
import { label, namesOf, type Phrase, type Term, type Vocabulary } from './parts/term.ts';

/** By part, in the form's order. */
export const vocabularies: Readonly<Record<string, Vocabulary>> = {
  ...{ overview: overviewWords, stack: stackWords, network: networkWords, role: roleWords, alarm: alarmWords },
  ...{ log: logWords, dashboard: dashboardWords, backup: backupWords, recovery: recoveryWords, cost: costWords },
  ...{ environment: environmentWords, criterion: criterionWords, quantity: quantityWords },
};

/** Every word that has an English one. */
export const englishWords: readonly (Term | Phrase)[] = Object.values(vocabularies).flatMap(({ terms, phrases }) => [
  ...terms,
  ...phrases,
]);

const names = new Map<string, ReadonlySet<string>>();
for (const { terms } of Object.values(vocabularies))
  for (const term of terms) {
    const known = names.get(label(term.ja)) ?? [];
    names.set(label(term.ja), new Set([...known, ...namesOf(term).map(label)]));
  }

/** Whether words are a label of the form, in its own word, in English or as people write it. */
export const isLabelled = (words: string, name: string): boolean =>
  label(words) === label(name) || names.get(label(name))?.has(label(words)) === true;

const inputValues: readonly ValueRow[] = [
  textAt('inputs.project'),
  textAt('inputs.owner'),
  textAt('inputs.alertEmail'),
  numberAt('inputs.maxTasks', /[:：]\s*(.*\S)\s*$/),
];

const rows = [
  ...inputValues,
  ...networkValues,
  ...stackValues,
  ...alarmValues,
  ...logValues,
  ...dashboardValues,
  ...backupValues,
  ...costValues,
].map((row) => ({ ...row, segments: row.path.split('.') }));

/**
 * A line that states a path of the design, with another value in its place; the words around it stay.
 * @returns undefined where no part knows how to write that value, or the line has no room for it
 */
export function withValue(line: string, path: string, value: unknown): string | undefined {
  const segments = path.split('.');
  const row = rows.find(
    ({ segments: wanted }) =>
      wanted.length === segments.length &&
      wanted.every((segment, index) => segment === '*' || segment === segments[index]),
  );
  return row?.write(line, value);
}
