// What a person does in the window, and how long it takes until they see it.

/** @typedef {import('./host.mjs').Host} Host */

/**
 * From the start of the program to the first picture of its page, in ms. Of the station that is the desk itself: its
 * page has no content before it.
 * @param {Host} host
 */
export async function firstPaint(host) {
  const paintedAt = await host.evaluate(
    () =>
      new Promise((resolve) => {
        const observer = new PerformanceObserver((list) => {
          const paint = list.getEntriesByName('first-contentful-paint')[0];
          if (paint) resolve(performance.timeOrigin + paint.startTime);
        });
        observer.observe({ type: 'paint', buffered: true });
      }),
  );
  return Number(paintedAt) - host.startedAt;
}

/** Waits until the station works with its service: the first start makes authorities and their keys. @param {Host} host */
export const connected = (host) =>
  host.evaluate(async () => {
    const isBusy = () => document.querySelector('nav [role="status"]');
    while (isBusy()) await new Promise((resolve) => setTimeout(resolve, 100));
  });

/** Presses the button, whose dialog is answered at once, and waits for the picture of page 1. In ms. @param {Host} host */
export async function firstPage(host) {
  const took = await host.evaluate(
    () =>
      new Promise((resolve) => {
        const drawn = '[role="region"] > canvas, .page[data-page-number="1"][data-loaded] canvas';
        const isDrawn = () => document.querySelector(drawn);
        const observer = new MutationObserver(() => {
          if (!isDrawn()) return;
          observer.disconnect();
          requestAnimationFrame(() => resolve(performance.now() - pressedAt));
        });
        observer.observe(document, { subtree: true, childList: true, attributes: true });
        const pressedAt = performance.now();
        const buttons = [...document.querySelectorAll('button')];
        buttons.find(({ textContent }) => textContent?.startsWith('Choose files'))?.click();
      }),
  );
  return Number(took);
}

/** Turns to the next page and looks at it. @param {Host} host @param {number} page */
export const showNext = (host, page) =>
  host.evaluate(async (number) => {
    const wait = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const next = /** @type {HTMLElement} */ (document.querySelector('button[aria-label="Next page"]'));
    next.click();
    while (!document.querySelector(`.page[data-page-number="${number}"][data-loaded] canvas`)) await wait(20);
    await wait(500);
  }, page);

/** The same by pdf.js alone. @param {Host} host */
export async function bareFirstPage(host) {
  await host.evaluate(async () => {
    await /** @type {any} */ (globalThis).warmUp();
  });
  const took = await host.evaluate(async () => {
    const pressedAt = performance.now();
    const { openDocument, drawPage } = /** @type {any} */ (globalThis);
    await openDocument();
    await drawPage(1);
    return performance.now() - pressedAt;
  });
  return Number(took);
}

/** @param {Host} host @param {number} pages */
export async function drawBare(host, pages) {
  await bareFirstPage(host);
  await host.evaluate(async (last) => {
    const { drawPage } = /** @type {any} */ (globalThis);
    for (let page = 2; page <= last; page += 1) await drawPage(page);
  }, pages);
}
