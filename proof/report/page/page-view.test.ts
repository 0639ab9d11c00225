import { describe, expect, test } from 'vitest';
import { addressOf, viewOf } from './page-view.ts';

describe('a view has an address', () => {
  test.each([
    ['#cost', { section: 'cost', line: undefined, chosen: {} }],
    ['#L521', { section: 'document', line: 521, chosen: {} }],
    [
      '#document?state=deviation,open&search=kms+key&environment=production',
      {
        section: 'document',
        line: undefined,
        chosen: { 'document/state': 'deviation,open', 'document/search': 'kms key', environment: 'production' },
      },
    ],
    ['#L521?lang=en', { section: 'document', line: 521, chosen: { lang: 'en' } }],
  ] as const)('%s', (address, view) => {
    expect(viewOf(address)).toEqual(view);
    expect(addressOf(view)).toBe(address);
  });

  test.each(['', '#', '#nowhere', '#L'])('%j is the first screen', (address) => {
    expect(viewOf(address)).toMatchObject({ section: 'summary', line: undefined });
  });

  test('what was chosen in another section, or says nothing, is not in it', () => {
    const chosen = { 'criteria/verdict': 'fail', 'cost/search': '', environment: 'staging' };
    expect(addressOf({ section: 'cost', line: undefined, chosen })).toBe('#cost?environment=staging');
  });
});
