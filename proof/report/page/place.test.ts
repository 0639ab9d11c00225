import { describe, expect, test } from 'vitest';
import { addressOf, placeOf } from './place.ts';

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
  ] as const)('%s', (address, place) => {
    expect(placeOf(address)).toEqual(place);
    expect(addressOf(place)).toBe(address);
  });

  test.each(['', '#', '#nowhere', '#L'])('%j is the first screen', (address) => {
    expect(placeOf(address)).toMatchObject({ section: 'summary', line: undefined });
  });

  test('what was chosen in another section, or says nothing, is not in it', () => {
    const chosen = { 'criteria/verdict': 'fail', 'cost/search': '', environment: 'staging' };
    expect(addressOf({ section: 'cost', line: undefined, chosen })).toBe('#cost?environment=staging');
  });
});
