import type { PDFDocumentProxy } from 'pdfjs-dist';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyPicture, drawPageOf } from './page-picture.ts';
import styles from './page-strip.module.css';
import { shownRange } from './shown-range.ts';

interface PageStripProps {
  readonly document: PDFDocumentProxy;
  readonly page: number;
  readonly pages: number;
  /** The page that is read comes first; pictures wait for it. */
  readonly mayDraw: boolean;
  /** A page takes so much to read that its picture waits until it has been read anyway. */
  readonly isHeavy: boolean;
  readonly viewer: DrawnPages;
  readonly onChoose: (page: number) => void;
}

/** Pages as large as they are read. */
interface DrawnPages {
  /** Where it is drawn at present. */
  drawn(page: number): HTMLCanvasElement | undefined;
  /** Told when others may be drawn; returns what ends that. */
  onLayout(listener: () => void): () => void;
}

/** Of one page in the strip; the same for every page, so that the place of any page is known unseen. */
const ITEM_HEIGHT = 136;
const PICTURE = Object.freeze({ width: 84, height: 92 });
/** Until the page is drawn: an empty upright one. */
const UNSEEN = Object.freeze({ width: 65, height: 92 });

/** Small pictures of all pages; only those in sight exist, however many there are. */
export function PageStrip({ page, pages, onChoose, ...pictures }: PageStripProps) {
  const { t } = useTranslation('common');
  const scroll = useRef<HTMLElement>(null);
  const wantsFocus = useRef<number>(undefined);
  const [view, setView] = useState({ top: 0, height: 0 });
  const look = () => {
    if (scroll.current) setView({ top: scroll.current.scrollTop, height: scroll.current.clientHeight });
  };
  const { first, last } = shownRange(view.top, view.height, ITEM_HEIGHT, pages);
  const shown = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const tabStop = page >= first && page <= last ? page : first;

  useLayoutEffect(() => {
    if (!scroll.current) return;
    const observer = new ResizeObserver(look);
    observer.observe(scroll.current);
    return () => observer.disconnect();
  });
  useEffect(() => {
    const strip = scroll.current;
    if (!strip) return;
    const top = (page - 1) * ITEM_HEIGHT;
    if (top < strip.scrollTop) strip.scrollTop = top;
    else if (top + ITEM_HEIGHT > strip.scrollTop + strip.clientHeight)
      strip.scrollTop = top + ITEM_HEIGHT - strip.clientHeight;
  }, [page]);

  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: page + 1, ArrowUp: page - 1, Home: 1, End: pages }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const chosen = Math.min(Math.max(1, to), pages);
    onChoose(chosen);
    wantsFocus.current = chosen;
  };
  // The page may have to be scrolled to before it exists.
  useEffect(() => {
    const chosen = scroll.current?.querySelector<HTMLElement>(`[data-page="${wantsFocus.current}"]`);
    if (!chosen) return;
    chosen.focus({ preventScroll: true });
    wantsFocus.current = undefined;
  });

  return (
    <nav ref={scroll} className={styles.strip} aria-label={t('document.pages')} onScroll={look}>
      <ol
        className={styles.pages}
        style={{ height: pages * ITEM_HEIGHT, paddingTop: (first - 1) * ITEM_HEIGHT }}
        onKeyDown={onKeyDown}
      >
        {shown.map((number) => (
          <li key={number} className={styles.page} style={{ height: ITEM_HEIGHT }}>
            <button
              type="button"
              className={styles.choose}
              data-page={number}
              tabIndex={number === tabStop ? 0 : -1}
              aria-current={number === page ? 'page' : undefined}
              aria-label={t('document.goToPage', { page: number })}
              onClick={() => onChoose(number)}
            >
              <PagePicture page={number} {...pictures} />
              <span className={styles.number}>{number}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

type PagePictureProps = Omit<PageStripProps, 'pages' | 'onChoose'>;

function PagePicture({ document, page, mayDraw, isHeavy, viewer }: PagePictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!mayDraw || !canvas.current) return;
    const abort = new AbortController();
    const picture = { canvas: canvas.current, box: PICTURE, signal: abort.signal };
    const copy = (): boolean => {
      const large = viewer.drawn(page);
      if (large) copyPicture(large, picture);
      return large !== undefined;
    };
    // Scrolled past quickly: a page is drawn only where the eye rests.
    const timer = setTimeout(() => {
      // A page that cannot be drawn keeps its number; the large view says what is wrong.
      if (!copy() && !isHeavy) drawPageOf(document, page, picture).catch(() => undefined);
    }, 120);
    const unsubscribe = isHeavy ? viewer.onLayout(copy) : undefined;
    return () => {
      clearTimeout(timer);
      unsubscribe?.();
      abort.abort();
    };
  }, [document, page, mayDraw, isHeavy, viewer]);
  return (
    <span className={styles.picture} aria-hidden="true">
      <canvas ref={canvas} {...UNSEEN} />
    </span>
  );
}
