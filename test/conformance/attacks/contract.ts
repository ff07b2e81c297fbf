/** The document that is attacked: a contract with a form, and with everything that shadow attacks plant beforehand. */
import { type Objects, stream, writePdf } from './pdf-text.ts';

/** Object numbers, by what they are. */
export const PART = Object.freeze({
  catalog: 1,
  pages: 2,
  page: 3,
  content: 4,
  font: 5,
  overlay: 6,
  information: 7,
  hiddenContent: 8,
  form: 9,
  hiddenPage: 10,
  stamp: 11,
  shownLayer: 12,
  hiddenLayer: 13,
  amount: 14,
  payee: 15,
  formFont: 16,
  stampLook: 17,
  payeeLook: 18,
  /** Named as something to draw, but not there: an update may bring it. */
  missing: 60,
  /** The first number that nothing uses. */
  free: 70,
});

const SAID = 'BT /F1 18 Tf 72 700 Td (Pay 100 EUR to Alice) Tj ET';
export const FORGED_CONTENT = stream('BT /F1 18 Tf 72 700 Td (Pay 900 EUR to Mallory) Tj ET');

export const CATALOG_REST =
  '/Pages 2 0 R /OCProperties <</OCGs [12 0 R 13 0 R] /D <</ON [12 0 R] /OFF [13 0 R]>>>>';

export const PAGE =
  '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [11 0 R 14 0 R 15 0 R] ' +
  '/Resources <</Font <</F1 5 0 R>> /XObject <</Overlay 6 0 R>> ' +
  '/Properties <</Shown 12 0 R /Hidden 13 0 R>>>>>>';

export const font = (name: string): string =>
  `<</Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding>>`;

export const drawing = (data: string, width: number, height: number): string =>
  stream(
    data,
    `/Type /XObject /Subtype /Form /BBox [0 0 ${width} ${height}] /Resources <</Font <</F1 5 0 R>>>> `,
  );

const textField = (name: string, y: number, rest: string): string =>
  `<</Type /Annot /Subtype /Widget /FT /Tx /T (${name}) /F 4 /Rect [72 ${y} 272 ${y + 20}] /P 3 0 R ` +
  `/DA (/Helv 12 Tf 0 g) ${rest}>>`;

export const amountField = (rest: string): string => textField('amount', 600, rest);
export const payeeField = (rest: string): string => textField('payee', 570, rest);

export const CONTRACT_OBJECTS: Objects = {
  [PART.catalog]: `<</Type /Catalog ${CATALOG_REST} /AcroForm 9 0 R>>`,
  [PART.pages]: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
  [PART.page]: PAGE,
  [PART.content]: stream(
    `${SAID}\nBT /F1 12 Tf 72 660 Td (and 900 EUR to Mallory) Tj ET\n/Overlay Do\n` +
      '/OC /Shown BDC BT /F1 12 Tf 72 630 Td (within 30 days) Tj ET EMC\n' +
      '/OC /Hidden BDC BT /F1 12 Tf 72 640 Td (at once) Tj ET EMC',
  ),
  [PART.font]: font('Helvetica'),
  [PART.overlay]: stream(
    '1 1 1 rg 60 655 300 20 re f',
    '/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources <<>> ',
  ),
  [PART.information]: '<</Title (Contract)>>',
  [PART.hiddenContent]: FORGED_CONTENT,
  [PART.form]: '<</Fields [14 0 R 15 0 R] /DR <</Font <</Helv 16 0 R>>>> /DA (/Helv 12 Tf 0 g)>>',
  [PART.hiddenPage]:
    '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 8 0 R /Resources <</Font <</F1 5 0 R>>>>>>',
  [PART.stamp]: '<</Type /Annot /Subtype /Stamp /F 4 /Rect [300 690 500 720] /P 3 0 R /AP <</N 17 0 R>>>>',
  [PART.shownLayer]: '<</Type /OCG /Name (Shown)>>',
  [PART.hiddenLayer]: '<</Type /OCG /Name (Hidden)>>',
  [PART.amount]: amountField(''),
  [PART.payee]: payeeField('/V (Alice) /AP <</N 18 0 R>>'),
  [PART.formFont]: font('Helvetica'),
  [PART.stampLook]: drawing('BT /F1 14 Tf 2 8 Td (draft, not binding) Tj ET', 200, 30),
  [PART.payeeLook]: drawing('BT /F1 12 Tf 2 5 Td (Alice) Tj ET', 200, 20),
};

export const CONTRACT_TRAILER =
  '/Root 1 0 R /Info 7 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>]';

export const contract = (): Buffer => writePdf(CONTRACT_OBJECTS, CONTRACT_TRAILER);

/** The contract, with a drawing on its page that the file lacks: anyone who adds the object draws on the page. */
export const contractWithGap = (): Buffer =>
  writePdf(
    {
      ...CONTRACT_OBJECTS,
      [PART.page]: PAGE.replace('/Overlay 6 0 R', `/Overlay 6 0 R /Extra ${PART.missing} 0 R`),
      [PART.content]: stream(`${SAID}\n/Overlay Do\n/Extra Do`),
    },
    CONTRACT_TRAILER,
  );
