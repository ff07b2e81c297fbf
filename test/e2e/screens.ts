import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import sharp from 'sharp';
import { expect } from './station.ts';

/** WCAG 2.2 A and AA, and the contrast of 7:1 that the signer's window promises. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Looks at a screen as axe does, and keeps its picture in a folder that git ignores. */
export async function lookAt(page: Page, name: string): Promise<void> {
  const path = `out/screens/${name}.png`;
  await page.screenshot({ path });
  await comparedWithDocs(name, path);
  expect(await violationsOn(page, name.startsWith('signer')), `${name} is accessible`).toEqual([]);
}

/** By axe itself, which a page is given once: of its results nothing but the violations leaves the page. */
async function violationsOn(page: Page, isEnhanced: boolean): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const options: axe.RunOptions = {
    runOnly: { type: 'tag', values: RULES },
    resultTypes: ['violations'],
    rules: isEnhanced ? { 'color-contrast-enhanced': { enabled: true } } : {},
  };
  return page.evaluate(async (asked) => {
    const { axe: ours } = window as unknown as { axe: typeof axe };
    // The text layer of a PDF is the document's business, not the station's.
    const { violations } = await ours.run({ exclude: ['.pdfViewer'] }, asked);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
    );
  }, options);
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
