// The committed runbook is that of today's state machine, in both languages, and every step is in it (DR-2…5).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { platformOf } from '../testing/environment.ts';
import { recoveringDesign } from '../testing/standby.ts';
import { failoverDefinition, pathOf, pollingOf } from './definition.ts';
import { failoverRunbook } from './failover-runbook.ts';
import { ownRunbooks } from './own-runbook.ts';
import { actions, stateWords } from './states.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const definition = failoverDefinition(platformOf(recoveringDesign, ['production']), 'production');
const places = { environment: 'production', region: 'us-west-2', origin: 'origin.example.com', automatic: false };
const languages = ['en', 'ja'] as const;

describe('the runbook', () => {
  test.each(Object.entries(ownRunbooks()))('%s is up to date; `npm run docs:runbooks` writes it anew', (path, text) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(text);
  });

  test.each(languages)('has every step in %s, with what to do when it stops there', (language) => {
    const text = failoverRunbook(definition, places, language);
    for (const [name, words] of Object.entries(stateWords)) {
      expect(text).toContain(`### ${name}\n`);
      expect(text).toContain(words[language].stopped);
    }
    for (const action of actions) expect(text).toContain(`"action":"${action}"`);
  });

  test('says in English what the state machine says of itself', () => {
    const text = failoverRunbook(definition, places, 'en');
    const tasks = Object.entries(definition.States).filter(([name, { Type }]) => Type === 'Task' && name !== 'Stop');
    expect(tasks.length).toBeGreaterThan(15);
    for (const [, { Comment = '' }] of tasks) expect(text).toContain(Comment);
  });

  test('in a failover stops no writers, in a failback does, and puts the standby to rest last', () => {
    const path = (action: string, to: string) => pathOf(definition, { '$.action': action, '$.to': to });
    expect(path('failover', 'standby')).not.toContain('FreezeWriters');
    const home = path('failback', 'primary');
    expect(home.indexOf('FreezeWriters')).toBeLessThan(home.indexOf('PromoteDatabase'));
    expect(home.indexOf('RestStandby')).toBeGreaterThan(home.indexOf('CarryFiles'));
  });

  test('names a state that has no words, and words that have no state', () => {
    const { States } = definition;
    const { Claim } = States;
    if (Claim === undefined) throw new Error('The machine begins with Claim');
    const renamed = { ...definition, StartAt: 'Take', States: { ...States, Take: Claim } };
    expect(() => failoverRunbook(renamed, places, 'en')).toThrow(/Take has no words/);
    const { Next: _, ...last } = Claim;
    expect(() => failoverRunbook({ ...definition, States: { Claim: last } }, places, 'en')).toThrow(/StartTasks/);
  });

  test('says how long a step waits', () => {
    const { PromoteDatabase } = definition.States;
    expect(PromoteDatabase && pollingOf(PromoteDatabase)).toEqual({ seconds: 5, minutes: 20 });
    expect(failoverRunbook(definition, places, 'en')).toContain('Asked again every 5 s, for up to 20 min');
  });

  test.each(languages)(
    'says in %s who starts it, and what a document without a domain leaves to people',
    (language) => {
      const [manual, automatic] = [false, true].map((automatic) =>
        failoverRunbook(definition, { ...places, automatic }, language),
      );
      expect(manual).toContain('`failover: manual`');
      expect(automatic).toContain('`failover: automatic`');
      expect(failoverRunbook(definition, { ...places, origin: undefined }, language)).not.toContain('dig +short');
    },
  );
});
