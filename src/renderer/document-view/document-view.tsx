import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import 'pdfjs-dist/web/pdf_viewer.css';
import { Progress } from '../ui/progress.tsx';
import styles from './document-view.module.css';
import { Toolbar } from './toolbar.tsx';
import { ViewerController, type ViewerState } from './viewer-controller.ts';

export interface DocumentViewProps {
  /** Opaque id under which this window may load the document. */
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** A page to go to; a new object is a new wish. */
  readonly request?: { readonly page: number } | undefined;
  readonly onPageShown?: (page: number) => void;
}

/** A PDF as large as its place allows. Another document is another view: give it its id as key. */
export function DocumentView({ id, name, bytes, request, onPageShown }: DocumentViewProps) {
  const { t } = useTranslation('common');
  const container = useRef<HTMLDivElement>(null);
  const pages = useRef<HTMLDivElement>(null);
  const listener = useRef(onPageShown);
  listener.current = onPageShown;
  const [controller, setController] = useState<ViewerController>();
  const [state, setState] = useState<ViewerState>({ page: 1, pages: 0, scale: 1, status: 'loading' });

  useEffect(() => {
    if (!container.current || !pages.current) return;
    const opened = new ViewerController(container.current, pages.current, setState, (page) =>
      listener.current?.(page),
    );
    opened.load(`/documents/${id}`, bytes);
    setController(opened);
    return () => opened.destroy();
  }, [id, bytes]);

  useEffect(() => {
    if (request && state.status === 'ready') controller?.goTo(request.page);
  }, [request, controller, state.status]);

  return (
    <section className={styles.view} aria-label={t('document.region', { name })}>
      <Toolbar state={state} controller={controller} />
      <div className={styles.frame}>
        {/* biome-ignore lint/a11y: a scrolling area has to be reachable by keyboard, and pdf.js wants it to be a div */}
        <div ref={container} className={styles.scroll} tabIndex={0} role="region" aria-label={name}>
          <div ref={pages} className="pdfViewer" />
        </div>
        {state.status === 'loading' && (
          <div className={styles.cover}>
            <Progress label={t('document.opening')} />
          </div>
        )}
        {state.status === 'failed' && (
          <div className={styles.cover} role="alert">
            {t('document.failed')}
          </div>
        )}
      </div>
    </section>
  );
}
