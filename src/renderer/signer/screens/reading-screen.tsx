import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rangesInWords, rangesOf } from '../../../contract/model/page-ranges.ts';
import type { PageRequest, Reader } from '../../document-view/document-view.tsx';
import { LazyDocumentView } from '../../document-view/lazy-document-view.tsx';
import { ReadingRecord } from '../../document-view/shown-pages.ts';
import type { PageFrame } from '../../document-view/viewer-state.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useCeremony } from '../ceremony.ts';
import { DeclineButton } from '../decline-button.tsx';
import { useErrorSentence } from '../error-sentence.ts';
import { DocumentChooser, DocumentList } from './document-list.tsx';
import styles from './reading-screen.module.css';
import { hasMoreToShow } from './reading-state.ts';

/** The document fills the screen. On goes who has had every page before their eyes, by whatever means. */
export function ReadingScreen() {
  const sentenceFor = useErrorSentence();
  const { t } = useTranslation('signer');
  const documents = useCeremony(({ view }) => view.documents);
  const pageShown = useCeremony((ceremony) => ceremony.pageShown);
  const pageFailed = useCeremony((ceremony) => ceremony.pageFailed);
  const act = useCeremony((ceremony) => ceremony.act);
  const error = useCeremony((ceremony) => ceremony.error);
  const [index, setIndex] = useState(() => Math.max(0, documents.findIndex(hasMoreToShow)));
  const [request, setRequest] = useState<PageRequest>();
  const reader = useRef<Reader>(undefined);
  const recordOf = useReadingRecords();
  const shown = documents[index] ?? documents[0];
  if (!shown) return null;
  const left = documents.reduce(
    (sum, { pages, pagesShown, pagesIncomplete }) => sum + pages - pagesShown.length - pagesIncomplete.length,
    0,
  );
  const choose = (to: number) => {
    setIndex(to);
    setRequest(undefined);
  };
  const readOn = () => {
    const { pagesShown, pagesIncomplete } = shown;
    if (!hasMoreToShow(shown)) return choose(documents.findIndex(hasMoreToShow));
    reader.current?.showNext((page) => pagesShown.includes(page) || pagesIncomplete.includes(page));
  };
  const { signature } = shown;

  return (
    <>
      <main className={styles.reading}>
        <h1 className="visually-hidden">{t('reading.title')}</h1>
        {documents.length > 1 && (
          <nav className={styles.documents} aria-label={t('reading.documents')}>
            <DocumentList documents={documents} index={index} onChoose={choose} />
          </nav>
        )}
        <div className={styles.document}>
          <LazyDocumentView
            key={shown.id}
            id={shown.id}
            name={shown.kind === 'contract' ? t('reading.contract') : shown.name}
            bytes={shown.bytes}
            request={request}
            record={recordOf(shown.id)}
            controls="reader"
            leading={
              <>
                <DocumentChooser documents={documents} index={index} onChoose={choose} />
                {signature && (
                  <IconButton
                    icon="pen"
                    label={t('reading.showSignature')}
                    onPress={() => setRequest({ page: signature.page, place: signature.rectangle })}
                  />
                )}
              </>
            }
            onReader={(ready) => {
              reader.current = ready;
            }}
            onPageShown={(page) => pageShown(shown.id, page)}
            onPageFailed={(page) => pageFailed(shown.id, page)}
            overlay={
              signature && {
                page: signature.page,
                draw: (frame) => <SignaturePlace frame={frame} rectangle={signature.rectangle} />,
              }
            }
          />
          {shown.pagesIncomplete.length > 0 && (
            <Notice kind="warn">
              {t('reading.incomplete', { pages: rangesInWords(rangesOf(shown.pagesIncomplete)).join(', ') })}
            </Notice>
          )}
          {error && <Notice kind="bad">{sentenceFor(error)}</Notice>}
        </div>
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
          <Button kind="primary" size="large" onPress={readOn}>
            {hasMoreToShow(shown) ? t('reading.readOn') : t('reading.nextDocument')}
          </Button>
        )}
      </footer>
    </>
  );
}

/** What was seen of each document, kept while another one is read. */
function useReadingRecords(): (id: string) => ReadingRecord {
  const records = useRef(new Map<string, ReadingRecord>());
  return (id) => {
    const known = records.current.get(id) ?? new ReadingRecord();
    records.current.set(id, known);
    return known;
  };
}

interface SignaturePlaceProps {
  readonly frame: PageFrame;
  readonly rectangle: Parameters<PageFrame['place']>[0];
}

/** A frame around the place; what stands under it can be read. */
function SignaturePlace({ frame, rectangle }: SignaturePlaceProps) {
  const { t } = useTranslation('signer');
  return (
    <section
      className={styles.signature}
      style={frame.place(rectangle)}
      aria-label={t('reading.signatureHere')}
    >
      <span className={styles.signatureLabel}>{t('reading.signatureHere')}</span>
    </section>
  );
}
