import { useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { CeremonyDocument } from '../../../contract/ipc/ceremony.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import styles from './reading-screen.module.css';
import { documentNumber, hasMoreToShow, isShownWhole } from './reading-state.ts';

interface DocumentListProps {
  readonly documents: readonly CeremonyDocument[];
  readonly index: number;
  readonly onChoose: (index: number) => void;
}

/** Every document with what was shown of it, as a sign and in words. */
export function DocumentList({ documents, index, onChoose }: DocumentListProps) {
  const { t } = useTranslation('signer');
  return (
    <ol className={styles.list}>
      {documents.map((document, at) => (
        <li key={document.id}>
          <button
            type="button"
            className={styles.item}
            aria-current={at === index ? 'true' : undefined}
            onClick={() => onChoose(at)}
          >
            <Icon name={iconOf(document)} size="1.1em" />
            <span className={styles.itemText}>
              <span className={styles.itemName}>
                <NameOf documents={documents} at={at} />
              </span>
              {document.kind === 'document' && <span className={styles.itemFile}>{document.name}</span>}
              <span className={styles.itemState}>
                {isShownWhole(document)
                  ? t('reading.allShown')
                  : t('reading.shown', { shown: document.pagesShown.length, pages: document.pages })}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function NameOf({ documents, at }: { readonly documents: readonly CeremonyDocument[]; readonly at: number }) {
  const { t } = useTranslation('signer');
  if (documents[at]?.kind === 'contract') return t('reading.contract');
  const count = documents.filter(({ kind }) => kind === 'document').length;
  return t('reading.document', { number: documentNumber(documents, at), count });
}

const iconOf = (document: CeremonyDocument) => {
  if (isShownWhole(document)) return 'check';
  return hasMoreToShow(document) ? 'document' : 'warning';
};

/** The same list behind one button, where there is no room beside the document. */
export function DocumentChooser({ documents, index, onChoose }: DocumentListProps) {
  const { t } = useTranslation('signer');
  const [isOpen, setOpen] = useState(false);
  if (documents.length < 2) return null;
  return (
    <span className={styles.chooser}>
      <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
        <Button
          icon="menu"
          aria-label={t('reading.chooseDocument', { number: index + 1, count: documents.length })}
        >
          {index + 1}/{documents.length}
        </Button>
        <Popover className={styles.popover ?? ''} placement="bottom start">
          <Dialog className={styles.popoverList ?? ''} aria-label={t('reading.documents')}>
            <DocumentList
              documents={documents}
              index={index}
              onChoose={(chosen) => {
                setOpen(false);
                onChoose(chosen);
              }}
            />
          </Dialog>
        </Popover>
      </DialogTrigger>
    </span>
  );
}
