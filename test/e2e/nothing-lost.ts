import type { Page } from '@playwright/test';
import { expect } from './station.ts';

/** What a person has who enlarges: the window of a desk in CSS pixels at its zoom (WCAG 2.2, 1.4.4 and 1.4.10). */
const WINDOWS = Object.freeze({
  '1280 × 800': { width: 1280, height: 800 },
  '1024 × 768': { width: 1024, height: 768 },
  '1366 × 768 at 125 %': { width: 1093, height: 614 },
  '1280 × 800 at 200 %': { width: 640, height: 400 },
  '1280 × 1024 at 400 %': { width: 320, height: 256 },
});

/**
 * On this screen, at every size and with forced colours: no text is cut off, every control can be brought into sight
 * and is not covered then, and nothing but the document itself has to be scrolled sideways.
 */
export async function expectNothingLost(page: Page, screen: string): Promise<void> {
  const before = page.viewportSize();
  const lost: string[] = [];
  for (const forcedColors of ['none', 'active'] as const) {
    await page.emulateMedia({ forcedColors });
    for (const [name, size] of Object.entries(WINDOWS)) {
      await page.setViewportSize(size);
      await settled(page);
      const found = await page.evaluate(lostContent);
      lost.push(
        ...found.map((what) => `${name}${forcedColors === 'active' ? ', forced colours' : ''}: ${what}`),
      );
    }
  }
  await page.emulateMedia({ forcedColors: 'none' });
  if (before) await page.setViewportSize(before);
  await settled(page);
  expect(lost, `nothing of ${screen} is lost`).toEqual([]);
}

/** Two frames after a change of size the layout stands. */
const settled = (page: Page) =>
  page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );

/** Runs in the page. */
function lostContent(): string[] {
  const found: string[] = [];
  const said = (element: Element) =>
    `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}”`;
  /** The document is a picture that is looked at in parts; what screen readers alone are told has no place. */
  const isLeftOut = (element: Element) => {
    if (element.closest('.pdfViewer, [role="application"], [data-drawn], svg, [aria-hidden="true"], option'))
      return true;
    for (let at: Element | null = element; at; at = at.parentElement) {
      const { clipPath, clip, opacity } = getComputedStyle(at);
      const { width, height } = at.getBoundingClientRect();
      if (clipPath !== 'none' || clip !== 'auto' || opacity === '0' || (width <= 1 && height <= 1))
        return true;
    }
    return false;
  };
  const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
  const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll';

  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth + 1) found.push(`the window is ${scrollWidth} wide and shows ${clientWidth}`);

  // What is hidden from sight and not placed within what scrolls makes the window itself move with the focus.
  for (const frame of [document.documentElement, document.body]) {
    const beyond = frame.scrollHeight - frame.clientHeight;
    if (beyond > 1) found.push(`the window can be moved by ${beyond}`);
  }

  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].filter(
      (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
    );
    if (own.length === 0 || !isShown(element) || isLeftOut(element)) continue;
    if (getComputedStyle(element).textOverflow === 'ellipsis' && element.closest('[title]')) continue;
    const range = document.createRange();
    for (const node of own) {
      range.selectNodeContents(node);
      const text = range.getBoundingClientRect();
      for (let at: Element | null = element; at && at !== document.documentElement; at = at.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(at);
        const box = at.getBoundingClientRect();
        const isCutX = overflowX !== 'visible' && (text.left < box.left - 1 || text.right > box.right + 1);
        const isCutY = overflowY !== 'visible' && (text.top < box.top - 1 || text.bottom > box.bottom + 1);
        // A table keeps its columns, and is scrolled (WCAG 2.2, 1.4.10).
        if (isCutX && scrolls(overflowX) && element.closest('table')) break;
        if (isCutX) {
          found.push(
            `${said(element)} is cut off at the side${scrolls(overflowX) ? ', and is scrolled sideways' : ''}`,
          );
          break;
        }
        if (isCutY && !scrolls(overflowY)) {
          found.push(
            `${said(element)} is cut off above or below by ${at.tagName.toLowerCase()}.${at.className}`,
          );
          break;
        }
        // What is scrolled is where it will be seen; whatever is around it has it in sight then.
        if (scrolls(overflowY)) break;
      }
    }
  }

  // While a question is asked, what is behind it is out of reach for everybody.
  const reachable = document.querySelector('[role="alertdialog"]') ?? document.body;
  for (const control of reachable.querySelectorAll('button, a[href], input, select, textarea, summary')) {
    if (!isShown(control) || isLeftOut(control) || control.matches(':disabled')) continue;
    control.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    for (let at = control.parentElement; at; at = at.parentElement) {
      // A program can scroll what a person cannot.
      if (at.scrollTop === 0 || scrolls(getComputedStyle(at).overflowY)) continue;
      if (at !== document.documentElement)
        found.push(`${said(control)} is out of reach in ${at.tagName}.${at.className} by ${at.scrollTop}`);
      at.scrollTop = 0;
    }
    const { left, top, width, height } = control.getBoundingClientRect();
    const x = left + width / 2;
    const y = top + Math.min(height, innerHeight) / 2;
    const hit = document.elementFromPoint(x, y);
    if (hit === null) found.push(`${said(control)} cannot be brought into sight`);
    else if (!control.contains(hit) && !hit.closest('label')?.contains(control) && !hit.contains(control)) {
      found.push(`${said(control)} is covered by ${said(hit)}`);
    }
  }
  return found;
}
