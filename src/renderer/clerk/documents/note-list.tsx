import { useTranslation } from 'react-i18next';
import { type DocumentNote, needsAttention } from '../../../contract/model/document-notes.ts';
import { noteInWords } from '../../../texts/notes.ts';
import styles from './documents.module.css';

/** What the clerk should know about a document before the customer signs it. */
export function NoteList({ notes }: { readonly notes: readonly DocumentNote[] }) {
  const { t, i18n } = useTranslation('notes');
  const shown = notes.filter(needsAttention);
  if (shown.length === 0) return null;
  return (
    <ul className={styles.notes}>
      {shown.map((note) => (
        <li key={note.code}>{noteInWords(note, t, i18n.language)}</li>
      ))}
    </ul>
  );
}
