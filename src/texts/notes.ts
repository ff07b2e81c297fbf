import type { TFunction } from 'i18next';
import type english from '../../resources/locales/en/notes.json';
import type { DocumentNote } from '../contract/model/document-notes.ts';
import { rangesInWords } from '../contract/model/page-ranges.ts';
import { byLanguage } from './by-language.ts';

export const notesTexts = byLanguage(
  import.meta.glob<typeof english>('../../resources/locales/*/notes.json', {
    eager: true,
    import: 'default',
  }),
);

/** A note on a document in a sentence. @param t of the notes, in `language` */
export function noteInWords(note: DocumentNote, t: TFunction<'notes'>, language: string): string {
  const list = new Intl.ListFormat(language);
  const uses = 'uses' in note ? list.format(note.uses.map((use) => t(`uses.${use}`))) : '';
  const names = list.format(namesIn(note));
  const key = note.code === 'layers' && note.hidden > 0 ? 'layersHidden' : note.code;
  return t(key, { part: '', hidden: 0, layers: 0, files: 0, revisions: 0, ...note, names, uses });
}

function namesIn(note: DocumentNote): readonly string[] {
  switch (note.code) {
    case 'alreadySigned':
      return note.signers;
    case 'changedAfterSigning':
    case 'valuesDiffer':
      return note.fields;
    case 'incompletePages':
    case 'drawnDifferently':
    case 'printDiffers':
      return rangesInWords(note.pages);
    case 'fontsNotEmbedded':
      return note.fonts;
    case 'emptySignatureFields':
      return note.fields.map(({ name }) => name);
    default:
      return [];
  }
}
