import { useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftView } from '../../contract/ipc/drafts.ts';
import { IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { DeskContext, useDesk } from './desk.ts';
import { openDraft, removeDraft } from './drafts.ts';
import styles from './transaction-list.module.css';

/** What is being prepared, side by side: nothing is lost by looking after somebody else first. */
export function DraftList() {
  const { t } = useTranslation('clerk');
  const drafts = useDesk((desk) => desk.drafts);
  if (drafts.length === 0) return null;
  return (
    <section>
      <h2 className={styles.heading}>{t('drafts.title')}</h2>
      <ul className={styles.list}>
        {drafts.map((draft) => (
          <DraftItem key={draft.id} draft={draft} />
        ))}
      </ul>
    </section>
  );
}

function DraftItem({ draft: { id, signer, documents } }: { readonly draft: DraftView }) {
  const { t } = useTranslation('clerk');
  const desk = useContext(DeskContext);
  const current = useDesk((state) => state.draft);
  const place = useDesk((state) => state.place.kind);
  const [isAsking, setAsking] = useState(false);
  if (!desk) return null;
  const name = [signer, documents[0]].find((one) => one) ?? t('drafts.unnamed');
  const isHere = current === id && place !== 'transaction' && place !== 'case' && place !== 'verify';
  return (
    <li className={styles.draft}>
      <button
        type="button"
        className={styles.item}
        aria-current={isHere ? 'true' : undefined}
        onClick={() => void openDraft(desk, id)}
      >
        <span className={styles.name}>{name}</span>
        <span className={styles.state}>
          <Icon name="pen" size="1.1em" />
          {t('drafts.documents', { count: documents.length })}
        </span>
      </button>
      <IconButton icon="close" label={t('drafts.remove', { name })} onPress={() => setAsking(true)} />
      <Dialog
        isOpen={isAsking}
        title={t('drafts.removeTitle')}
        confirm={t('drafts.removeConfirm')}
        cancel={t('cancelDialog.keep')}
        isDestructive
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          void removeDraft(desk, id);
        }}
      >
        {t('drafts.removeText', { name })}
      </Dialog>
    </li>
  );
}
