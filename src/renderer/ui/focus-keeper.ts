/** What a person was on is gone: where they are told what is there now. */
const PLACES = ['[role="alertdialog"]', 'aside h1', 'main h1', 'h1'] as const;

function firstVisible(document: Document): HTMLElement | undefined {
  for (const selector of PLACES) {
    const found = [...document.querySelectorAll<HTMLElement>(selector)].find(
      (one) => one.offsetParent !== null,
    );
    if (found) return found;
  }
  return undefined;
}

/**
 * Focus that falls to the body leaves keyboards and screen readers at the start of the window: it goes to the heading
 * of the screen instead.
 */
export function keepFocus(document: Document): void {
  const look = () => {
    if (document.activeElement !== document.body || !document.hasFocus()) return;
    const place = firstVisible(document);
    if (!place) return;
    if (!place.hasAttribute('tabindex')) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  };
  let pending = 0;
  const lookSoon = () => {
    cancelAnimationFrame(pending);
    // Twice: what takes its place is drawn in the next frame, and takes the focus itself where it wants it.
    pending = requestAnimationFrame(() => {
      pending = requestAnimationFrame(look);
    });
  };
  document.addEventListener('focusout', lookSoon, true);
  // A removed element tells of no focusout.
  new MutationObserver(() => document.activeElement === document.body && lookSoon()).observe(document.body, {
    childList: true,
    subtree: true,
  });
}
