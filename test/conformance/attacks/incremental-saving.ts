/** Incremental saving attacks: the signed bytes stay, what is appended redefines what is shown. */
import type { Attack } from './attack.ts';
import { CATALOG_REST, FORGED_CONTENT, PAGE, PART } from './contract.ts';
import { appendRevision, lastStartXref, latin1, objectText } from './pdf-text.ts';

const family = 'Incremental saving (ISA)';

export const INCREMENTAL_SAVING: readonly Attack[] = [
  {
    family,
    name: 'isa-content',
    what: 'an update with another content of the page',
    expected: 'invalid',
    finding: 'pageContentChanged',
    make: ({ signed }) => appendRevision(signed, { [PART.content]: FORGED_CONTENT }),
  },
  {
    family,
    name: 'isa-new-page-object',
    what: 'an update with another page in the same place',
    expected: 'invalid',
    finding: 'pageContentChanged',
    make: ({ signed }) =>
      appendRevision(signed, {
        [PART.pages]: `<</Type /Pages /Kids [${PART.free} 0 R] /Count 1>>`,
        [PART.free]: PAGE.replace('/Contents 4 0 R', `/Contents ${PART.free + 1} 0 R`),
        [PART.free + 1]: FORGED_CONTENT,
      }),
  },
  {
    family,
    name: 'isa-page-added',
    what: 'an update with a second page',
    expected: 'invalid',
    finding: 'pageAdded',
    make: ({ signed }) =>
      appendRevision(signed, {
        [PART.pages]: `<</Type /Pages /Kids [3 0 R ${PART.free} 0 R] /Count 2>>`,
        [PART.free]: PAGE.replace('/Contents 4 0 R', `/Contents ${PART.free + 1} 0 R`).replace(
          /\/Annots \[.*?\]/,
          '',
        ),
        [PART.free + 1]: FORGED_CONTENT,
      }),
  },
  {
    family,
    name: 'isa-page-turned',
    what: 'an update that turns the page',
    expected: 'invalid',
    finding: 'pageSettingChanged',
    make: ({ signed }) =>
      appendRevision(signed, { [PART.page]: objectText(signed, PART.page).replace(/>>$/, '/Rotate 180>>') }),
  },
  {
    family,
    name: 'isa-second-catalog',
    what: 'an update whose trailer names another catalog',
    expected: 'invalid',
    finding: 'pageContentChanged',
    make: (bases) => withOtherCatalog(bases.signed, PART.free),
  },
  {
    family,
    name: 'isa-catalog-rewritten',
    what: 'an update with the catalog rewritten, with other pages',
    expected: 'invalid',
    finding: 'pageContentChanged',
    make: (bases) => withOtherCatalog(bases.signed, PART.catalog),
  },
  {
    family,
    name: 'isa-without-table',
    what: 'objects appended without a cross-reference',
    expected: 'refused',
    because:
      'DSS stops at the last table and leaves the rest unread. A program that repairs files shows the rest.',
    make: ({ signed }) =>
      Buffer.concat([signed, latin1(`${PART.content} 0 obj\n${FORGED_CONTENT}\nendobj\n%%EOF\n`)]),
  },
  {
    family,
    name: 'isa-trailer-only',
    what: 'objects and a trailer appended without a table',
    expected: 'undecided',
    finding: 'unaccountedBytes',
    because:
      'They follow the last startxref, which leads back to the signed table. A program that repairs files shows what was appended.',
    make: ({ signed }) =>
      Buffer.concat([
        signed,
        latin1(
          `${PART.content} 0 obj\n${FORGED_CONTENT}\nendobj\n` +
            `trailer\n<</Size 80 /Root 1 0 R>>\nstartxref\n${lastStartXref(signed)}\n%%EOF\n`,
        ),
      ]),
  },
  {
    family,
    name: 'isa-signature-copied',
    what: 'another content, and a copy of the signature in a new field so that the last version seems signed',
    expected: 'invalid',
    finding: 'pageContentChanged',
    make: ({ signed }) => {
      const dictionary = objectText(signed, signatureNumber(signed));
      const form = objectText(signed, PART.form);
      return appendRevision(signed, {
        [PART.content]: FORGED_CONTENT,
        [PART.free]: dictionary,
        [PART.free + 1]:
          `<</Type /Annot /Subtype /Widget /FT /Sig /T (Copy) /F 132 /Rect [0 0 0 0] /P 3 0 R /V ${PART.free} 0 R>>`,
        [PART.form]: form.replace(/\/Fields ?\[(.*?)\]/, `/Fields [$1 ${PART.free + 1} 0 R]`),
      });
    },
  },
  {
    family,
    name: 'isa-signature-removed',
    what: 'an update that takes the signature out of its field',
    expected: 'refused',
    make: ({ signed }) => {
      const field = fieldNumber(signed);
      return appendRevision(signed, { [field]: objectText(signed, field).replace(/\/V \d+ 0 R/, '') });
    },
  },
];

function withOtherCatalog(signed: Buffer, number: number): Buffer {
  const objects = {
    [number]: `<</Type /Catalog ${CATALOG_REST.replace('/Pages 2', `/Pages ${PART.free + 1}`)} /AcroForm 9 0 R>>`,
    [PART.free + 1]: `<</Type /Pages /Kids [${PART.free + 2} 0 R] /Count 1>>`,
    [PART.free + 2]: PAGE.replace('/Parent 2', `/Parent ${PART.free + 1}`).replace(
      '/Contents 4',
      `/Contents ${PART.free + 3}`,
    ),
    [PART.free + 3]: FORGED_CONTENT,
  };
  return appendRevision(signed, objects, { trailer: `/Root ${number} 0 R /Info 7 0 R` });
}

/** Object number of the last signature dictionary. */
export function signatureNumber(file: Buffer): number {
  const before = file.toString('latin1', 0, file.lastIndexOf('/ByteRange'));
  return Number([...before.matchAll(/(\d+) 0 obj/g)].at(-1)?.[1]);
}

/** Object number of the field with the last signature. */
export function fieldNumber(file: Buffer): number {
  const text = file.toString('latin1');
  const at = text.search(new RegExp(`/V ${signatureNumber(file)} 0 R`));
  return Number([...text.slice(0, at).matchAll(/(\d+) 0 obj/g)].at(-1)?.[1]);
}
