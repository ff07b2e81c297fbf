import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toOssError } from '../../../contract/errors.ts';
import type { PickedDocument } from '../../../contract/ipc/documents.ts';
import type { ShownSize } from '../../../contract/model/page-geometry.ts';
import type { Placement } from '../../../contract/model/placement.ts';
import { drawMadePage } from '../../document-view/page-picture.ts';
import { useDesk } from '../desk.ts';
import styles from './placement.module.css';
import { usePlacementStore } from './placement-store.ts';

interface SignaturePreviewProps {
  readonly document: PickedDocument;
  readonly placement: Placement;
  readonly scale: number;
}

/** While the box changes its size a preview is not asked for at every step. */
const PAUSE_MS = 150;

/** The signature as it will be in the file: made by the code that signs, drawn by pdf.js. Never an imitation. */
export function SignaturePreview({ document, placement, scale }: SignaturePreviewProps) {
  const { t } = useTranslation('clerk');
  const preview = usePlacementStore((store) => store.preview);
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = boxOf(document, placement);
  usePreview(document.id, placement, box);

  const [shown, setShown] = useState('');
  const id = preview.state === 'made' ? preview.id : undefined;
  useEffect(() => {
    if (id === undefined || !canvas.current) return;
    const abort = new AbortController();
    const size = { width: box.width * scale, height: box.height * scale };
    drawMadePage(id, { canvas: canvas.current, box: size, signal: abort.signal }).then(
      () => abort.signal.aborted || setShown(id),
      () => undefined, // Replaced by the next preview before it was drawn: that one draws.
    );
    return () => abort.abort();
  }, [id, box.width, box.height, scale]);

  const isShown = id !== undefined && id === shown;
  return (
    <>
      <span className={styles.preview} data-drawn={isShown} aria-hidden="true">
        <canvas ref={canvas} width="1" height="1" />
      </span>
      {!isShown && preview.state !== 'failed' && (
        <span className={styles.note}>{t('placement.drawing')}</span>
      )}
      {preview.state === 'failed' && <span className={styles.note}>{t('placement.tooSmall')}</span>}
    </>
  );
}

function boxOf(document: PickedDocument, placement: Placement): ShownSize {
  if (placement.kind === 'placed') return placement.rectangle;
  const field = placement.kind === 'field' && document.fields.find(({ name }) => name === placement.name);
  return field ? field.rectangle : { width: 1, height: 1 };
}

/** Asks for a new preview when what it shows has changed: the size of the box or the page, not the place on it. */
function usePreview(document: string, placement: Placement, { width, height }: ShownSize): void {
  const api = useDesk((desk) => desk.api);
  const identity = useDesk((desk) => desk.identity);
  const setPreview = usePlacementStore((store) => store.setPreview);
  const latest = useRef(placement);
  latest.current = placement;
  const { kind } = placement;
  const looksAs = `${kind} ${kind === 'placed' ? placement.page : ''} ${width} ${height}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `looksAs` is what the picture depends on
  useEffect(() => {
    let isCurrent = true;
    setPreview({ state: 'making' });
    const timer = setTimeout(async () => {
      if (!identity || kind === 'invisible') return;
      try {
        const { id } = await api.placements.preview({ document, placement: latest.current, identity });
        if (isCurrent) setPreview({ state: 'made', id });
      } catch (thrown) {
        if (isCurrent) setPreview({ state: 'failed', error: toOssError(thrown) });
      }
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [api, document, identity, looksAs, setPreview]);
}
