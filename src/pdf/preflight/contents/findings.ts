/** What the dictionaries of a document give away: actions, typefaces, attachments. */
import type { ObjectReader } from '../../read/object-reader.ts';
import { dictionaryOf, entryOf, nameOf, type PdfDictionary } from '../../syntax/values.ts';

/** Actions that reach beyond the document (ISO 32000-2 table 201). */
const DATA_ACTIONS: readonly string[] = ['SubmitForm', 'ImportData', 'GoToR', 'GoToE'];
const SIMPLE_FONTS: readonly string[] = ['Type1', 'MMType1', 'TrueType', 'CIDFontType0', 'CIDFontType2'];
/** Every viewer has these, or one of the same widths (ISO 32000-1 §9.6.2.2). */
const STANDARD_FONT = /^(Courier|Helvetica|Times|Symbol|ZapfDingbats|Arial|TimesNewRoman|CourierNew)\b/;
const SUBSET_TAG = /^[A-Z]{6}\+/;

export class Findings {
  scripts = 0;
  launches = 0;
  dataActions = 0;
  attachments = 0;
  readonly fontsNotEmbedded = new Set<string>();
  readonly #reader: ObjectReader;

  constructor(reader: ObjectReader) {
    this.#reader = reader;
  }

  async look(dictionary: PdfDictionary): Promise<void> {
    this.#lookForAction(nameOf(entryOf(dictionary, 'S')), dictionary);
    const type = nameOf(entryOf(dictionary, 'Type'));
    if (type === 'Font') await this.#lookAtFont(dictionary);
    if (dictionary.entries.has('EF')) this.attachments += 1;
  }

  #lookForAction(kind: string | undefined, dictionary: PdfDictionary): void {
    // A rendition action may carry a script too (table 218).
    if (kind === 'JavaScript' || dictionary.entries.has('JS')) this.scripts += 1;
    else if (kind === 'Launch') this.launches += 1;
    else if (kind !== undefined && DATA_ACTIONS.includes(kind)) this.dataActions += 1;
  }

  async #lookAtFont(font: PdfDictionary): Promise<void> {
    if (!SIMPLE_FONTS.includes(nameOf(entryOf(font, 'Subtype')) ?? '')) return;
    const name = (nameOf(entryOf(font, 'BaseFont')) ?? '').replace(SUBSET_TAG, '');
    if (STANDARD_FONT.test(name)) return;
    const descriptor = dictionaryOf(await this.#reader.lookup(font, 'FontDescriptor'));
    const isEmbedded = ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor?.entries.has(key));
    if (!isEmbedded && name !== '') this.fontsNotEmbedded.add(name);
  }
}
