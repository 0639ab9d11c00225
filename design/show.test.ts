import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { show, showJson, showLine, showWithinJson } from './show.ts';

const anything = fc.string({ unit: 'binary' });
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

describe('a value from outside', () => {
  test.each([
    ['a line break', 'a\nb', 'a\\nb'],
    ['a command to the terminal', '\u001b]52;c;aGk=\u0007', '\\u001b]52;c;aGk=\\u0007'],
    ['an 8-bit control', '\u009b2J', '\\u009b2J'],
    ['a bidirectional override', 'abc\u202eexe.sh\u2066', 'abc\\u202eexe.sh\\u2066'],
    ['a zero-width space', 'AC\u200b-1', 'AC\\u200b-1'],
    ['letters of the tag block', 'a\u{e0041}', 'a\\u{e0041}'],
    ['a filler that is drawn as nothing', 'a\u3164', 'a\\u3164'],
    ['half of a surrogate pair', 'a\ud800', 'a\\ud800'],
  ])('with %s is shown by number', (_, text, shown) => {
    expect(show(text)).toBe(shown);
  });

  test.each(['設計書 v1.2（案）', '葛\u{e0100}城市', 'é ß 한국어 🗾', '\\u202e'])('%j stays as it is', (text) => {
    expect(show(text)).toBe(text);
  });

  test('holds nothing hidden, and is shown the same when it is shown again', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(show(text)).not.toMatch(hidden);
        expect(show(show(text))).toBe(show(text));
      }),
    );
  });
});

describe('a line', () => {
  test.each(['::error::x', '   ::add-mask::x', '\u3000::stop-commands::x'])('%j is no command of GitHub', (line) => {
    expect(showLine(line).trim()).not.toMatch(/^::/);
  });

  test.each(['x ##[add-mask]y', '##vso[task.setvariable variable=a]b', "##teamcity[message text='a']"])(
    '%j is no command of a CI system',
    (line) => {
      expect(showLine(line)).not.toMatch(/##(?:vso|teamcity)?\[/);
    },
  );

  test('says `::` within, and at its beginning when something stands there already', () => {
    expect(showLine('AWS::S3::Bucket')).toBe('AWS::S3::Bucket');
    expect(showLine('::S3', 'AWS')).toBe('::S3');
  });
});

describe('JSON', () => {
  test('reads as the value that it was, with nothing hidden and no command in it', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ stringUnit: 'binary' }),
        fc.constantFrom('##[x]', '##vso[x]', '\\##[x]'),
        (value, mark) => {
          const json = showJson(JSON.stringify([value, mark], undefined, 2));
          expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify([value, mark])));
          expect(json.replaceAll('\n', '')).not.toMatch(hidden);
          expect(json).not.toMatch(/##(?:vso|teamcity)?\[/);
        },
      ),
    );
  });

  test('of which the texts are shown reads as the shown texts, names too', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const made: unknown = JSON.parse(showWithinJson(JSON.stringify({ [`k${text}`]: text })));
        const expected = (words: string) =>
          words
            .split(/([\n\t])/)
            .map((part, at) => (at % 2 === 1 ? part : show(part)))
            .join('');
        expect(made).toEqual({ [expected(`k${text}`)]: expected(text) });
      }),
    );
  });
});
