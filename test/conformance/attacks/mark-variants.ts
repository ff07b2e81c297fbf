/** Everything that an update can bring to put a mark on a page, in parts that are combined at will. */
import fc from 'fast-check';
import { drawing, PART } from './contract.ts';
import { signatureNumber } from './incremental-saving.ts';
import { appendRevision, type Objects, objectText, stream } from './pdf-text.ts';

const [MARK, LOOK, EMPTY_LOOK, FLAT_LOOK, TURNED_LOOK, VALUE, KID, SCRIPT] = [80, 81, 82, 83, 84, 85, 86, 87];

/** Annotation types (ISO 32000-2 table 171) with what they need to be drawn by a viewer. */
export const TYPES: Readonly<Record<string, string>> = {
  Text: '/Contents (Well done) /Name /Comment',
  Link: '/C [1 1 1]',
  FreeText: '/DA (/Helv 18 Tf 1 0 0 rg) /Contents (Pay 900 EUR)',
  Line: '/L [70 700 390 715] /C [1 0 0]',
  Square: '/C [1 0 0] /IC [0 0 0]',
  Circle: '/C [1 0 0] /IC [0 0 0]',
  Polygon: '/Vertices [70 695 390 695 200 720] /C [1 0 0] /IC [0 0 0]',
  PolyLine: '/Vertices [70 695 390 695 200 720] /C [1 0 0]',
  Highlight: '/QuadPoints [60 725 400 725 60 690 400 690] /C [0 0 0]',
  Underline: '/QuadPoints [60 725 400 725 60 690 400 690] /C [0 0 0]',
  Squiggly: '/QuadPoints [60 725 400 725 60 690 400 690] /C [0 0 0]',
  StrikeOut: '/QuadPoints [60 725 400 725 60 690 400 690] /C [0 0 0]',
  Stamp: '/Name /Approved',
  Caret: '/C [1 0 0]',
  Ink: '/InkList [[70 700 200 715 390 700]] /C [1 0 0]',
  Popup: '',
  FileAttachment: '/FS <</Type /Filespec /F (a.txt)>> /Name /PushPin',
  Sound: '/Sound 82 0 R /Name /Speaker',
  Movie: '/Movie <</F (a.mpg)>>',
  Screen: '/T (Screen)',
  Widget: '/FT /Tx /T (loose) /V (900) /DA (/Helv 12 Tf 0 g)',
  PrinterMark: '',
  TrapNet: '/Version [] /AnnotStates []',
  Watermark: '',
  '3D': '/3DD 82 0 R',
  RichMedia: '',
  Redact: '/QuadPoints [60 725 400 725 60 690 400 690] /IC [0 0 0] /OverlayText (gone)',
  Projection: '',
  Unheard: '',
};

/** Ways of bringing a picture. */
const LOOKS: Readonly<Record<string, string>> = {
  none: '',
  normal: `/AP <</N ${LOOK} 0 R>>`,
  states: `/AP <</N <</On ${LOOK} 0 R /Off ${EMPTY_LOOK} 0 R>>>> /AS /On`,
  otherState: `/AP <</N <</On ${LOOK} 0 R /Off ${EMPTY_LOOK} 0 R>>>> /AS /Off`,
  rollover: `/AP <</N ${EMPTY_LOOK} 0 R /R ${LOOK} 0 R /D ${LOOK} 0 R>>`,
  characteristics: '/MK <</BG [0 0 0] /BC [1 0 0]>>',
  flatBox: `/AP <</N ${FLAT_LOOK} 0 R>>`,
  turned: `/AP <</N ${TURNED_LOOK} 0 R>>`,
};

/** Rectangles: over the text, beside it, and some that only seem to have no place. */
const PLACES: Readonly<Record<string, string>> = {
  text: '/Rect [60 690 400 725]',
  blank: '/Rect [60 100 400 135]',
  inverted: '/Rect [400 725 60 690]',
  point: '/Rect [60 690 60 690]',
  line: '/Rect [60 706 400 706]',
  missing: '',
  damaged: '/Rect [60 690]',
  outside: '/Rect [900 900 1000 1000]',
  field: '/Rect [72 570 272 590]',
  page: '/Rect [0 0 595 842]',
};

const BORDERS: Readonly<Record<string, string>> = {
  unsaid: '',
  none: '/Border [0 0 0]',
  styleNone: '/BS <</W 0>>',
  wide: '/Border [0 0 60]',
  style: '/BS <</W 5>>',
  styleUnsaid: '/BS <</S /S>>',
  noneButStyle: '/Border [0 0 0] /BS <</W 9>>',
  badStyle: '/BS <</Type /Bored /W 0>>',
};

const FLAGS = [4, 0, 1, 2, 6, 32, 36, 256, 288, 132, 28] as const;

const VALUES: Readonly<Record<string, (file: Buffer) => string>> = {
  none: () => '',
  null: () => '/V null',
  text: () => '/V (signed)',
  empty: () => '/V <<>>',
  bogus: () => `/V ${VALUE} 0 R`,
  clone: (file) => `/V ${signatureNumber(file)} 0 R`,
  copy: (file) => `/V ${objectText(file, signatureNumber(file))}`,
};

const SHAPES = ['merged', 'kid', 'unlisted', 'deep'] as const;

export interface Variant {
  readonly what: 'annotation' | 'signatureField';
  readonly type: string;
  readonly look: string;
  readonly place: string;
  readonly border: string;
  readonly flags: number;
  readonly value: string;
  readonly shape: (typeof SHAPES)[number];
  readonly isOpen: boolean;
}

const oneOf = (table: object) => fc.constantFrom(...Object.keys(table));

export const anyVariant = fc.record<Variant>({
  what: fc.constantFrom('annotation', 'annotation', 'signatureField'),
  type: oneOf(TYPES),
  look: oneOf(LOOKS),
  place: oneOf(PLACES),
  border: oneOf(BORDERS),
  flags: fc.constantFrom(...FLAGS),
  value: oneOf(VALUES),
  shape: fc.constantFrom(...SHAPES),
  isOpen: fc.boolean(),
});

export const PLAIN: Variant = Object.freeze({
  what: 'annotation',
  type: 'Link',
  look: 'none',
  place: 'text',
  border: 'unsaid',
  flags: 4,
  value: 'none',
  shape: 'merged',
  isOpen: false,
});

/** Each type as its viewers draw it, and with a picture of its own, over the text. */
export const PLAIN_VARIANTS: readonly Variant[] = Object.keys(TYPES).flatMap((type) =>
  ['none', 'normal'].map((look) => ({ ...PLAIN, type, look })),
);

const PICTURE = '1 1 1 rg 0 0 340 35 re f 0 g BT /F1 18 Tf 12 10 Td (Pay 900 EUR to Mallory) Tj ET';
const form = (data: string, box: string, rest = ''): string =>
  stream(data, `/Type /XObject /Subtype /Form /BBox ${box} ${rest} /Resources <</Font <</F1 5 0 R>>>> `);

/** Objects that a variant may refer to; nothing is added that it does not. */
const PARTS: Objects = {
  [LOOK]: drawing(PICTURE, 340, 35),
  [EMPTY_LOOK]: drawing('', 340, 35),
  [FLAT_LOOK]: form(`5 w 0 0 m 340 0 l S ${PICTURE}`, '[0 0 340 0]'),
  [TURNED_LOOK]: form(PICTURE, '[0 0 340 35]', '/Matrix [0 1 -1 0 60 690]'),
  [VALUE]:
    '<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 10 20 10] /Contents <00>>>',
  [SCRIPT]: '<</S /JavaScript /JS (x)>>',
};

function updated(file: Buffer, objects: Objects): Buffer {
  const text = Object.values(objects).join();
  const used = Object.entries(PARTS).filter(([number]) => text.includes(` ${number} 0 R`));
  return appendRevision(file, { ...objects, ...Object.fromEntries(used) });
}

/** The signed file with the variant added by an update. */
export function withVariant(file: Buffer, variant: Variant): Buffer {
  return variant.what === 'annotation' ? withAnnotation(file, variant) : withSignatureField(file, variant);
}

function withAnnotation(file: Buffer, variant: Variant): Buffer {
  const { type, look, place, border, flags, isOpen } = variant;
  return updated(file, {
    [PART.page]: listed(file, PART.page, 'Annots', MARK),
    [MARK]:
      `<</Type /Annot /Subtype /${type} /F ${flags} ${PLACES[place]} /P 3 0 R ${TYPES[type]} ${LOOKS[look]} ` +
      `${BORDERS[border]} ${isOpen ? '/Open true' : ''}>>`,
  });
}

function withSignatureField(file: Buffer, variant: Variant): Buffer {
  const { look, place, border, flags, value, shape } = variant;
  const widget = `/Type /Annot /Subtype /Widget /F ${flags} ${PLACES[place]} /P 3 0 R ${LOOKS[look]} ${BORDERS[border]}`;
  const held = VALUES[value]?.(file) ?? '';
  const root = {
    [PART.form]: listed(file, PART.form, 'Fields', MARK),
  };
  switch (shape) {
    case 'kid':
      return updated(file, {
        ...root,
        [PART.page]: listed(file, PART.page, 'Annots', KID),
        [MARK]: `<</FT /Sig /T (CEO) /Kids [${KID} 0 R] ${held}>>`,
        [KID]: `<<${widget} /Parent ${MARK} 0 R>>`,
      });
    case 'deep':
      return updated(file, {
        ...root,
        [PART.page]: listed(file, PART.page, 'Annots', KID),
        [MARK]: `<</T (Board) /FT /Sig ${held} /Kids [${KID} 0 R]>>`,
        [KID]: `<<${widget} /T (CEO) /Parent ${MARK} 0 R>>`,
      });
    case 'unlisted':
      return updated(file, {
        ...root,
        [PART.form]: objectText(file, PART.form),
        [PART.page]: listed(file, PART.page, 'Annots', MARK),
        [MARK]: `<<${widget} /FT /Sig /T (CEO) ${held}>>`,
      });
    case 'merged':
      return updated(file, {
        ...root,
        [PART.page]: listed(file, PART.page, 'Annots', MARK),
        [MARK]: `<<${widget} /FT /Sig /T (CEO) ${held}>>`,
      });
  }
}

/** The text of an object whose list has one more reference. */
export function listed(file: Buffer, object: number, key: string, number: number): string {
  return objectText(file, object).replace(
    new RegExp(`/${key} ?\\[(.*?)\\]`, 's'),
    (_all, items: string) => `/${key} [${items} ${number} 0 R]`,
  );
}

/** Actions (table 201) as an entry of an annotation or a field. */
export const ACTIONS: Readonly<Record<string, string>> = {
  javaScript: '/A <</S /JavaScript /JS (app.alert\\(1\\))>>',
  launch: '/A <</S /Launch /F (calc.exe)>>',
  uri: '/A <</S /URI /URI (http://example.com/)>>',
  goToR: '/A <</S /GoToR /F (other.pdf) /D [0 /Fit]>>',
  goToE: '/A <</S /GoToE /D [0 /Fit] /T <</R /C /N (a)>>>>',
  submit: '/A <</S /SubmitForm /F (http://example.com/)>>',
  import: '/A <</S /ImportData /F (a.fdf)>>',
  named: '/A <</S /Named /N /Print>>',
  hide: '/A <</S /Hide /T (payee)>>',
  layers: '/A <</S /SetOCGState /State [/ON 13 0 R]>>',
  thenMore: '/A <</S /GoTo /D [3 0 R /Fit] /Next <</S /JavaScript /JS (x)>>>>',
  additional: '/AA <</E <</S /JavaScript /JS (x)>>>>',
  unheard: '/A <</S /Whatever>>',
  indirect: `/A ${SCRIPT} 0 R`,
  missing: '/A 999 0 R',
};

/** An invisible link, or an empty field, that does something. */
export function withAction(file: Buffer, host: 'link' | 'field', action: string): Buffer {
  const entries = host === 'link' ? '/Subtype /Link /Border [0 0 0]' : '/Subtype /Widget /FT /Sig /T (CEO)';
  return updated(file, {
    [PART.page]: listed(file, PART.page, 'Annots', MARK),
    ...(host === 'field' ? { [PART.form]: listed(file, PART.form, 'Fields', MARK) } : {}),
    [MARK]: `<</Type /Annot /Rect [60 690 400 725] /F 4 /P 3 0 R ${entries} ${ACTIONS[action]}>>`,
  });
}
