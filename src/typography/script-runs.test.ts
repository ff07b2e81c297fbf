import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scriptsOfCharacters } from './script-runs.ts';
import { scriptsOf } from './scripts.ts';

/** `Latn[Signed by ] Deva[…]`. */
function runsOf(text: string): string {
  const runs: { script: string; text: string }[] = [];
  for (const { character, script } of scriptsOfCharacters(text)) {
    const last = runs.at(-1);
    if (last?.script === script) last.text += character;
    else runs.push({ script, text: character });
  }
  return runs.map((run) => `${run.script}[${run.text}]`).join('');
}

describe('text is cut where its script changes', () => {
  it.each([
    ['Signed by क्षत्रिय', 'Latn[Signed by ]Deva[क्षत्रिय]'],
    ['क्षत्रिय, 12', 'Deva[क्षत्रिय, 12]'],
    ['12: Ada', 'Latn[12: Ada]'],
    ['12', 'Zyyy[12]'],
    ['Αβγ(Абв)де', 'Grek[Αβγ(]Cyrl[Абв]Grek[)]Cyrl[де]'],
    ['(Ada)', 'Latn[(Ada)]'],
    ['ﾊﾅｺ', 'Kana[ﾊﾅｺ]'],
    ['ラーメン', 'Kana[ラーメン]'],
    ['らーめん', 'Hira[らーめん]'],
    ['أحمد، علي', 'Arab[أحمد، علي]'],
    ['ܐܒ، ܓ', 'Syrc[ܐܒ، ܓ]'],
    ['e\u0301 é', 'Latn[e\u0301 é]'],
    ['क\u0301', 'Deva[क\u0301]'],
    ['रामः। Ram', 'Deva[रामः। ]Latn[Ram]'],
    ['علی\u200cرضا', 'Arab[علی\u200cرضا]'],
    ['김(金)철수', 'Hang[김(]Hani[金]Hang[)철수]'],
  ])('%s', (text, runs) => expect(runsOf(text)).toBe(runs));

  it('and whatever the text, nothing is lost and no letter stands in a run of another script', () => {
    const letters = fc.constantFrom(
      ...'aéßαжאبक्षไทยհაกน้ำ王さカ한😀0١०-()[]«» .,\u0301\u0300\u064e\u05b0\u093f\u200c\u200d\u0964\u30fc',
    );
    const texts = fc.oneof(
      fc.array(letters, { maxLength: 40 }).map((all) => all.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const characters = scriptsOfCharacters(text);
        expect(characters.map(({ character }) => character).join('')).toBe(text);
        for (const { character, script } of characters) {
          const own = [...character].map(scriptsOf).find((scripts) => scripts.length > 0);
          if (own) expect(own).toContain(script);
        }
        const hasLetter = characters.some(({ character }) =>
          [...character].some((point) => scriptsOf(point).length > 0),
        );
        if (hasLetter) expect(characters.map(({ script }) => script)).not.toContain('Zyyy');
      }),
    );
  });

  it('in time that grows with its length', () => {
    const started = performance.now();
    scriptsOfCharacters('(a'.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
