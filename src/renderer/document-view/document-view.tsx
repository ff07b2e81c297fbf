import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserSpaceRectangle } from '../../contract/model/page-geometry.ts';
import 'pdfjs-dist/web/pdf_viewer.css';
import { Progress } from '../ui/progress.tsx';
import styles from './document-view.module.css';
import { PageStrip } from './page-strip.tsx';
import { viewerWorker } from './pdfjs.ts';
import type { ReadingRecord } from './shown-pages.ts';
import { Toolbar } from './toolbar.tsx';
import { ViewerController } from './viewer-controller.ts';
import { INITIAL_STATE, type PageFrame, type ViewerState } from './viewer-state.ts';

/** Bytes of an average page from which on it is read for the eye only: 300 dots per inch, hardly compressed. */
const HEAVY_PAGE = 2_000_000;

export interface PageRequest {
  readonly page: number;
  /** All of the page is to be seen. */
  readonly whole?: boolean;
  /** A place on the page, in its user space, that is to be seen. */
  readonly place?: UserSpaceRectangle;
}

export interface DocumentViewProps {
  /** Opaque id under which this window may load the document. */
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** A page to go to, perhaps to be seen as a whole; a new object is a new wish. */
  readonly request?: PageRequest | undefined;
  readonly onPageShown?: (page: number) => void;
  readonly onPageFailed?: (page: number) => void;
  /** What was seen of the document before; goes on being kept. */
  readonly record?: ReadingRecord;
  /** Told how to go on reading once there is a viewer, and that there is none any more. */
  readonly onReader?: (reader: Reader | undefined) => void;
  /** Whether a person reads here, with few controls, or works with the document. */
  readonly controls?: 'all' | 'reader';
  /** What stands first among the controls. */
  readonly leading?: ReactNode;
  /** Told once a page has been drawn, or the document could not be opened. */
  readonly onSettled?: () => void;
  /** Small pictures of the pages beside the document. */
  readonly hasStrip?: boolean;
  /** What lies over one page. */
  readonly overlay?: PageOverlay | undefined;
}

/** How reading goes on from outside the view. */
export type Reader = Pick<ViewerController, 'showNext'>;

export interface PageOverlay {
  readonly page: number;
  readonly draw: (frame: PageFrame) => ReactNode;
}

/** So that the first document finds it running. */
export const startViewerWorker = (): void => void viewerWorker();

/** A PDF as large as its place allows. Another document is another view: give it its id as key. */
export function DocumentView({
  id,
  name,
  bytes,
  request,
  onPageShown,
  onPageFailed,
  record,
  onReader,
  controls = 'all',
  leading,
  onSettled,
  hasStrip = false,
  overlay,
}: DocumentViewProps) {
  const { t } = useTranslation('common');
  const container = useRef<HTMLDivElement>(null);
  const pages = useRef<HTMLDivElement>(null);
  const told = useRef({ onPageShown, onPageFailed, onReader });
  told.current = { onPageShown, onPageFailed, onReader };
  const translate = useRef(t);
  translate.current = t;
  const [controller, setController] = useState<ViewerController>();
  const [state, setState] = useState<ViewerState>(INITIAL_STATE);

  useEffect(() => {
    if (!container.current || !pages.current) return;
    const listeners = {
      onState: setState,
      onPageShown: (page: number) => told.current.onPageShown?.(page),
      onPageFailed: (page: number) => told.current.onPageFailed?.(page),
      labelOf: (page: number) => translate.current('document.goToPage', { page }),
    };
    const opened = new ViewerController(container.current, pages.current, listeners, record);
    opened.load(`/documents/${id}`, bytes);
    setController(opened);
    told.current.onReader?.(opened);
    return () => {
      told.current.onReader?.(undefined);
      opened.destroy();
    };
  }, [id, bytes, record]);

  const isSettled = state.isDrawn || state.status === 'failed';
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, no matter who listens by then
  useEffect(() => {
    if (isSettled) onSettled?.();
  }, [isSettled]);

  useEffect(() => {
    if (!request || state.status !== 'ready') return;
    if (request.place) void controller?.showPlace(request.page, request.place);
    else if (request.whole) controller?.showWhole(request.page);
    else controller?.goTo(request.page);
  }, [request, controller, state.status]);

  return (
    <section className={styles.view} aria-label={t('document.region', { name })}>
      <Toolbar state={state} controller={controller} controls={controls} leading={leading} />
      <div className={styles.besides}>
        {/* Its place is kept: every page would be laid out again if it came later. */}
        {hasStrip && state.status === 'loading' && <div className={styles.stripPlace} />}
        {hasStrip && state.status === 'ready' && controller?.document && state.pages > 1 && (
          <PageStrip
            document={controller.document}
            page={state.page}
            pages={state.pages}
            mayDraw={state.isDrawn}
            isHeavy={bytes / state.pages > HEAVY_PAGE}
            viewer={controller}
            onChoose={(page) => controller.goTo(page)}
          />
        )}
        <div className={styles.frame}>
          {/* biome-ignore lint/a11y: a scrolling area has to be reachable by keyboard, and pdf.js wants it to be a div */}
          <div ref={container} className={styles.scroll} tabIndex={0} role="region" aria-label={name}>
            <div ref={pages} className="pdfViewer" />
            {overlay && controller && state.status === 'ready' && (
              <OverPage controller={controller} overlay={overlay} />
            )}
          </div>
          {state.status === 'loading' && !state.isDrawn && (
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
      </div>
    </section>
  );
}

/** Follows its page wherever zooming and loading move it. */
function OverPage({
  controller,
  overlay,
}: {
  readonly controller: ViewerController;
  readonly overlay: PageOverlay;
}) {
  const { page, draw } = overlay;
  const [frame, setFrame] = useState<PageFrame>();
  useEffect(() => {
    let isCurrent = true;
    const measure = async () => {
      const found = await controller.frameOf(page);
      if (isCurrent) setFrame(found);
    };
    void measure();
    const unsubscribe = controller.onLayout(() => void measure());
    return () => {
      isCurrent = false;
      unsubscribe();
    };
  }, [controller, page]);
  if (!frame) return null;
  const { left, top, width, height } = frame;
  return (
    <div className={styles.overPage} style={{ left, top, width, height }}>
      {draw(frame)}
    </div>
  );
}
