import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './station.ts';

/** WCAG 2.2 A and AA, and the contrast of 7:1 that the signer's window promises. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Looks at a screen as axe does, and keeps its picture in a folder that git ignores. */
export async function lookAt(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `out/screens/${name}.png` });
  // The text layer of a PDF is the document's business, not the station's.
  const axe = new AxeBuilder({ page }).setLegacyMode().withTags(RULES).exclude('.pdfViewer');
  if (name.startsWith('signer')) axe.options({ rules: { 'color-contrast-enhanced': { enabled: true } } });
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
  expect(found, `${name} is accessible`).toEqual([]);
}
