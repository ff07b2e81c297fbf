import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyDocument } from '../../../contract/ipc/ceremony.ts';
import { LazyDocumentView } from '../../document-view/lazy-document-view.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useCeremony } from '../ceremony.ts';
import { DeclineButton } from '../decline-button.tsx';
import { sentenceFor } from '../error-sentence.ts';
import styles from './reading-screen.module.css';

const isRead = ({ pages, pagesShown }: CeremonyDocument): boolean => pagesShown.length === pages;

const firstPageLeft = ({ pages, pagesShown }: CeremonyDocument): number =>
  Array.from({ length: pages }, (_, index) => index + 1).find((page) => !pagesShown.includes(page)) ?? 1;

/** The document fills the screen. On goes who has seen every page, by whatever means. */
export function ReadingScreen() {
  const { t } = useTranslation('signer');
  const documents = useCeremony(({ view }) => view.documents);
  const pageShown = useCeremony((ceremony) => ceremony.pageShown);
  const act = useCeremony((ceremony) => ceremony.act);
  const error = useCeremony((ceremony) => ceremony.error);
  const [index, setIndex] = useState(() =>
    Math.max(
      0,
      documents.findIndex((document) => !isRead(document)),
    ),
  );
  const [request, setRequest] = useState<{ readonly page: number }>();
  const shown = documents[index] ?? documents[0];
  if (!shown) return null;
  const unread = documents.findIndex((document) => !isRead(document));
  const left = documents.reduce((sum, { pages, pagesShown }) => sum + pages - pagesShown.length, 0);

  const showWhatIsLeft = () => {
    const target = isRead(shown) ? unread : index;
    const document = documents[target];
    if (!document) return;
    setIndex(target);
    setRequest({ page: firstPageLeft(document) });
  };

  return (
    <>
      <main className={styles.reading}>
        <nav className={styles.documents} aria-label={t('reading.documents')}>
          <DocumentTabs documents={documents} index={index} onChoose={setIndex} />
        </nav>
        <h1 className="visually-hidden">{t('reading.title')}</h1>
        <LazyDocumentView
          key={shown.id}
          id={shown.id}
          name={shown.kind === 'contract' ? t('reading.contract') : shown.name}
          bytes={shown.bytes}
          request={request}
          onPageShown={(page) => pageShown(shown.id, page)}
        />
        {error && <Notice kind="bad">{sentenceFor(error, t)}</Notice>}
      </main>
      <footer className={styles.actions}>
        <DeclineButton />
        <p className={styles.left} aria-live="polite">
          {left > 0 && t('reading.pagesLeft', { count: left })}
        </p>
        {left === 0 ? (
          <Button kind="primary" size="large" onPress={() => void act((api) => api.finishReading())}>
            {t('reading.finish')}
          </Button>
        ) : (
          <Button kind="primary" size="large" onPress={showWhatIsLeft}>
            {isRead(shown) ? t('reading.nextDocument') : t('reading.nextPages')}
          </Button>
        )}
      </footer>
    </>
  );
}

interface DocumentTabsProps {
  readonly documents: readonly CeremonyDocument[];
  readonly index: number;
  readonly onChoose: (index: number) => void;
}

function DocumentTabs({ documents, index, onChoose }: DocumentTabsProps) {
  const { t } = useTranslation('signer');
  const count = documents.filter(({ kind }) => kind === 'document').length;
  return (
    <ol className={styles.tabs}>
      {documents.map((document, at) => (
        <li key={document.id}>
          <button
            type="button"
            className={styles.tab}
            aria-current={at === index ? 'true' : undefined}
            onClick={() => onChoose(at)}
          >
            <span className={styles.tabName}>
              {isRead(document) && <Icon name="check" size="1.1em" />}
              {document.kind === 'contract'
                ? t('reading.contract')
                : t('reading.document', { number: documentNumber(documents, at), count })}
            </span>
            <span className={styles.tabDetail}>
              {document.kind === 'document' && `${document.name} · `}
              {t('reading.shown', { shown: document.pagesShown.length, pages: document.pages })}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

const documentNumber = (documents: readonly CeremonyDocument[], at: number): number =>
  documents.slice(0, at + 1).filter(({ kind }) => kind === 'document').length;
