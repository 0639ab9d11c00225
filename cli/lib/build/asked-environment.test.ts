// Claims about the environment that a command takes by itself, and about those that a command may take away.
import { expect, test } from 'vitest';
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import type { Design } from '../../../design/schema.ts';
import { catalogues } from '../messages.ts';
import { UsageError } from '../usage-error.ts';
import { disposableEnvironment, environmentByItself, findEnvironment } from './asked-environment.ts';

/** Keys in order; `*` after those that are disposable. The first one is production. */
const withEnvironments = (...keys: readonly string[]): Design => ({
  ...exampleDesign,
  environments: keys.map((key, index) => ({
    key: key.replace('*', ''),
    title: key,
    isProduction: index === 0,
    disposable: key.endsWith('*'),
  })),
});

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('not refused');
}

test.each([
  ['development', exampleDesign],
  ['trial', withEnvironments('prod', 'qa', 'trial*')],
  ['qa', withEnvironments('prod', 'qa*', 'trial*')],
])('%s, the first disposable one, is taken by itself, to run it and to take it away', (key, design) => {
  expect(environmentByItself(design, 'en')).toBe(key);
  expect(disposableEnvironment(design, undefined, 'en')).toBe(key);
});

test.each(['en', 'ja'] as const)(
  'where none is disposable none is taken by itself, and those there are are named in %s',
  (lang) => {
    const design = withEnvironments('prod', 'qa');
    const say = catalogues[lang];
    expect(refusal(() => findEnvironment(environmentByItself, design, lang))).toBe(
      say.whichEnvironment(['prod', 'qa']),
    );
    expect(say.whichEnvironment(['prod', 'qa'])).toMatch(/--environment.*prod.*qa|prod.*qa.*--environment/);
    for (const name of [undefined, 'prod', 'qa', 'development'])
      expect(refusal(() => disposableEnvironment(design, name, lang))).toBe(say.noneDisposable(['prod', 'qa']));
    expect(say.noneDisposable(['prod', 'qa'])).toContain('prod, qa');
  },
);

test.each(['en', 'ja'] as const)(
  'what is not disposable or not there is not taken away, and those that may be are named in %s',
  (lang) => {
    const design = withEnvironments('prod', 'qa*', 'trial*', 'development');
    for (const name of ['prod', 'development', 'Trial', 'qa,trial', '']) {
      const message = refusal(() => disposableEnvironment(design, name, lang));
      expect(message).toBe(catalogues[lang].notDisposable(name, ['qa', 'trial']));
      expect(message).toContain('qa, trial');
    }
    expect(disposableEnvironment(design, 'trial', lang)).toBe('trial');
  },
);

test('a name is looked for among the environments of the document', () => {
  const design = withEnvironments('prod', 'qa*');
  expect(findEnvironment('prod', design, 'en')).toBe('prod');
  expect(refusal(() => findEnvironment('development', design, 'en'))).toBe(
    catalogues.en.unknownEnvironment('development', ['prod', 'qa']),
  );
});
