/** Changes of what a signed page already has, each of which can make it look or behave in another way. */
import { drawing, PART } from './contract.ts';
import { listed } from './mark-variants.ts';
import { appendRevision, type Objects, objectText, stream } from './pdf-text.ts';

export interface Mutation {
  readonly name: string;
  readonly make: (file: Buffer) => Buffer;
}

const LOOK = 81;
const PICTURE = drawing('1 0 0 rg 0 0 200 20 re f', 200, 20);

const rewritten = (
  name: string,
  object: number,
  change: (text: string) => string,
  more: Objects = {},
): Mutation => ({
  name,
  make: (file) => appendRevision(file, { [object]: change(objectText(file, object)), ...more }),
});

/** An entry more at the end of a dictionary. */
const withEntry = (entry: string) => (text: string) => text.replace(/>>\s*$/, ` ${entry}>>`);
const without = (pattern: RegExp) => (text: string) => text.replace(pattern, '');

export const MUTATIONS: readonly Mutation[] = [
  rewritten('page turned', PART.page, withEntry('/Rotate 90')),
  rewritten('page cropped', PART.page, withEntry('/CropBox [0 0 300 842]')),
  rewritten('page with a larger unit', PART.page, withEntry('/UserUnit 2')),
  rewritten('page as a group', PART.page, withEntry('/Group <</S /Transparency /CS /DeviceRGB>>')),
  rewritten('page with an action', PART.page, withEntry('/AA <</O <</S /JavaScript /JS (x)>>>>')),
  rewritten('page with a transition', PART.page, withEntry('/Trans <</S /Dissolve>> /Dur 1')),
  rewritten('media box', PART.page, (text) => text.replace('[0 0 595 842]', '[0 0 595 700]')),
  rewritten('media box inherited', PART.pages, withEntry('/CropBox [0 0 300 842]')),
  rewritten('annotations in another order', PART.page, (text) =>
    text.replace(/\/Annots ?\[11 0 R (.*?)\]/, '/Annots [$1 11 0 R]'),
  ),
  rewritten('an annotation listed twice', PART.page, (text) =>
    text.replace(/\/Annots ?\[(.*?)\]/, '/Annots [$1 11 0 R]'),
  ),
  rewritten('an annotation removed', PART.page, without(/11 0 R/)),
  rewritten('a field removed from the page', PART.page, without(/15 0 R/)),
  rewritten('a stamp moved', PART.stamp, (text) => text.replace('[300 690 500 720]', '[60 690 260 720]')),
  rewritten('a stamp hidden', PART.stamp, (text) => text.replace('/F 4', '/F 2')),
  rewritten('a stamp with another look', PART.stamp, (text) => text.replace('17 0 R', `${LOOK} 0 R`), {
    [LOOK]: PICTURE,
  }),
  rewritten('a stamp turned by its look', PART.stampLook, (text) =>
    text.replace('/BBox', '/Matrix [0 1 -1 0 0 0] /BBox'),
  ),
  rewritten('a stamp on a layer', PART.stamp, withEntry('/OC 13 0 R')),
  rewritten('a stamp that runs a script', PART.stamp, withEntry('/A <</S /JavaScript /JS (x)>>')),
  rewritten('a field with a background', PART.amount, withEntry('/MK <</BG [1 0 0]>>')),
  rewritten('a field with a border', PART.amount, withEntry('/MK <</BC [1 0 0]>> /BS <</W 4>>')),
  rewritten('a field moved', PART.payee, (text) => text.replace('[72 570 272 590]', '[72 700 272 720]')),
  rewritten('a field hidden', PART.payee, (text) => text.replace('/F 4', '/F 2')),
  rewritten('a field with another way of writing', PART.payee, (text) =>
    text.replace('/Helv 12 Tf', '/Helv 24 Tf'),
  ),
  rewritten('a field that runs a script', PART.payee, withEntry('/AA <</K <</S /JavaScript /JS (x)>>>>')),
  rewritten('a field with another look', PART.payee, (text) => text.replace('18 0 R', `${LOOK} 0 R`), {
    [LOOK]: PICTURE,
  }),
  rewritten('a field without its look', PART.payee, without(/\/AP <<.*?>>/)),
  {
    name: 'a field moved to the text and filled in',
    make: (file) =>
      appendRevision(file, {
        [PART.amount]: withEntry(`/V (5) /AP <</N ${LOOK} 0 R>>`)(
          objectText(file, PART.amount).replace('[72 600 272 620]', '[72 700 272 720]'),
        ),
        [LOOK]: PICTURE,
      }),
  },
  {
    name: 'a second widget of a field that is filled in',
    make: (file) =>
      appendRevision(file, {
        [PART.page]: listed(file, PART.page, 'Annots', 82),
        [PART.amount]: withEntry(`/V (5) /Kids [82 0 R]`)(objectText(file, PART.amount)),
        82: `<</Type /Annot /Subtype /Widget /F 4 /Rect [60 690 400 725] /P 3 0 R /Parent 14 0 R /AP <</N ${LOOK} 0 R>>>>`,
        [LOOK]: PICTURE,
      }),
  },
  rewritten('the form is to be drawn by the viewer', PART.form, withEntry('/NeedAppearances true')),
  rewritten('the form with a script of calculations', PART.form, withEntry('/CO [14 0 R]')),
  rewritten('the form with XFA', PART.form, withEntry('/XFA (<xdp/>)')),
  rewritten('a layer shown at the start', PART.catalog, (text) => text.replace('/OFF [13 0 R]', '/OFF []')),
  rewritten('an action on opening', PART.catalog, withEntry('/OpenAction <</S /JavaScript /JS (x)>>')),
  rewritten('additional actions', PART.catalog, withEntry('/AA <</WC <</S /JavaScript /JS (x)>>>>')),
  rewritten(
    'scripts of the document',
    PART.catalog,
    withEntry('/Names <</JavaScript <</Names [(a) <</S /JavaScript /JS (x)>>]>>>>'),
  ),
  rewritten(
    'an embedded file',
    PART.catalog,
    withEntry('/Names <</EmbeddedFiles <</Names [(a) <</F (a)>>]>>>>'),
  ),
  rewritten('a collection', PART.catalog, withEntry('/Collection <</View /T>>')),
  rewritten('preferences of the viewer', PART.catalog, withEntry('/ViewerPreferences <</HideToolbar true>>')),
  rewritten('bookmarks', PART.catalog, withEntry('/Outlines <</First null>>')),
  rewritten('a structure tree', PART.catalog, withEntry('/StructTreeRoot <</Type /StructTreeRoot>>')),
  rewritten('threads', PART.catalog, withEntry('/Threads []')),
  rewritten('the overlay', PART.overlay, () => stream('', '/Type /XObject /Subtype /Form /BBox [0 0 1 1] ')),
];
