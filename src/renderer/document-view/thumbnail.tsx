import { useEffect, useRef } from 'react';
import styles from './document-view.module.css';
import { drawFirstPage } from './page-picture.ts';

export interface ThumbnailProps {
  readonly id: string;
  readonly bytes: number;
}

const BOX = Object.freeze({ width: 48, height: 64 });
/** Until the page is drawn: an empty upright one. */
const UNSEEN = Object.freeze({ width: 45, height: 64 });

/** The first page of a document, small. The document's name stands beside it: nothing is said twice. */
export function Thumbnail({ id, bytes }: ThumbnailProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvas.current) return;
    const abort = new AbortController();
    const picture = { canvas: canvas.current, box: BOX, signal: abort.signal };
    // A page that cannot be drawn leaves its place empty; the large view says what is wrong.
    drawFirstPage({ id, bytes }, picture).catch(() => undefined);
    return () => abort.abort();
  }, [id, bytes]);
  return (
    <span aria-hidden="true">
      <canvas ref={canvas} className={styles.thumbnail} {...UNSEEN} />
    </span>
  );
}
