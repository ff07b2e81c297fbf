import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PickedDocument } from '../../../contract/ipc/documents.ts';
import { LazyThumbnail } from '../../document-view/lazy-thumbnail.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useDesk } from '../desk.ts';
import { useErrorText } from '../error-notice.tsx';
import styles from './documents.module.css';
import { NoteList } from './note-list.tsx';
import { inOrder } from './order.ts';
import { usePickedSelection } from './picked-selection.ts';
import { UnlockForm } from './unlock-form.tsx';

/** The picked documents in the order in which they are read and signed; moved by buttons or by dragging. */
export function PickedList() {
  const { t, i18n } = useTranslation('clerk');
  const list = new Intl.ListFormat(i18n.language);
  const picked = useDesk((desk) => desk.picked);
  const reorder = useDesk((desk) => desk.reorder);
  const [dragged, setDragged] = useState<string>();
  const ids = picked.map(({ id }) => id);
  const move = (id: string, to: number) => {
    const ordered = inOrder(ids, id, to);
    if (ordered.join() !== ids.join()) void reorder(ordered);
  };
  return (
    <ul className={styles.list}>
      {picked.map((document, index) => (
        <li
          key={document.id}
          className={styles.item}
          data-problem={document.problem !== undefined}
          data-dragged={dragged === document.id}
          draggable={picked.length > 1}
          onDragStart={() => setDragged(document.id)}
          onDragEnd={() => setDragged(undefined)}
          onDragOver={(event: DragEvent) => dragged !== undefined && event.preventDefault()}
          onDrop={(event: DragEvent) => {
            if (dragged === undefined) return;
            event.preventDefault();
            move(dragged, index);
          }}
        >
          <PickedItem document={document} />
          <ItemButtons document={document} index={index} count={picked.length} move={move} />
          {document.sameAs.length > 0 && (
            <p className={styles.same} role="status">
              {t('documents.sameAs', { names: list.format(document.sameAs) })}
            </p>
          )}
          <NoteList notes={document.notes} />
          {document.problem && <Problem id={document.id} problem={document.problem} />}
        </li>
      ))}
    </ul>
  );
}

function PickedItem({ document }: { readonly document: PickedDocument }) {
  const { t, i18n } = useTranslation('clerk');
  const { selected, select } = usePickedSelection();
  const { id, name, bytes, pages, earlierSignatures, examined, problem } = document;
  // Small pictures come when the large view of the document has been seen.
  const picture = examined ? <LazyThumbnail id={id} bytes={bytes} /> : <Icon name="document" />;
  const isLarge = bytes >= 1_000_000;
  const size = new Intl.NumberFormat(i18n.language, {
    style: 'unit',
    unit: isLarge ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: isLarge ? 1 : 0,
  });
  const facts = [
    pages !== undefined && t('documents.pages', { count: pages }),
    size.format(isLarge ? bytes / 1e6 : Math.max(1, bytes / 1000)),
    earlierSignatures > 0 && t('documents.signedBefore', { count: earlierSignatures }),
  ].filter(Boolean);
  return (
    <button
      type="button"
      className={styles.choose}
      aria-current={selected?.id === id ? 'true' : undefined}
      disabled={problem !== undefined}
      onClick={() => select(id)}
    >
      {problem ? <Icon name="warning" /> : picture}
      <span className={styles.about}>
        <span className={styles.name}>{name}</span>
        <span className={styles.facts}>{facts.join(' · ')}</span>
      </span>
    </button>
  );
}

interface ItemButtonsProps {
  readonly document: PickedDocument;
  readonly index: number;
  readonly count: number;
  readonly move: (id: string, to: number) => void;
}

function ItemButtons({ document: { id, name }, index, count, move }: ItemButtonsProps) {
  const { t } = useTranslation('clerk');
  const remove = useDesk((desk) => desk.remove);
  return (
    <span className={styles.buttons}>
      {count > 1 && (
        <>
          <IconButton
            icon="up"
            label={t('documents.moveUp', { name })}
            isDisabled={index === 0}
            onPress={() => move(id, index - 1)}
          />
          <IconButton
            icon="down"
            label={t('documents.moveDown', { name })}
            isDisabled={index === count - 1}
            onPress={() => move(id, index + 1)}
          />
        </>
      )}
      <IconButton icon="close" label={t('documents.remove', { name })} onPress={() => void remove(id)} />
    </span>
  );
}

interface ProblemProps {
  readonly id: string;
  readonly problem: NonNullable<PickedDocument['problem']>;
}

function Problem({ id, problem: { code, wrongPassword } }: ProblemProps) {
  const { t } = useTranslation('clerk');
  const { message, action } = useErrorText(code);
  if (code === 'OSS_PDF_PASSWORD_NEEDED')
    return <UnlockForm id={id} wrongPassword={wrongPassword === true} />;
  return (
    <p className={styles.problem}>
      <strong>{t('documents.cannotSign')}.</strong> {message} {action}
    </p>
  );
}
