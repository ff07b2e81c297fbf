import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { expect } from './station.ts';

/** WCAG 2.2 A and AA, and the contrast of 7:1 that the signer's window promises. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Looks at a screen as axe does, and keeps its picture in a folder that git ignores. */
export async function lookAt(page: Page, name: string): Promise<void> {
  const path = `out/screens/${name}.png`;
  await page.screenshot({ path });
  await comparedWithDocs(name, path);
  // The text layer of a PDF is the document's business, not the station's.
  const axe = new AxeBuilder({ page }).setLegacyMode().withTags(RULES).exclude('.pdfViewer');
  if (name.startsWith('signer')) axe.options({ rules: { 'color-contrast-enhanced': { enabled: true } } });
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
  expect(found, `${name} is accessible`).toEqual([]);
}

/** Steps of 256, on average: a reference and the edges of letters are below, another arrangement is far above. */
const MOST_DIFFERENT = 2.8;

/** Where the documentation shows this screen, it shows it as it is today. */
async function comparedWithDocs(name: string, path: string): Promise<void> {
  const shown = resolve(import.meta.dirname, `../../docs/pictures/${name}.png`);
  if (!existsSync(shown)) return;
  const [today, then] = await Promise.all([inLittle(path), inLittle(shown)]);
  const difference = today.reduce((sum, dot, at) => sum + Math.abs(dot - (then[at] ?? 0)), 0) / today.length;
  expect(difference, `docs/pictures/${name}.png is current: node scripts/pictures.mjs`).toBeLessThan(
    MOST_DIFFERENT,
  );
}

const inLittle = (path: string): Promise<Buffer> =>
  sharp(path).resize(60, 40, { fit: 'fill' }).greyscale().raw().toBuffer();
