// Which environment of a document a command works on, where one is taken by itself or not every one will do.
import { disposableEnvironments, environmentKeys, isDisposable } from '../../../design/environments.ts';
import type { Language } from '../../../design/problem.ts';
import type { Design, Environment } from '../../../design/schema.ts';
import { catalogues } from '../messages.ts';
import { UsageError } from '../usage-error.ts';
import { selectEnvironments } from './build.ts';

/** What was typed, or how it is found once the document is read. */
export type AskedEnvironment = string | ((design: Design, lang: Language) => Environment);

/** @throws UsageError when there is no such environment */
export function findEnvironment(asked: AskedEnvironment, design: Design, lang: Language): Environment {
  if (typeof asked === 'function') return asked(design, lang);
  const [found = asked] = selectEnvironments([asked], environmentKeys(design), catalogues[lang]);
  return found;
}

/**
 * The first one that is disposable, for a command that nobody told which.
 * @throws UsageError when none is: production is never taken by itself
 */
export function environmentByItself(design: Design, lang: Language): Environment {
  const [first] = disposableEnvironments(design);
  if (first === undefined) throw new UsageError(catalogues[lang].whichEnvironment(environmentKeys(design)));
  return first;
}

/**
 * The environment of this name, or without a name the first one, for a command that takes it away.
 * @throws UsageError when it is not disposable
 */
export function disposableEnvironment(design: Design, name: string | undefined, lang: Language): Environment {
  const all = disposableEnvironments(design);
  const [found = name] = name === undefined ? all : [name];
  if (found === undefined || all.length === 0)
    throw new UsageError(catalogues[lang].noneDisposable(environmentKeys(design)));
  if (!isDisposable(design, found)) throw new UsageError(catalogues[lang].notDisposable(found, all));
  return found;
}
