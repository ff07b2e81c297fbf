/** A change in a sentence that a clerk understands. */
import type { Change } from '../../contract/model/verification.ts';

type Unspoken = Omit<Change, 'objects' | 'sentence'>;

/** Annotation types (ISO 32000-2 table 171) as people call them. */
const ANNOTATION_WORDS: Readonly<Record<string, string>> = {
  Text: 'a note',
  Link: 'a link',
  FreeText: 'a text box',
  Highlight: 'a highlighting',
  Underline: 'an underlining',
  StrikeOut: 'a strike-out',
  Squiggly: 'a squiggly line',
  Stamp: 'a stamp',
  Ink: 'a drawing',
  FileAttachment: 'an attached file',
  Popup: 'the window of a note',
  Redact: 'a redaction',
  Caret: 'an insertion mark',
  Line: 'a line',
  Square: 'a rectangle',
  Circle: 'an ellipse',
  Polygon: 'a polygon',
  PolyLine: 'a line of several parts',
  Watermark: 'a watermark',
  Sound: 'a sound',
  Movie: 'a film',
  Screen: 'a screen for media',
  RichMedia: 'rich media',
  '3D': 'a model in three dimensions',
  Widget: 'a form element that belongs to no form',
};

const REASONS: Readonly<Record<NonNullable<Change['reason']>, string>> = {
  certification: ', which its author does not permit',
  fieldLock: ', although a signature locked it',
  coversSignedContent: '; it covers what was there when it was signed',
  coversPicture: '; it lies over a picture that fills the page, such as a scan',
  coversEarlierSignature: '; it lies over the mark of an earlier signature',
  drawsOnPage: '; it can draw over what was signed',
  visibleAfterCertification: '; it shows, in a document whose author certified how it looks',
  notVerified: '; it shows a mark, but there is no signature of its own that verifies',
  acts: '; it does something when it is used, seen or opened',
};

const SENTENCES: Readonly<Record<Change['kind'], (change: Unspoken) => string>> = {
  signatureAdded: ({ field, page }) => `The signature “${field}” was added${showing(page)}`,
  signatureCopied: ({ field, page }) =>
    `The field “${field}” shows a copy of another signature, nobody signed there${on(page)}`,
  signatureChanged: ({ field }) => `The signature “${field}” was changed after it was made`,
  signatureRemoved: ({ field }) => `The signature “${field}” was removed`,
  documentTimestampAdded: ({ field }) => `The document time stamp “${field}” was added`,
  validationDataAdded: () => 'Validation data (certificates, revocation lists) were added',
  validationDataChanged: () => 'Validation data were changed or removed',
  fieldFilled: ({ field }) => `The form field “${field}” was filled in`,
  fieldOverwritten: ({ field }) =>
    `The form field “${field}”, filled in when it was signed, has another value now`,
  fieldRedesigned: ({ field }) => `The form field “${field}” shows or does something else now`,
  fieldAdded: ({ field, page }) => `The form field “${field}” was added${on(page)}`,
  fieldRemoved: ({ field, page }) => `The form field “${field ?? 'without a name'}” was removed${on(page)}`,
  annotationAdded: ({ page, detail }) => `${capital(annotation(detail))} was added${on(page)}`,
  annotationChanged: ({ page, detail }) => `${capital(annotation(detail))} was changed${on(page)}`,
  annotationRemoved: ({ page, detail }) => `${capital(annotation(detail))} was removed${on(page)}`,
  pageContentChanged: ({ page }) => `What ${pages(page)} was changed`,
  pageSettingChanged: ({ page, detail }) => `A setting (${detail})${of(page)} was changed`,
  pageAdded: ({ page }) => `Page ${page} was added`,
  pageRemoved: () => 'A page was removed',
  pagesReordered: () => 'The pages were put into another order',
  layersChanged: () => 'Layers of the pages were changed: other parts of them may show',
  actionAdded: () => 'Something that runs when the document is opened was added or changed',
  permissionsChanged: () => 'What the author permits was changed',
  documentInformationChanged: () => 'Title, dates or other information about the document was changed',
  documentSettingChanged: ({ detail }) => `A setting (${detail}) of the document was changed`,
  formSettingChanged: ({ detail }) => `A setting (${detail}) of the form was changed`,
  catalogReplaced: () => 'The whole document was exchanged for another one',
  encryptionChanged: () => 'The encryption of the document was changed',
  technicalDeclarationAdded: () => 'A technical declaration (version, extensions) was added',
  hiddenContentActivated: ({ page }) =>
    `Content that was hidden in the file when it was signed was made visible${on(page)}`,
  unusedObjectAdded: () => 'Data that nothing in the document uses was added, changed or removed',
  ambiguousObject: () => 'Data was added that programs read in different ways',
  unaccountedBytes: () => 'Data was added that belongs to no part of the document',
  revisionsNotContinued: () => 'The present document does not continue the signed one, it goes round it',
  unreadable: () => 'A part of the document was made unreadable',
};

export function sentenceOf(change: Unspoken): string {
  const reason = change.reason === undefined ? '' : REASONS[change.reason];
  return `${SENTENCES[change.kind](change)}${reason}.`;
}

const on = (page: number | undefined): string => (page === undefined ? '' : ` on page ${page}`);
const of = (page: number | undefined): string => (page === undefined ? ' of the pages' : ` of page ${page}`);
const showing = (page: number | undefined): string =>
  page === undefined ? ', which does not show on a page' : `, which shows on page ${page}`;
const pages = (page: number | undefined): string =>
  page === undefined ? 'the pages show' : `page ${page} shows`;
const annotation = (type: string | undefined): string =>
  ANNOTATION_WORDS[type ?? ''] ?? `an annotation (${type ?? 'of an unknown kind'})`;
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
