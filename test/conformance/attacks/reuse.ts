/** Objects that change without being named by an update, or that become something else than they were. */
import { ownPki, signPdf } from '../../support/own-pki/sign-pdf.ts';
import type { Attack } from './attack.ts';
import { CONTRACT_OBJECTS, CONTRACT_TRAILER, PAGE, PART } from './contract.ts';
import { listed } from './mark-variants.ts';
import { OWN_ROOT } from './own-pki.ts';
import { CONTAINER, objectStream, PACKED, packedContract } from './packed.ts';
import { appendRevision, type Objects, stream, writePdf } from './pdf-text.ts';

const NEW_FIELD = 90;

const signedBelowOwnRoot = (file: Buffer, page = PAGE): Promise<Buffer> =>
  signPdf(ownPki({}, OWN_ROOT), { document: { file, page } });

/** The stamp is moved over the text: the cross-reference of the update names nothing but the stream that holds it. */
async function containerReplaced(): Promise<Buffer> {
  const moved = PACKED[PART.stamp]?.replace('[300 690 500 720]', '[60 690 260 720]') ?? '';
  return appendRevision(await signedBelowOwnRoot(packedContract()), {
    [CONTAINER]: objectStream({ ...PACKED, [PART.stamp]: moved }),
  });
}

/** A page whose drawing has the name /D, by which actions name a page. */
const NAMED = PAGE.replace('/Overlay 6 0 R', `/D ${PART.overlay} 0 R`);
const SAID = stream('BT /F1 18 Tf 72 700 Td (Pay 100 EUR to Alice) Tj ET /D Do');
const FORGED = 'BT /F1 18 Tf 72 500 Td (Pay 900 EUR to Mallory) Tj ET';
const field = (data: string, entries: string): string =>
  stream(
    data,
    `/Type /XObject /Subtype /Form /BBox [0 0 595 842] /T (hidden) ${entries} /Resources <</Font <</F1 5 0 R>>>> `,
  );

const named = (objects: Objects): Promise<Buffer> =>
  signedBelowOwnRoot(
    writePdf({ ...CONTRACT_OBJECTS, [PART.page]: NAMED, [PART.content]: SAID, ...objects }, CONTRACT_TRAILER),
    NAMED,
  );

async function drawingBecomesField(): Promise<Buffer> {
  const signed = await named({});
  return appendRevision(signed, {
    [PART.form]: listed(signed, PART.form, 'Fields', PART.overlay),
    [PART.overlay]: field(FORGED, '/FT /Sig'),
  });
}

async function missingDrawingComesAsField(): Promise<Buffer> {
  const page = NAMED.replace(`/D ${PART.overlay} 0 R`, `/D ${PART.missing} 0 R`);
  const file = writePdf({ ...CONTRACT_OBJECTS, [PART.page]: page, [PART.content]: SAID }, CONTRACT_TRAILER);
  const signed = await signedBelowOwnRoot(file, page);
  return appendRevision(signed, {
    [PART.form]: listed(signed, PART.form, 'Fields', PART.missing),
    [PART.missing]: field(FORGED, '/FT /Sig'),
  });
}

/** A new signature field that nobody signed, with a widget as given. */
function withField(file: Buffer, widget: string, more: Objects = {}, inForm = NEW_FIELD): Buffer {
  return appendRevision(file, {
    [PART.page]: listed(file, PART.page, 'Annots', NEW_FIELD),
    [PART.form]: listed(file, PART.form, 'Fields', inForm),
    [NEW_FIELD]: `<</Type /Annot /F 4 /Rect [60 690 400 725] /P 3 0 R ${widget}>>`,
    ...more,
  });
}

const NOT_WHAT_IT_SHOWS =
  'pyHanko asks for the type of the field, not for what viewers draw, DSS only warns (1).';

const ANOTHER_TYPE: Readonly<Record<string, string>> = {
  FreeText: '/Contents (Pay 900 EUR) /DA (/Helv 18 Tf 0 g)',
  Link: '',
  Text: '/Contents (Pay 900 EUR)',
  Stamp: '',
  FileAttachment: '',
};

const structure = { family: 'Structure', ownRoot: true } as const;
const marks = { family: 'Marks' } as const;

export const REUSE_OF_OBJECTS: readonly Attack[] = [
  {
    ...structure,
    name: 'structure-object-stream',
    what: 'an update with another object stream in the place of the one that holds a stamp',
    expected: 'invalid',
    finding: 'annotationChanged',
    make: containerReplaced,
  },
  {
    ...structure,
    name: 'structure-drawing-becomes-field',
    what: 'a drawing named /D becomes a form field, and shows something else',
    expected: 'invalid',
    finding: 'pageContentChanged',
    make: drawingBecomesField,
  },
  {
    ...structure,
    name: 'structure-missing-drawing-as-field',
    what: 'a drawing named /D that the signed file lacks comes as a form field',
    expected: 'invalid',
    finding: 'pageContentChanged',
    make: missingDrawingComesAsField,
  },
  {
    ...structure,
    name: 'structure-drawn-field',
    what: 'a form field that the page also draws is filled in, and drawn in another way',
    expected: 'invalid',
    finding: 'pageContentChanged',
    make: async () => {
      const form = CONTRACT_OBJECTS[PART.form]?.replace('15 0 R]', '15 0 R 6 0 R]') ?? '';
      const signed = await named({
        [PART.form]: form,
        [PART.overlay]: field(' '.repeat(FORGED.length), '/FT /Tx'),
      });
      return appendRevision(signed, {
        [PART.form]: listed(signed, PART.form, 'Fields', PART.overlay),
        [PART.overlay]: field(FORGED, '/FT /Tx /V (x)'),
      });
    },
  },
];

export const REUSE_OF_MARKS: readonly Attack[] = [
  ...Object.entries(ANOTHER_TYPE).map(
    ([type, entries]): Attack => ({
      ...marks,
      name: `mark-field-as-${type.toLowerCase()}`,
      what: `a new signature field whose annotation is no widget but of the type ${type}`,
      expected: 'undecided',
      finding: 'fieldAdded',
      because: NOT_WHAT_IT_SHOWS,
      make: ({ signed }) => withField(signed, `/Subtype /${type} /FT /Sig /T (CEO) ${entries}`),
    }),
  ),
  {
    ...marks,
    name: 'mark-field-of-another-parent',
    what: 'the widget of a new signature field names a text field as its parent',
    expected: 'undecided',
    finding: 'fieldAdded',
    because: `${NOT_WHAT_IT_SHOWS} Here they draw the text of the other field.`,
    make: ({ signed }) =>
      withField(
        signed,
        `/Subtype /Widget /T (CEO) /DA (/Helv 12 Tf 0 g) /Parent ${PART.payee} 0 R`,
        { 91: `<</FT /Sig /T (Board) /Kids [${NEW_FIELD} 0 R]>>` },
        91,
      ),
  },
  {
    ...marks,
    name: 'mark-stamp-becomes-field',
    what: 'the stamp that was signed becomes an empty signature field, and is gone',
    expected: 'invalid',
    finding: 'annotationChanged',
    make: ({ signed }) =>
      appendRevision(signed, {
        [PART.form]: listed(signed, PART.form, 'Fields', PART.stamp),
        [PART.stamp]:
          '<</Type /Annot /Subtype /Widget /FT /Sig /T (CEO) /F 4 /Rect [300 690 500 720] /P 3 0 R>>',
      }),
  },
  {
    ...marks,
    name: 'mark-text-becomes-signature',
    what: 'a text field that was filled in becomes an empty signature field of another name',
    expected: 'undecided',
    finding: 'fieldRedesigned',
    make: ({ signed }) =>
      appendRevision(signed, {
        [PART.payee]:
          '<</Type /Annot /Subtype /Widget /FT /Sig /T (CEO) /F 4 /Rect [72 570 272 590] /P 3 0 R>>',
      }),
  },
];
