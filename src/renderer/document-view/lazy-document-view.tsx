import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { later } from '../ui/later.tsx';
import { Progress } from '../ui/progress.tsx';
import styles from './document-view.module.css';
import type { DocumentViewProps } from './document-view.tsx';

const { preload, component } = later(() => import('./document-view.tsx'));
const DocumentView = component((viewer) => viewer.DocumentView);

/** Loads the viewer and starts its worker while nobody waits for them. */
export function warmUpViewer(): void {
  requestIdleCallback(async () => (await preload()).startViewerWorker());
}

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
