import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { getDocument } from '../../../test/support/pdfjs.ts';
import {
  keptOnPage,
  onOtherPage,
  type PageGeometry,
  type ShownRectangle,
  shownSize,
  toShown,
  toUserSpace,
} from './page-geometry.ts';

const coordinate = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const geometries: fc.Arbitrary<PageGeometry> = fc.record({
  view: fc
    .tuple(coordinate(-500, 500), coordinate(-500, 500), coordinate(20, 2000), coordinate(20, 2000))
    .map(([x1, y1, width, height]) => ({ x1, y1, x2: x1 + width, y2: y1 + height })),
  rotate: fc.constantFrom(0, 90, 180, 270),
  userUnit: fc.constantFrom(0.1, 0.5, 1, 2, 7.5),
});
const share = coordinate(0, 0.5);
/** A rectangle on the page, by shares of its size. */
const onPage = fc.tuple(geometries, share, share, coordinate(0.01, 0.5), coordinate(0.01, 0.5));

function shownAt(geometry: PageGeometry, x: number, y: number, w: number, h: number): ShownRectangle {
  const { width, height } = shownSize(geometry);
  return { x: x * width, y: y * height, width: w * width, height: h * height };
}

async function firstPage<T>(name: string, look: (page: PDFPageProxy) => T): Promise<T> {
  const task = getDocument({ data: new Uint8Array(await readFile(`test/corpus/${name}`)), verbosity: 0 });
  const seen = look(await (await task.promise).getPage(1));
  await task.destroy();
  return seen;
}

type Viewport = ReturnType<PDFPageProxy['getViewport']>;
// pdf.js exports the type of its viewport, not the class.
const PageViewport = (await firstPage('pdftex.pdf', (page) => page.getViewport({ scale: 1 })))
  .constructor as new (
  options: object,
) => Viewport;

const viewportOf = ({ view, rotate, userUnit }: PageGeometry) =>
  new PageViewport({
    viewBox: [view.x1, view.y1, view.x2, view.y2],
    userUnit,
    scale: 1,
    rotation: rotate,
  });

describe('a page as shown', () => {
  it('has the size that pdf.js gives it', () => {
    fc.assert(
      fc.property(geometries, (geometry) => {
        const { width, height } = viewportOf(geometry);
        expect(shownSize(geometry).width).toBeCloseTo(width, 6);
        expect(shownSize(geometry).height).toBeCloseTo(height, 6);
      }),
    );
  });

  it('has every rectangle where pdf.js shows it', () => {
    fc.assert(
      fc.property(onPage, ([geometry, ...shares]) => {
        const shown = shownAt(geometry, ...shares);
        const { x1, y1, x2, y2 } = toUserSpace(geometry, shown);
        const viewport = viewportOf(geometry);
        const [ax = 0, ay = 0] = viewport.convertToViewportPoint(x1, y1) as number[];
        const [bx = 0, by = 0] = viewport.convertToViewportPoint(x2, y2) as number[];
        expect(Math.min(ax, bx)).toBeCloseTo(shown.x, 6);
        expect(Math.min(ay, by)).toBeCloseTo(shown.y, 6);
        expect(Math.abs(ax - bx)).toBeCloseTo(shown.width, 6);
        expect(Math.abs(ay - by)).toBeCloseTo(shown.height, 6);
      }),
    );
  });

  it('leads back to the same rectangle', () => {
    fc.assert(
      fc.property(onPage, ([geometry, ...shares]) => {
        const shown = shownAt(geometry, ...shares);
        const back = toShown(geometry, toUserSpace(geometry, shown));
        for (const key of ['x', 'y', 'width', 'height'] as const)
          expect(back[key]).toBeCloseTo(shown[key], 6);
      }),
    );
  });

  it('never yields a rectangle beyond what is shown, whatever was rounded', () => {
    fc.assert(
      fc.property(geometries, (geometry) => {
        const { view } = geometry;
        const whole = toUserSpace(geometry, { x: 0, y: 0, ...shownSize(geometry) });
        expect(whole.x1).toBeGreaterThanOrEqual(view.x1);
        expect(whole.y1).toBeGreaterThanOrEqual(view.y1);
        expect(whole.x2).toBeLessThanOrEqual(view.x2);
        expect(whole.y2).toBeLessThanOrEqual(view.y2);
      }),
    );
  });

  it.each(['g-rot90.pdf', 'g-userunit.pdf', 'pdftex.pdf'])('agrees with pdf.js on %s', (name) =>
    firstPage(name, (page) => {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = page.view;
      const rotate = page.rotate as PageGeometry['rotate'];
      const { width, height } = page.getViewport({ scale: 1 });
      const geometry = { view: { x1, y1, x2, y2 }, rotate, userUnit: page.userUnit };
      expect(shownSize(geometry)).toEqual({ width, height });
    }),
  );
});

describe('a rectangle', () => {
  const a4 = { width: 595, height: 842 };
  it('is kept on its page, as large as it fits', () => {
    expect(keptOnPage({ x: -5, y: 900, width: 100, height: 50 }, a4)).toEqual({
      x: 0,
      y: 792,
      width: 100,
      height: 50,
    });
    expect(keptOnPage({ x: 10, y: 10, width: 9000, height: 50 }, a4)).toEqual({
      x: 0,
      y: 10,
      width: 595,
      height: 50,
    });
  });

  it('keeps its distance from the edges it is near to on a page of another size', () => {
    const landscape = { width: 842, height: 595 };
    expect(onOtherPage({ x: 395, y: 742, width: 150, height: 60 }, a4, landscape)).toEqual({
      x: 642,
      y: 495,
      width: 150,
      height: 60,
    });
    expect(onOtherPage({ x: 40, y: 50, width: 150, height: 60 }, a4, landscape)).toEqual({
      x: 40,
      y: 50,
      width: 150,
      height: 60,
    });
  });
});
