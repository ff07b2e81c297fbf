/** Certified documents: evil annotations, sneaky signatures, and whatever goes beyond what the author permits. */
import type { Attack } from './attack.ts';
import { amountField, drawing, PART } from './contract.ts';
import { appendRevision, objectText, stream } from './pdf-text.ts';

const family = 'Certification';

const filled = (file: Buffer): Buffer =>
  appendRevision(file, {
    [PART.amount]: amountField(`/V (100) /AP <</N ${PART.free + 10} 0 R>>`),
    [PART.free + 10]: drawing('BT /F1 12 Tf 2 5 Td (100) Tj ET', 200, 20),
  });

/** An annotation on the page, drawn over what it says. */
export function annotated(file: Buffer, entries: string, look?: string): Buffer {
  const number = PART.free + 10;
  const page = objectText(file, PART.page);
  const drawn = look === undefined ? {} : { [number + 1]: look };
  return appendRevision(file, {
    [PART.page]: page.replace(/\/Annots ?\[(.*?)\]/, `/Annots [$1 ${number} 0 R]`),
    [number]: `<</Type /Annot /F 4 /Rect [60 690 400 725] /P 3 0 R ${entries}${look === undefined ? '' : ` /AP <</N ${number + 1} 0 R>>`}>>`,
    ...drawn,
  });
}

const FORGED_LOOK = drawing(
  '1 1 1 rg 0 0 340 35 re f 0 g BT /F1 18 Tf 12 10 Td (Pay 900 EUR to Mallory) Tj ET',
  340,
  35,
);

/** A new signature field with a picture over the text, and a value that is none. */
function sneaky(file: Buffer): Buffer {
  const [field, look, value] = [PART.free + 10, PART.free + 11, PART.free + 12];
  return appendRevision(file, {
    [PART.page]: objectText(file, PART.page).replace(/\/Annots ?\[(.*?)\]/, `/Annots [$1 ${field} 0 R]`),
    [PART.form]: objectText(file, PART.form).replace(/\/Fields ?\[(.*?)\]/, `/Fields [$1 ${field} 0 R]`),
    [field]: `<</Type /Annot /Subtype /Widget /FT /Sig /T (Sneaky) /F 132 /Rect [60 690 400 725] /P 3 0 R /V ${value} 0 R /AP <</N ${look} 0 R>>>>`,
    [look]: FORGED_LOOK,
    [value]:
      '<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 10 20 10] /Contents <00>>>',
  });
}

export const CERTIFICATION: readonly Attack[] = [
  {
    family,
    name: 'certified-1-filled',
    what: 'nothing is permitted; a form field is filled in',
    expected: 'invalid',
    finding: 'fieldFilled',
    make: ({ certified }) => filled(certified[1]),
  },
  {
    family,
    name: 'certified-1-note',
    what: 'nothing is permitted; a note is added',
    expected: 'invalid',
    finding: 'annotationAdded',
    make: ({ certified }) => annotated(certified[1], '/Subtype /Text /Contents (Well done)'),
  },
  {
    family,
    name: 'certified-2-evil-annotation',
    what: 'filling in is permitted; a text box is drawn over the text (evil annotation)',
    expected: 'invalid',
    finding: 'annotationAdded',
    make: ({ certified }) => annotated(certified[2], '/Subtype /FreeText /DA (/F1 18 Tf)', FORGED_LOOK),
  },
  {
    family,
    name: 'certified-3-evil-annotation',
    what: 'annotations are permitted; a text box is drawn over the text (evil annotation)',
    expected: 'undecided',
    finding: 'annotationAdded',
    because:
      'DSS only warns (1). The author permitted annotations, and this is one, yet it hides what was certified: we leave it to a person, pyHanko knows no permitted annotations at all.',
    make: ({ certified }) => annotated(certified[3], '/Subtype /FreeText /DA (/F1 18 Tf)', FORGED_LOOK),
  },
  {
    family,
    name: 'certified-3-redaction',
    what: 'annotations are permitted; a highlighting brings a drawing that hides the text',
    expected: 'undecided',
    finding: 'annotationAdded',
    because: 'As before: an annotation of any type can bring a drawing of its own.',
    make: ({ certified }) =>
      annotated(certified[3], '/Subtype /Highlight /QuadPoints [60 725 400 725 60 690 400 690]', FORGED_LOOK),
  },
  {
    family,
    name: 'certified-3-note',
    what: 'annotations are permitted; a note without a drawing lies over the text',
    expected: 'undecided',
    finding: 'annotationAdded',
    because: 'As before: viewers draw its icon.',
    make: ({ certified }) => annotated(certified[3], '/Subtype /Text /Contents (Well done)'),
  },
  {
    family,
    name: 'certified-2-sneaky-signature',
    what: 'filling in is permitted; a new signature field shows a picture over the text (sneaky signature)',
    expected: 'invalid',
    finding: 'signatureAdded',
    because:
      'DSS only warns (1). Anybody may sign again, but not with a picture over a document whose author certified how it looks.',
    make: ({ certified }) => sneaky(certified[2]),
  },
  {
    family,
    name: 'certified-2-field-added',
    what: 'filling in is permitted; a form field is added',
    expected: 'invalid',
    finding: 'fieldAdded',
    make: ({ certified }) => {
      const file = certified[2];
      const field = PART.free + 10;
      return appendRevision(file, {
        [PART.page]: objectText(file, PART.page).replace(/\/Annots ?\[(.*?)\]/, `/Annots [$1 ${field} 0 R]`),
        [PART.form]: objectText(file, PART.form).replace(/\/Fields ?\[(.*?)\]/, `/Fields [$1 ${field} 0 R]`),
        [field]:
          '<</Type /Annot /Subtype /Widget /FT /Tx /T (more) /V (900) /F 4 /Rect [60 690 400 725] /P 3 0 R /DA (/Helv 12 Tf 0 g)>>',
      });
    },
  },
  {
    family,
    name: 'certified-3-content',
    what: 'annotations are permitted; the content of the page is another one',
    expected: 'invalid',
    finding: 'pageContentChanged',
    make: ({ certified }) =>
      appendRevision(certified[3], { [PART.content]: stream('BT /F1 18 Tf 72 700 Td (Pay 900) Tj ET') }),
  },
  {
    family,
    name: 'certified-2-permission-removed',
    what: 'the certification is taken out of the catalog',
    expected: 'invalid',
    finding: 'permissionsChanged',
    make: ({ certified }) =>
      appendRevision(certified[2], {
        [PART.catalog]: objectText(certified[2], PART.catalog).replace(/\/Perms <<.*?>>/, ''),
      }),
  },
  {
    family,
    name: 'locked-field-filled',
    what: 'a form field that the signature locked is filled in',
    expected: 'invalid',
    finding: 'fieldFilled',
    because: 'DSS passes it without a word about the lock.',
    make: ({ locked }) => filled(locked),
  },
  {
    family,
    name: 'approved-text-box',
    what: 'a text box is drawn over the text of a document that is signed, not certified',
    expected: 'undecided',
    finding: 'annotationAdded',
    make: ({ signed }) => annotated(signed, '/Subtype /FreeText /DA (/F1 18 Tf)', FORGED_LOOK),
  },
];

/** What must not raise an alarm. */
export const PERMITTED: readonly Attack[] = [
  permitted('nothing', 'nothing', ({ signed }) => signed),
  permitted('signed-again', 'a second signature', ({ signedTwice }) => signedTwice),
  permitted('filled', 'an empty form field is filled in', ({ signed }) => filled(signed)),
  permitted('certified-2-filled', 'filling in is permitted, and done', ({ certified }) =>
    filled(certified[2]),
  ),
  permitted('locked-information', 'one field is locked; title and producer are changed', ({ locked }) =>
    appendRevision(locked, { [PART.information]: '<</Title (Contract) /Producer (Another)>>' }),
  ),
  permitted(
    'certified-3-link',
    'annotations are permitted; a link that does not show, to a place in the document',
    ({ certified }) => annotated(certified[3], '/Subtype /Link /Border [0 0 0] /Dest [3 0 R /Fit]'),
    'pyHanko knows no permitted annotations at all. The author permitted them, and this one cannot hide anything.',
  ),
  permitted(
    'certified-1-validation-data',
    'nothing is permitted; validation data are added',
    ({ certified }) =>
      appendRevision(certified[1], {
        [PART.catalog]: objectText(certified[1], PART.catalog).replace(
          /^<</,
          `<</DSS <</Certs [${PART.free + 10} 0 R]>> `,
        ),
        [PART.free + 10]: stream('not a certificate'),
      }),
  ),
  permitted('rewritten', 'objects are written again as they were', ({ signed }) =>
    appendRevision(signed, {
      [PART.content]: objectText(signed, PART.content),
      [PART.page]: objectText(signed, PART.page),
    }),
  ),
];

function permitted(name: string, what: string, make: Attack['make'], because?: string): Attack {
  return {
    family: 'Permitted',
    name: `permitted-${name}`,
    what,
    expected: 'valid',
    make,
    ...(because === undefined ? {} : { because }),
  };
}
