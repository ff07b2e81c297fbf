import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonNameOf, fullNameOf, normaliseName, problemOfName } from './person-name.ts';

const judged = (text: string) => problemOfName(normaliseName(text));

describe('a name has one spelling', () => {
  it.each([
    ['no-break space', 'Ana\u00A0María', 'Ana María'],
    ['narrow no-break space', 'Ana\u202FMaría', 'Ana María'],
    ['figure space', 'Ana\u2007María', 'Ana María'],
    ['several spaces of several widths', '\u3000Ana \u2003\t María\u2009', 'Ana María'],
    ['hyphen', 'Anne\u2010Marie', 'Anne-Marie'],
    ['no-break hyphen', 'Anne\u2011Marie', 'Anne-Marie'],
    ['dash', 'Anne\u2013Marie', 'Anne-Marie'],
    ['long dash', 'Anne\u2014Marie', 'Anne-Marie'],
    ['bullet', 'Anne\u2043Marie', 'Anne-Marie'],
    ['letter that is an apostrophe', 'O\u02BCNeill', "O'Neill"],
    ['right quotation mark', 'D\u2019Arcy', "D'Arcy"],
    ['left quotation mark', 'O\u2018Neill', "O'Neill"],
    ['accent in the place of an apostrophe', 'O\u00B4Neill', "O'Neill"],
    ['decomposed accent', 'Zoe\u0308', 'Zoë'],
    ['non-joiner behind a letter that does not join', 'نژاد\u200Cپور', 'نژادپور'],
  ])('with a %s', (_, written, spelling) => {
    expect(normaliseName(written)).toBe(spelling);
    expect(judged(written)).toBeUndefined();
  });

  it('which stays as it is, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const once = normaliseName(text);
        expect(normaliseName(once)).toBe(once);
        expect(once).not.toMatch(/^ | $/);
        expect(once).not.toMatch(/[\u00A0\u2007\u202F\u2010\u2011\u2019]| {2}/);
      }),
    );
  });
});

describe('a name is accepted', () => {
  it.each([
    'Sukarno',
    "'t Hooft",
    'Martin Luther (Jr.)',
    'Gal·la',
    'Ибн-Сина',
    'محمد',
    'مُحَمَّد',
    'علی\u200Cرضا',
    'می\u200Cخواهم',
    'בן־גוריון',
    'צ׳רלי',
    'सिंह',
    'बर्\u200Dवे',
    'क्\u200Cष',
    'র\u200D্যাম',
    'ന്\u200D',
    'ශ්\u200Dරී',
    'ตะวัน',
    'Հակոբյան',
    'ბერიძე',
    '王小明',
    'タナカ・ハナコ',
    '김철수',
    '𠮷田',
    'ʻAukai',
    'Nguyễn',
    'Đặng',
    'X Æ A-12',
    'Иван Ivan', // a name and its transcription
    'Μαρία-Maria',
    '田中Mariko',
  ])('%s', (name) => expect(judged(name)).toBeUndefined());
});

describe('a name is refused', () => {
  const INVISIBLE = [
    0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0xfeff, 0x00ad, 0x034f,
    0x061c, 0x115f, 0x1160, 0x17b4, 0x180e, 0x2800, 0x3164, 0xfe0f, 0xffa0, 0xe0041, 0xe0100, 0x0007, 0xe000,
    0x0378,
  ] as const;

  it.each(INVISIBLE.map((point) => [point.toString(16), String.fromCodePoint(point)]))(
    'with U+%s, which nobody sees: alone, inside, at the end',
    (_, character) => {
      for (const text of [character, `Ada${character}Byron`, `Ada${character}`, `${character}Ada`])
        expect(judged(text)).toBe('invisible');
    },
  );

  it.each([
    ['', 'missing'],
    [' \u00A0\u3000', 'missing'],
    ['...', 'noLetter'],
    ["-'-", 'noLetter'],
    ['12345', 'noLetter'],
    ['٣٤', 'noLetter'],
    ['\u02C8', 'noLetter'],
    ['\u0640', 'noLetter'],
    ['\u02BB\u30FC', 'noLetter'],
    ['a'.repeat(65), 'tooLong'],
    ['a'.repeat(100_000), 'tooLong'],
    ['Ada <script>', 'character'],
    ['Ada 😀', 'character'],
    ['\u0301Ada', 'character'],
    ['Ada "the"', 'character'],
    ['a\u200Dda', 'invisible'],
    ['\u0410da', 'mixedScripts'], // Cyrillic A
    ['Ada B\u0443ron', 'mixedScripts'],
    ['\u0391nna', 'mixedScripts'], // Greek Alpha
    ['Jos\u0435-Maria', 'mixedScripts'],
    ['علی\u200C', 'invisible'],
    ['علی\u200C\u200Cرضا', 'invisible'],
  ])('%j: %s', (name, problem) => expect(judged(name)).toBe(problem));

  it('never where 64 letters take two UTF-16 units each', () =>
    expect(judged('𠮷'.repeat(64))).toBeUndefined());

  it('and never accepted with anything that is not seen, whatever was typed', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.array(fc.constantFrom(...INVISIBLE.map((point) => String.fromCodePoint(point)), 'a', 'ب', ' ', '-')),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          anything,
          fc.array(anything).map((parts) => parts.join('')),
        ),
        (text) => {
          const name = normaliseName(typeof text === 'string' ? text : text.join(''));
          if (problemOfName(name) !== undefined) return;
          expect(name).toMatch(/\p{L}/u);
          expect(name.replaceAll(/[\u200C\u200D]/g, '')).not.toMatch(
            /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u,
          );
        },
      ),
    );
  });
});

describe('the names of a person', () => {
  it.each([
    [{ givenName: 'Ada', surname1: 'Lovelace', surname2: 'Byron' }, 'Ada Lovelace Byron'],
    [{ givenName: 'Suharto' }, 'Suharto'],
    [{ surname1: 'Teresa' }, 'Teresa'],
  ])('in full: %j', (names, full) => {
    expect(fullNameOf(names)).toBe(full);
    expect(commonNameOf(names)).toBe(full);
  });

  it('fit into a certificate, and are some of the names', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'ñ', '가', '𠮷'), minLength: 1, maxLength: 64 });
    const names = fc.record({
      givenName: fc.option(name, { nil: undefined }),
      surname1: name,
      surname2: fc.option(name, { nil: undefined }),
    });
    fc.assert(
      fc.property(names, (person) => {
        const commonName = commonNameOf(person);
        expect([...commonName].length).toBeLessThanOrEqual(64);
        expect(commonName).not.toBe('');
        expect(fullNameOf(person)).toContain(commonName.split(' ')[0]);
      }),
    );
  });
});
