// What comes from outside as text: whatever it is, it is read or refused, never thrown over.
import { assert, date, property, string, uuid } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayBefore } from './export-orders.ts';
import { cursorFromText, cursorToText } from './find-orders.ts';
import { readCsv } from './read-csv.ts';

describe('a cursor', () => {
  test('comes back as it went out', () => {
    const times = date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    assert(
      property(times, uuid(), (time, id) => {
        const cursor = { placedAt: time.toISOString(), id };
        expect(cursorFromText(cursorToText(cursor))).toEqual(cursor);
      }),
    );
  });

  test('that we never gave out is none', () => {
    assert(property(string(), (text) => cursorFromText(text) === undefined));
  });
});

describe('an imported file', () => {
  test('of any text is read or refused, with a line for each problem', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 200 }), (text) => {
        const read = readCsv(`sku,quantity,unit_price\n${text}`);
        if ('problems' in read) for (const { line } of read.problems) expect(line).toBeGreaterThanOrEqual(1);
        else expect(read.rows.length).toBeGreaterThan(0);
      }),
    );
  });

  test('may begin with a byte order mark, have its columns in any order, and quote', () => {
    expect(readCsv('\uFEFFunit_price,sku,quantity\r\n450,"tea",2\r\n\r\n')).toEqual({
      rows: [{ row: 1, sku: 'tea', quantity: 2, unitPrice: 450 }],
    });
  });

  test.each([
    ['1e3', 'quantity: is not a whole number'],
    ['-1', 'quantity: is not a whole number'],
    ['0', 'quantity: Too small: expected number to be >=1'],
    ['', 'quantity: is not a whole number'],
  ])('with the quantity %j says so', (quantity, detail) => {
    expect(readCsv(`sku,quantity,unit_price\ntea,${quantity},1\n`)).toEqual({ problems: [{ line: 2, detail }] });
  });
});

describe('the day before', () => {
  test.each([
    ['2026-11-24T19:00:00Z', 'Asia/Tokyo', '2026-11-24'],
    ['2026-11-24T14:59:59Z', 'Asia/Tokyo', '2026-11-23'],
    ['2026-03-01T00:30:00Z', 'UTC', '2026-02-28'],
    ['2026-03-08T12:00:00Z', 'America/New_York', '2026-03-07'],
  ])('%s in %s is %s', (time, timeZone, day) => {
    expect(dayBefore(new Date(time), timeZone)).toBe(day);
  });
});
