// The page's texts with figures put in.
import { figure } from '../../../ui/format.ts';
import type { TextName } from '../texts.ts';

/** A text by its name; numbers are written without decimals. A name that the page has no text for is shown as it is. */
export type Say = (name: TextName | `${TextKind}-${string}`, values?: Values) => string;

/** What stands before the dash in names that the platform gives the rest of. */
type TextKind = 'drill' | 'step' | 'verdict';
type Values = Readonly<Record<string, string | number | null>>;

export const sayIn =
  (texts: Readonly<Record<string, string>>): Say =>
  (name, values = {}) =>
    (texts[name] ?? name).replaceAll(/\{(\w+)\}/g, (_, key: string) => {
      const value = values[key];
      return typeof value === 'number' ? figure(value, 0) : String(value);
    });

/** A share of one, as percent; a dash where there is none. */
export const percent = (share: number | undefined): string =>
  share === undefined ? '–' : `${figure(share * 100, 0)} %`;
