/** Tricks with the structure of the file, by which two programs read two documents. */
import { deflateSync } from 'node:zlib';
import type { Attack } from './attack.ts';
import { FORGED_CONTENT, PART } from './contract.ts';
import { fieldNumber, signatureNumber } from './incremental-saving.ts';
import { appendRevision, lastStartXref, latin1, objectText } from './pdf-text.ts';

const family = 'Structure';
const INFORMATION = '<</Title (Contract) /ModDate (D:20260101000000Z)>>';

export const STRUCTURE: readonly Attack[] = [
  {
    family,
    name: 'structure-unlisted-object',
    what: 'an update with a second version of the content that its table does not name',
    expected: 'undecided',
    finding: 'unaccountedBytes',
    because:
      'They look at what the table names. A program that repairs files searches for objects, and finds this one.',
    make: ({ signed }) =>
      appendRevision(
        signed,
        { [PART.information]: INFORMATION },
        { unlisted: `${PART.content} 0 obj\n${FORGED_CONTENT}\nendobj\n` },
      ),
  },
  {
    family,
    name: 'structure-behind-the-end',
    what: 'an object behind the end of the file',
    expected: 'refused',
    because: 'They stop at the last table. A program that repairs files shows what stands behind.',
    make: ({ signed }) =>
      Buffer.concat([signed, latin1(`${PART.content} 0 obj\n${FORGED_CONTENT}\nendobj\n`)]),
  },
  {
    family,
    name: 'structure-data-behind-the-end',
    what: 'foreign data behind the end of the file',
    expected: 'undecided',
    finding: 'unaccountedBytes',
    because:
      'They stop at the end of the document. What follows belongs to no version of it, and nobody signed it.',
    make: ({ signed }) => Buffer.concat([signed, latin1('<script>hidden</script>\n')]),
  },
  {
    family,
    name: 'structure-cross-reference-stream',
    what: 'another content by a cross-reference stream in a file with tables',
    expected: 'invalid',
    finding: 'pageContentChanged',
    make: ({ signed }) => withXrefStream(signed, PART.content, FORGED_CONTENT),
  },
  {
    family,
    name: 'structure-hybrid',
    what: 'another content by the hidden stream of a hybrid file',
    expected: 'invalid',
    finding: 'pageContentChanged',
    make: ({ signed }) => hybrid(signed),
  },
  {
    family,
    name: 'structure-round-the-signed-version',
    what: 'an update whose chain leaves out the signed version but for the signature',
    expected: 'invalid',
    finding: 'revisionsNotContinued',
    make: ({ signed }) => roundTheSigned(signed),
  },
  {
    family,
    name: 'structure-size',
    what: 'an object number that the /Size of the update excludes',
    expected: 'undecided',
    finding: 'ambiguousObject',
    because:
      'DSS reads objects that /Size excludes; other programs take them for missing (ISO 32000-2 table 15), and so two people see two documents.',
    make: ({ signed }) =>
      appendRevision(
        signed,
        { [PART.information]: `<</Title ${PART.free} 0 R>>`, [PART.free]: '(Contract)' },
        { size: PART.free - 1 },
      ),
  },
  {
    family,
    name: 'structure-key-twice',
    what: 'a form field with two values',
    expected: 'undecided',
    finding: 'ambiguousObject',
    because: 'They take the last value, other programs the first one: two people see two values.',
    make: ({ signed }) =>
      appendRevision(signed, {
        [PART.amount]: objectText(signed, PART.amount).replace(/>>$/, '/V (5) /V (5000)>>'),
      }),
  },
  {
    family,
    name: 'structure-unused-object',
    what: 'an object that nothing uses',
    expected: 'undecided',
    finding: 'unusedObjectAdded',
    because:
      'It does no harm as long as nothing uses it. Nobody adds such a thing by mistake either, so that we name it.',
    make: ({ signed }) => appendRevision(signed, { [PART.free]: '(hidden message)' }),
  },
  {
    family,
    name: 'structure-signature-type',
    what: 'the field of the signature becomes a text field',
    expected: 'refused',
    make: ({ signed }) => {
      const field = fieldNumber(signed);
      return appendRevision(signed, {
        [field]: objectText(signed, field).replace('/FT/Sig', '/FT/Tx').replace('/FT /Sig', '/FT /Tx'),
      });
    },
  },
  {
    family,
    name: 'structure-signature-dictionary-type',
    what: 'the signature dictionary rewritten, of another /Type',
    expected: 'invalid',
    make: ({ signed }) => {
      const number = signatureNumber(signed);
      return appendRevision(signed, {
        [number]: objectText(signed, number).replace(/\/Type ?\/Sig/, '/Type/Foo'),
      });
    },
  },
  {
    family,
    name: 'structure-signature-hidden',
    what: 'the form with the signature is taken out of the catalog',
    expected: 'refused',
    make: ({ signed }) =>
      appendRevision(signed, {
        [PART.catalog]: objectText(signed, PART.catalog).replace(/\/AcroForm ?9 0 R/, ''),
      }),
  },
  {
    family,
    name: 'structure-one-of-two-hidden',
    what: 'the first of two signatures is taken out of the form',
    expected: 'invalid',
    make: ({ signedTwice }) => {
      const first = /\/Fields ?\[14 0 R 15 0 R (\d+ 0 R)/.exec(objectText(signedTwice, PART.form))?.[1] ?? '';
      return appendRevision(signedTwice, {
        [PART.form]: objectText(signedTwice, PART.form).replace(`${first} `, ''),
      });
    },
  },
];

const rows = (entries: readonly (readonly [number, number, number])[]): Buffer =>
  Buffer.concat(
    entries.map(([type, offset, third]) => {
      const row = Buffer.alloc(7);
      row.writeUInt8(type, 0);
      row.writeUInt32BE(offset, 1);
      row.writeUInt16BE(third, 5);
      return row;
    }),
  );

function xrefStream(number: number, index: string, data: Buffer, rest: string): string {
  const packed = deflateSync(data).toString('latin1');
  return (
    `${number} 0 obj\n<</Type /XRef /W [1 4 2] /Index [${index}] /Size 80 /Root 1 0 R /Info 7 0 R ${rest} ` +
    `/Filter /FlateDecode /Length ${packed.length}>>\nstream\n${packed}\nendstream\nendobj\n`
  );
}

/** The object lies in an object stream. */
function withXrefStream(signed: Buffer, number: number, body: string): Buffer {
  // A stream cannot lie in an object stream (§7.5.7): the page, which can, leads to a new one.
  const page = objectText(signed, PART.page).replace('/Contents 4 0 R', `/Contents ${PART.free + 2} 0 R`);
  const packed = `${PART.page} 0 ${page}`;
  const first = `${PART.page} 0 `.length;
  const container = `${PART.free} 0 obj\n<</Type /ObjStm /N 1 /First ${first} /Length ${packed.length}>>\nstream\n${packed}\nendstream\nendobj\n`;
  const content = `${PART.free + 2} 0 obj\n${number === PART.content ? body : ''}\nendobj\n`;
  const contentAt = signed.length + container.length;
  const at = contentAt + content.length;
  const data = rows([
    [2, PART.free, 0],
    [1, signed.length, 0],
    [1, at, 0],
    [1, contentAt, 0],
  ]);
  const index = `${PART.page} 1 ${PART.free} 3`;
  const table = xrefStream(PART.free + 1, index, data, `/Prev ${lastStartXref(signed)}`);
  return Buffer.concat([signed, latin1(`${container}${content}${table}startxref\n${at}\n%%EOF\n`)]);
}

/** The table frees the object, the stream beside it defines it (§7.5.8.4). */
function hybrid(signed: Buffer): Buffer {
  const content = `${PART.content} 0 obj\n${FORGED_CONTENT}\nendobj\n`;
  const streamAt = signed.length + content.length;
  const hidden = xrefStream(PART.free, `${PART.content} 1`, rows([[1, signed.length, 0]]), '');
  const tableAt = streamAt + hidden.length;
  const table =
    `xref\n${PART.content} 1\n0000000000 65535 f \n${PART.free} 1\n${String(streamAt).padStart(10, '0')} 00000 n \n` +
    `trailer\n<</Size 80 /Root 1 0 R /Info 7 0 R /Prev ${lastStartXref(signed)} /XRefStm ${streamAt}>>\n`;
  return Buffer.concat([signed, latin1(`${content}${hidden}${table}startxref\n${tableAt}\n%%EOF\n`)]);
}

/** Every object of the signed version is named by a new table, but for the content. */
function roundTheSigned(signed: Buffer): Buffer {
  const text = signed.toString('latin1');
  const offsets: Record<number, number> = {};
  for (const { 1: number, index } of text.matchAll(/(?<=\n)(\d+) 0 obj/g)) offsets[Number(number)] = index;
  delete offsets[PART.content];
  const whole = appendRevision(signed, { [PART.content]: FORGED_CONTENT }, { offsets });
  return Buffer.from(whole.toString('latin1').replace(/ \/Prev \d+>>(?![\s\S]*\/Prev)/, '>>'), 'latin1');
}
