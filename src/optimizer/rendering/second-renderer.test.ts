import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { PagePicture } from '../../contract/model/page-picture.ts';
import { secondLook } from './second-renderer.ts';

const root = resolve(import.meta.dirname, '../../../test');
const look = async (path: string) =>
  (await secondLook({ path: join(root, path), from: 1, to: 1, side: 220 }))[0];

/** Shade at a place that is given in parts of the page. */
const shadeAt = ({ width, height, grey }: PagePicture, x: number, y: number) =>
  grey[Math.floor(y * height) * width + Math.floor(x * width)];

test('fields are drawn as well as what lies under them', async () => {
  const { screen, paper } = (await look('corpus/reportlab-form.pdf')) ?? {};
  // A blue field of A4, at 50 to 250 points from the left and 750 to 770 from the bottom.
  expect(screen && shadeAt(screen, 200 / 595, 1 - 760 / 842)).toBeLessThan(240);
  expect(screen && shadeAt(screen, 400 / 595, 1 - 760 / 842)).toBe(255);
  expect(paper).toBeUndefined();
});

test.each(['b03-oc-print-only', 'e08-noview-print', 'b02-oc-basestate-off'])(
  '%s has another look on paper',
  async (name) => {
    const { screen, paper } = (await look(`reading/${name}.pdf`)) ?? {};
    expect(screen?.height).toBe(220);
    expect(paper?.height).toBe(220);
  },
);
