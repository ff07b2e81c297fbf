import { useEffect, useState } from 'react';
import { DropZone, type FileDropItem, Text } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { LazyDocumentView } from '../../document-view/lazy-document-view.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useDesk } from '../desk.ts';
import styles from './documents.module.css';
import { usePickedSelection } from './picked-selection.ts';

/** Centre zone before a transaction exists: a place to drop files, then the document looked at. */
export function PickedView() {
  const { t } = useTranslation('clerk');
  const drop = useDesk((desk) => desk.drop);
  const choose = useDesk((desk) => desk.choose);
  const { selected } = usePickedSelection();
  const onSettled = useExamination(selected?.id);
  return (
    <DropZone
      className={styles.dropZone ?? ''}
      getDropOperation={(types) => (types.has('application/pdf') ? 'copy' : 'cancel')}
      onDrop={async ({ items }) => {
        const files = items.filter((item): item is FileDropItem => item.kind === 'file');
        await drop(await Promise.all(files.map((item) => item.getFile())));
      }}
    >
      {selected ? (
        <LazyDocumentView
          key={selected.id}
          id={selected.id}
          name={selected.name}
          bytes={selected.bytes}
          hasStrip
          onSettled={onSettled}
        />
      ) : (
        <div className={styles.empty}>
          <span className={styles.emptyIcon}>
            <Icon name="document" size="3rem" />
          </span>
          <h2 className={styles.emptyTitle}>{t('home.title')}</h2>
          <p className={styles.emptyText}>{t('home.text')}</p>
          <Text slot="label" className={styles.dropHere ?? ''}>
            {t('home.drop')}
          </Text>
          <span>{t('home.or')}</span>
          <Button kind="primary" size="large" icon="folder" onPress={() => void choose()}>
            {t('home.choose')}
          </Button>
        </div>
      )}
    </DropZone>
  );
}

/** A page that takes longer to draw is not waited for. */
const PATIENCE_MS = 1000;

/** Documents are looked through when the one in sight has been drawn, which answers what to call then. */
function useExamination(id: string | undefined): () => void {
  const picked = useDesk((desk) => desk.picked);
  const examine = useDesk((desk) => desk.examine);
  const [settled, setSettled] = useState<string>();
  useEffect(() => {
    if (picked.every(({ examined }) => examined)) return;
    const timer = setTimeout(() => void examine(), settled === id ? 0 : PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [picked, examine, settled, id]);
  return () => setSettled(id);
}
