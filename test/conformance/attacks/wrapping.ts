/** Signature wrapping: the signed bytes stay as they are but move, and what is between them is the attacker's. */
import type { Attack } from './attack.ts';
import { FORGED_CONTENT, PART } from './contract.ts';
import { fieldNumber, signatureNumber } from './incremental-saving.ts';
import { lastStartXref, latin1, objectText } from './pdf-text.ts';

const family = 'Signature wrapping (SWA)';

export const WRAPPING: readonly Attack[] = [
  {
    family,
    name: 'swa-moved-range',
    what: 'the second signed part moved back, foreign objects and their table between the two',
    expected: 'invalid',
    finding: 'coverageWrong',
    make: ({ signed }) => wrapped(signed),
  },
  {
    family,
    name: 'swa-objects-in-padding',
    what: 'foreign objects in the zeros behind the signature value',
    expected: 'invalid',
    finding: 'coverageWrong',
    make: ({ signed }) => {
      const [, close = 0] = placeholder(signed);
      const object = `>\n/X <</Y (${PART.content} 0 obj ${FORGED_CONTENT.replaceAll(/[()]/g, '')} endobj)>>/Z <`;
      const copy = Buffer.from(signed);
      copy.write(object, close - 1 - object.length, 'latin1');
      return copy;
    },
  },
  {
    family,
    name: 'swa-data-in-padding',
    what: 'foreign data, as digits, in the zeros behind the signature value',
    expected: 'invalid',
    finding: 'coverageWrong',
    because:
      'What stands behind the CMS is not part of it, so that they do not look at it. A place that nobody signs and nobody looks at is a place to hide in: we demand zeros.',
    make: ({ signed }) => {
      const [, close = 0] = placeholder(signed);
      const copy = Buffer.from(signed);
      copy.write(latin1('hidden message').toString('hex'), close - 101, 'latin1');
      return copy;
    },
  },
  {
    family,
    name: 'swa-second-value-in-padding',
    what: 'a second signature value behind the first one',
    expected: 'invalid',
    finding: 'coverageWrong',
    because: 'As before: behind the CMS they read nothing.',
    make: ({ signed }) => {
      const [open = 0] = placeholder(signed);
      const digits = signed.toString('latin1', open + 1, open + 9);
      const length = 2 * (4 + Number.parseInt(digits.slice(4), 16));
      const copy = Buffer.from(signed);
      copy.write('3003020105', open + 1 + length, 'latin1');
      return copy;
    },
  },
];

/** Offsets of `<` and behind `>` of the last signature value. */
function placeholder(file: Buffer): [number, number] {
  const open = file.indexOf('<', file.lastIndexOf('/Contents <'));
  return [open, file.indexOf('>', open) + 1];
}

/**
 * The end of the file names the place of the table, and is signed: the attacker's table comes to lie there. His signature
 * dictionary has the old value, and a range in which both parts are where they are now.
 */
function wrapped(signed: Buffer): Buffer {
  const [open, close] = placeholder(signed);
  const tableAt = lastStartXref(signed);
  const [number, field] = [signatureNumber(signed), fieldNumber(signed)];
  const dictionary = objectText(signed, number);
  const value = signed.toString('latin1', open, close);
  const room = tableAt - close;
  const build = (secondAt: number): string => {
    const range = `[0 ${open} ${secondAt} ${signed.length - close}]`;
    const forged: Record<number, string> = {
      [number]: dictionary
        .replace(/\/ByteRange \[.*?\]/, `/ByteRange ${range}`)
        .replace(/<[0-9A-Fa-f]{100,}>/, value),
      [PART.content]: FORGED_CONTENT,
      ...Object.fromEntries(
        [PART.catalog, PART.page, PART.form, field].map((part) => [part, objectText(signed, part)]),
      ),
    };
    let objects = '';
    const entries: string[] = [];
    // The table must begin exactly where the end of the file says; the objects follow it.
    const table = (offsets: readonly string[]): string =>
      `xref\n${offsets.join('')}trailer\n<</Size 80 /Root 1 0 R /Info 7 0 R /Prev ${previousTable(signed)}>>\n`;
    const tableLength = table(
      Object.keys(forged).map((key) => `${key} 1\n${'0'.repeat(10)} 00000 n \n`),
    ).length;
    for (const [key, body] of Object.entries(forged)) {
      const offset = tableAt + tableLength + objects.length;
      entries.push(`${key} 1\n${String(offset).padStart(10, '0')} 00000 n \n`);
      objects += `${key} 0 obj\n${body}\nendobj\n`;
    }
    return `${' '.repeat(room)}${table(entries)}${objects}`;
  };
  const guess = build(signed.length * 2);
  const secondAt = close + guess.length;
  const inserted = build(secondAt).padEnd(guess.length);
  return Buffer.concat([signed.subarray(0, close), latin1(inserted), signed.subarray(close)]);
}

const previousTable = (file: Buffer): number =>
  Number(/\/Prev (\d+)/.exec(file.toString('latin1', file.lastIndexOf('trailer')))?.[1]);
