/** Marks that nobody signed: what an update draws on a signed page, or lets happen there, under the name of something harmless. */
import type { Attack } from './attack.ts';
import { PART } from './contract.ts';
import { MUTATIONS } from './mark-mutations.ts';
import { PLAIN, type Variant, withAction, withVariant } from './mark-variants.ts';
import { appendRevision, objectText } from './pdf-text.ts';

const family = 'Marks';

const NOT_ONE_OF_THEIRS =
  'pyHanko permits new signature fields without asking what they show. Nobody signed here, and the page looks as if somebody had.';

function added(
  name: string,
  what: string,
  variant: Partial<Variant>,
  rest: Pick<Attack, 'expected'> & Partial<Attack>,
): Attack {
  return { family, name, what, make: ({ signed }) => withVariant(signed, { ...PLAIN, ...variant }), ...rest };
}

const annotation = (name: string, what: string, variant: Partial<Variant>, because?: string): Attack =>
  added(name, what, variant, {
    expected: 'undecided',
    finding: 'annotationAdded',
    ...(because === undefined ? {} : { because }),
  });

const emptyField = { what: 'signatureField', type: 'Widget', look: 'normal' } as const;

/** Three fields that nobody signed, each over a third of the page. */
function tiled(file: Buffer): Buffer {
  const looks = [281, 562, 842].map((top, index) => ({ field: 90 + index, look: 95 + index, top }));
  const names = (key: 'Annots' | 'Fields', part: number): string =>
    looks.reduce(
      (text, { field }) => text.replace(new RegExp(`/${key} ?\\[`), `/${key} [${field} 0 R `),
      objectText(file, part),
    );
  return appendRevision(file, {
    [PART.page]: names('Annots', PART.page),
    [PART.form]: names('Fields', PART.form),
    ...Object.fromEntries(
      looks.flatMap(({ field, look, top }) => [
        [
          field,
          `<</Type /Annot /Subtype /Widget /FT /Sig /T (T${field}) /F 132 /Rect [0 ${top - 281} 595 ${top}] /P 3 0 R /AP <</N ${look} 0 R>>>>`,
        ],
        [
          look,
          '<</Type /XObject /Subtype /Form /BBox [0 0 595 281] /Length 25>>\nstream\n1 1 1 rg 0 0 595 281 re f \nendstream',
        ],
      ]),
    ),
  });
}

const mutation = (name: string): Attack['make'] => {
  const found = MUTATIONS.find((one) => one.name === name);
  if (!found) throw new Error(`there is no change called ${name}`);
  return ({ signed }) => found.make(signed);
};

export const MARKS: readonly Attack[] = [
  added('mark-empty-field', 'a new signature field that nobody signed covers the text', emptyField, {
    expected: 'undecided',
    finding: 'fieldAdded',
    because: NOT_ONE_OF_THEIRS,
  }),
  added(
    'mark-empty-field-beside',
    'the same, where the page is blank',
    { ...emptyField, place: 'blank' },
    { expected: 'undecided', finding: 'fieldAdded', because: NOT_ONE_OF_THEIRS },
  ),
  {
    family,
    name: 'mark-tiles',
    what: 'three such fields replace the whole page',
    expected: 'undecided',
    finding: 'fieldAdded',
    because: NOT_ONE_OF_THEIRS,
    make: ({ signed }) => tiled(signed),
  },
  added(
    'mark-field-as-kid',
    'the same with a widget of its own',
    { ...emptyField, shape: 'kid' },
    {
      expected: 'undecided',
      finding: 'fieldAdded',
      because: NOT_ONE_OF_THEIRS,
    },
  ),
  added(
    'mark-field-characteristics',
    'a new signature field with a background, and without a picture',
    { ...emptyField, look: 'characteristics' },
    { expected: 'undecided', finding: 'fieldAdded', because: NOT_ONE_OF_THEIRS },
  ),
  added(
    'mark-clone',
    'a second field shows the value of the signature, with a mark of its own',
    { ...emptyField, place: 'blank', value: 'clone' },
    { expected: 'invalid', finding: 'signatureCopied' },
  ),
  added(
    'mark-clone-invisible',
    'a second field shows the value of the signature, and nothing else',
    { ...emptyField, look: 'none', value: 'clone' },
    { expected: 'invalid', finding: 'signatureCopied' },
  ),
  added(
    'mark-clone-inherited',
    'a second field inherits the value of the signature',
    { ...emptyField, shape: 'deep', value: 'clone' },
    { expected: 'invalid', finding: 'signatureCopied' },
  ),
  added(
    'mark-copy',
    'a second field has a copy of the signature dictionary',
    { ...emptyField, place: 'blank', value: 'copy' },
    {
      expected: 'invalid',
      finding: 'signatureCopied',
      because:
        'DSS passes it: it finds the value in the place that the range names, and does not ask for which field it was made.',
    },
  ),
  annotation('mark-link-default', 'a link that says nothing of its border, which is one unit wide', {}),
  annotation('mark-link-wide', 'a link with a white border of 60 units over the text', { border: 'wide' }),
  annotation('mark-highlight', 'a black highlighting over the text', { type: 'Highlight' }),
  annotation('mark-underline', 'an underlining', { type: 'Underline' }),
  annotation('mark-strikeout', 'a strike-out through the text', { type: 'StrikeOut' }),
  annotation('mark-caret', 'an insertion mark', { type: 'Caret', look: 'normal' }),
  annotation('mark-note', 'a note, which shows as an icon', { type: 'Text' }),
  annotation('mark-popup', 'the open window of a note', { type: 'Popup', isOpen: true }),
  annotation('mark-stamp', 'a stamp', { type: 'Stamp', look: 'normal' }),
  annotation('mark-no-view', 'a stamp that shows on paper only', {
    type: 'Stamp',
    look: 'normal',
    flags: 36,
  }),
  annotation('mark-attachment', 'an attached file, which shows as an icon', { type: 'FileAttachment' }),
  annotation('mark-flat', 'a stamp whose rectangle has no height', {
    type: 'Stamp',
    look: 'normal',
    place: 'line',
  }),
  annotation(
    'mark-placeless',
    'a stamp without a rectangle',
    { type: 'Stamp', look: 'turned', place: 'missing' },
    'DSS compares annotations by their rectangles. Where a viewer draws one that has none, nobody can tell.',
  ),
  {
    family,
    name: 'mark-listed-twice',
    what: 'the stamp that was signed is listed a second time, over what lay above it',
    expected: 'invalid',
    finding: 'annotationChanged',
    make: mutation('an annotation listed twice'),
  },
  {
    family,
    name: 'mark-need-appearances',
    what: 'the viewer is to draw all fields in its own way',
    expected: 'undecided',
    finding: 'formSettingChanged',
    because:
      'pyHanko takes it for a part of filling in, DSS only warns (1). A viewer that draws the fields itself may show what nobody signed.',
    make: mutation('the form is to be drawn by the viewer'),
  },
  ...(['javaScript', 'launch', 'additional', 'thenMore'] as const).map(
    (action): Attack => ({
      family,
      name: `mark-link-${action}`,
      what: `an invisible link over the page, with an action (${actionWords(action)})`,
      expected: 'undecided',
      finding: 'annotationAdded',
      make: ({ signed }) => withAction(signed, 'link', action),
    }),
  ),
  {
    family,
    name: 'mark-field-script',
    what: 'a new signature field, invisible, that runs a script',
    expected: 'undecided',
    finding: 'fieldAdded',
    because: 'pyHanko does not ask what a new signature field does, DSS only warns (1).',
    make: ({ signed }) => withAction(signed, 'field', 'javaScript'),
  },
  {
    family,
    name: 'mark-signed-over-text',
    what: 'a second signature, sound in itself, whose mark covers the text',
    expected: 'undecided',
    finding: 'signatureAdded',
    because:
      'They ask whether somebody signed, not what the mark hides. Anyone who has any certificate could rewrite the page above it: a person must look.',
    make: ({ marked }) => marked.overText,
  },
];

function actionWords(action: string): string {
  return (
    { javaScript: 'a script', launch: 'a program', additional: 'a script under the mouse' }[action] ??
    'a script behind a jump within the document'
  );
}

export const UNMARKED: readonly Attack[] = [
  {
    family: 'Permitted',
    name: 'permitted-marked',
    what: 'a second signature with a mark where the page is blank',
    expected: 'valid',
    make: ({ marked }) => marked.blank,
  },
  {
    family: 'Permitted',
    name: 'permitted-empty-field',
    what: 'a new signature field that shows nothing, for somebody who will sign later',
    expected: 'valid',
    make: ({ signed }) => withVariant(signed, { ...PLAIN, ...emptyField, look: 'none', place: 'blank' }),
  },
  {
    family: 'Permitted',
    name: 'permitted-quiet-link',
    what: 'a link without a border to a place in the same document',
    expected: 'valid',
    because: 'Nothing shows and nothing happens. pyHanko knows no permitted annotations at all.',
    make: ({ signed }) => withVariant(signed, { ...PLAIN, border: 'none' }),
  },
  {
    family: 'Permitted',
    name: 'permitted-store-replaced',
    what: 'validation data, whose object a later version replaces by a longer one',
    expected: 'valid',
    make: ({ signed }) => {
      const catalog = objectText(signed, PART.catalog);
      const first = appendRevision(signed, {
        [PART.catalog]: catalog.replace(/^<</, '<</DSS 91 0 R '),
        90: CERTIFICATE,
        91: '<</Certs [90 0 R]>>',
      });
      return appendRevision(first, {
        [PART.catalog]: catalog.replace(/^<</, '<</DSS 93 0 R '),
        92: CERTIFICATE,
        93: '<</Certs [90 0 R 92 0 R]>>',
      });
    },
  },
  {
    family: 'Permitted',
    name: 'permitted-level-raised',
    what: 'nothing is permitted; the extension of the format is raised by a level',
    expected: 'valid',
    make: ({ certified }) => {
      const declared = (level: number) =>
        objectText(certified[1], PART.catalog).replace(
          /^<</,
          `<</Extensions <</ESIC <</BaseVersion /1.7 /ExtensionLevel ${level}>>>> `,
        );
      return appendRevision(appendRevision(certified[1], { [PART.catalog]: declared(1) }), {
        [PART.catalog]: declared(5),
      });
    },
  },
  {
    family: 'Permitted',
    name: 'permitted-catalog-renumbered',
    what: 'the catalog is written again under another number',
    expected: 'valid',
    make: ({ signed }) =>
      appendRevision(
        signed,
        { 90: objectText(signed, PART.catalog) },
        { trailer: '/Root 90 0 R /Info 7 0 R' },
      ),
  },
];

const CERTIFICATE = '<</Length 17>>\nstream\nnot a certificate\nendstream';
