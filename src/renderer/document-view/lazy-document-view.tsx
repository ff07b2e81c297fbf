import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Progress } from '../ui/progress.tsx';
import styles from './document-view.module.css';
import type { DocumentViewProps } from './document-view.tsx';

const DocumentView = lazy(async () => ({ default: (await import('./document-view.tsx')).DocumentView }));

/** The viewer is most of the code of a window; it is loaded with the first document. */
export function LazyDocumentView(props: DocumentViewProps) {
  const { t } = useTranslation('common');
  const opening = (
    <div className={styles.waiting}>
      <Progress label={t('document.opening')} />
    </div>
  );
  return (
    <Suspense fallback={opening}>
      <DocumentView {...props} />
    </Suspense>
  );
}
