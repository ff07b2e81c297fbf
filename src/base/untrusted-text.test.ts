import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HONEST_NAMES, hostileText, RAW_HOSTILE } from '../../test/support/hostile-text.ts';
import { hasRightToLeft, shownJson, shownLines, shownText } from './untrusted-text.ts';

describe('text from outside', () => {
  it.each(HONEST_NAMES)('that is honest is shown as it is: %s', (name) => {
    expect(shownText(name)).toBe(name);
    expect(shownText(`${name}, ${name}`)).toBe(`${name}, ${name}`);
  });

  it('has no character left that acts, whatever stands in it', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(shownText(text)).not.toMatch(RAW_HOSTILE);
      }),
    );
  });

  it('shows what it had by its number', () => {
    expect(shownText('gnp.\u202efdp')).toBe('gnp.\\u{202e}fdp');
    expect(shownText('a\r\n\u001b[2Kb\u0085\u2028')).toBe('a\\u{d}\\u{a}\\u{1b}[2Kb\\u{85}\\u{2028}');
    expect(shownText('\u{e0041}\ud800')).toBe('\\u{e0041}\\u{d800}');
  });

  it.each([
    ['between letters of other scripts', 'Ana\u200dBel', 'Ana\\u{200d}Bel'],
    ['at the end', 'محمد\u200d', 'محمد\\u{200d}'],
    ['alone', '\u200c', '\\u{200c}'],
    ['twice', 'م\u200c\u200cح', 'م\\u{200c}\\u{200c}ح'],
    ['after a variant that varies nothing', 'a\ufe0f', 'a\\u{fe0f}'],
  ])('has an invisible joiner shown where it is no spelling: %s', (_, text, shown) => {
    expect(shownText(text)).toBe(shown);
  });

  it('is shown the same when it was shown before', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, fc.string({ unit: 'binary' })), (text) => {
        expect(shownText(shownText(text))).toBe(shownText(text));
      }),
    );
  });

  it('makes no further line, whatever stands in one', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 5 }), (lines) => {
        const shown = shownLines(lines);
        expect(shown.split(/[\n\r\u0085\u2028\u2029\v\f]/)).toHaveLength(lines.length);
      }),
    );
  });

  it('is looked through in time that grows with its length', () => {
    for (const unit of ['\u202e', 'क्\u200d', 'م\u200c', '\u{e0041}', '\ud800']) {
      const begun = performance.now();
      shownText(unit.repeat(50_000));
      expect(performance.now() - begun).toBeLessThan(2_000);
    }
  });
});

describe('JSON', () => {
  it('says the same to a program, and nothing to a terminal', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = shownJson(JSON.stringify({ [text]: [text] }));
        expect(shown).not.toMatch(RAW_HOSTILE);
        expect(JSON.parse(shown)).toEqual({ [text]: [text] });
      }),
    );
  });

  it('may be written on several lines', () => {
    const value = { name: '\u202e\u009b' };
    const shown = shownJson(JSON.stringify(value, null, 2));
    expect(shown.split('\n')).toHaveLength(3);
    expect(JSON.parse(shown)).toEqual(value);
  });
});

it('text with letters from right to left is known', () => {
  for (const text of ['محمد', 'דוד', 'Ana و', '\u{1e900}']) expect(hasRightToLeft(text), text).toBe(true);
  for (const text of ['Ana', 'Екатерина', 'क्षत्रिय', '王', '12-3', ''])
    expect(hasRightToLeft(text), text).toBe(false);
});
