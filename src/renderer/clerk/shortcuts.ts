import { useLayoutEffect, useState } from 'react';
import { useDesk } from './desk.ts';

/** Keys with Ctrl, so that no letter that is typed into a field does anything else (WCAG 2.1.4). */
export const SHORTCUTS = Object.freeze({ newCustomer: 'm', add: 'o', verify: 'k' } as const);
export type Shortcut = keyof typeof SHORTCUTS;
export const shortcutNames = Object.keys(SHORTCUTS) as Shortcut[];

const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;

/**
 * What can be done by a key from everywhere, and `?` that asks for the list. Listens in the same step as the window
 * appears, and belongs to what is loaded first: a key that is pressed at once is not lost.
 */
export function useShortcuts(): { readonly isListed: boolean; readonly close: () => void } {
  const [isListed, setListed] = useState(false);
  const newCustomer = useDesk((desk) => desk.newCustomer);
  const choose = useDesk((desk) => desk.choose);
  const go = useDesk((desk) => desk.go);
  const place = useDesk((desk) => desk.place.kind);
  useLayoutEffect(() => {
    const actions: Record<Shortcut, () => void> = {
      newCustomer: () => void newCustomer(),
      add: () => {
        if (place !== 'documents') go({ kind: 'documents' });
        void choose();
      },
      verify: () => go({ kind: 'verify' }),
    };
    const onKey = (event: KeyboardEvent) => {
      if (document.querySelector('[role="alertdialog"]')) return;
      if (event.key === '?' && !isTyping(event)) return setListed(true);
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const action = shortcutNames.find((name) => SHORTCUTS[name] === event.key.toLowerCase());
      if (!action) return;
      event.preventDefault();
      actions[action]();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [newCustomer, choose, go, place]);
  return { isListed, close: () => setListed(false) };
}
