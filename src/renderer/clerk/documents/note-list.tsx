import { useTranslation } from 'react-i18next';
import { type DocumentNote, needsAttention } from '../../../contract/model/document-notes.ts';
import { rangesInWords } from '../../../contract/model/page-ranges.ts';
import styles from './documents.module.css';

/** What the clerk should know about a document before the customer signs it. */
export function NoteList({ notes }: { readonly notes: readonly DocumentNote[] }) {
  const { t, i18n } = useTranslation('clerk');
  const shown = notes.filter(needsAttention);
  if (shown.length === 0) return null;
  const list = new Intl.ListFormat(i18n.language);
  const inWords = (note: DocumentNote): string => {
    const uses = 'uses' in note ? list.format(note.uses.map((use) => t(`restrictedUses.${use}`))) : '';
    return t(`notes.${note.code}`, { ...note, names: list.format(namesIn(note)), uses });
  };
  return (
    <ul className={styles.notes}>
      {shown.map((note) => (
        <li key={note.code}>{inWords(note)}</li>
      ))}
    </ul>
  );
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
