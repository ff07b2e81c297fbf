import { type PointerEvent, type ReactNode, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownRectangle, ShownSize } from '../../../contract/model/page-geometry.ts';
import { CORNERS, type Corner, centredAt, drawn, MILLIMETRE, moved, pressed, resized } from './box-moves.ts';
import styles from './placement.module.css';

interface PlacementBoxProps {
  readonly box: ShownRectangle;
  readonly page: ShownSize;
  /** Pixels of the window for a point of the page. */
  readonly scale: number;
  readonly onChange: (box: ShownRectangle) => void;
  readonly children: ReactNode;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Drag {
  readonly from: Point;
  readonly before: ShownRectangle;
  readonly change: (before: ShownRectangle, from: Point, to: Point) => ShownRectangle | undefined;
}

/**
 * The box of a signature over a page: dragged, resized at its corners, drawn again or set down by a click
 * beside it; with the keyboard by the arrow keys.
 */
export function PlacementBox({ box, page, scale, onChange, children }: PlacementBoxProps) {
  const { t, i18n } = useTranslation('clerk');
  const sheet = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | undefined>(undefined);
  const help = useId();

  const pointOf = ({ clientX, clientY }: PointerEvent): Point => {
    const { left = 0, top = 0 } = sheet.current?.getBoundingClientRect() ?? {};
    return { x: (clientX - left) / scale, y: (clientY - top) / scale };
  };
  const begin = (event: PointerEvent<HTMLElement>, change: Drag['change']) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: pointOf(event), before: box, change };
  };
  const follow = (event: PointerEvent<HTMLElement>) => {
    if (!drag.current) return;
    const { before, from, change } = drag.current;
    const changed = change(before, from, pointOf(event));
    if (changed) onChange(changed);
  };
  const end = () => {
    drag.current = undefined;
  };
  const onSheetUp = (event: PointerEvent<HTMLElement>) => {
    const { from } = drag.current ?? {};
    const to = pointOf(event);
    if (from && !drawn(from, to, page)) onChange(centredAt(box, to, page));
    end();
  };
  const dragging = { onPointerMove: follow, onPointerUp: end, onPointerCancel: end };
  const move: Drag['change'] = (before, from, to) =>
    moved(before, { x: to.x - from.x, y: to.y - from.y }, page);
  const resizeAt =
    (corner: Corner): Drag['change'] =>
    (before, from, to) =>
      resized(before, corner, { x: to.x - from.x, y: to.y - from.y }, page);

  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0 });
  const inWords = t('placement.boxAt', {
    x: number.format(box.x / MILLIMETRE),
    y: number.format(box.y / MILLIMETRE),
    width: number.format(box.width / MILLIMETRE),
    height: number.format(box.height / MILLIMETRE),
  });
  return (
    <div
      ref={sheet}
      className={styles.sheet}
      onPointerDown={(event) => begin(event, (_, from, to) => drawn(from, to, page))}
      {...dragging}
      onPointerUp={onSheetUp}
    >
      <div
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is interactive: arrow keys move and resize it
        tabIndex={0}
        className={styles.box}
        aria-label={t('placement.box')}
        aria-describedby={help}
        style={{
          left: box.x * scale,
          top: box.y * scale,
          width: box.width * scale,
          height: box.height * scale,
        }}
        onPointerDown={(event) => begin(event, move)}
        {...dragging}
        onKeyDown={(event) => {
          const changed = pressed(box, event, page);
          if (!changed) return;
          event.preventDefault();
          onChange(changed);
        }}
      >
        {children}
        {CORNERS.map((corner) => (
          <span
            key={corner}
            className={styles.handle}
            data-corner={corner}
            onPointerDown={(event) => begin(event, resizeAt(corner))}
            {...dragging}
          />
        ))}
      </div>
      <p id={help} className="visually-hidden">
        {t('placement.boxHelp')}
      </p>
      <p className="visually-hidden" aria-live="polite">
        {inWords}
      </p>
    </div>
  );
}
