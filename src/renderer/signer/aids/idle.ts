import { useEffect, useState } from 'react';

const ACTIVITY = Object.freeze([
  'keydown',
  'pointerdown',
  'pointermove',
  'wheel',
  'scroll',
  'touchstart',
] as const);

export interface IdleTimes {
  /** Seconds without any sign of a person until they are asked. */
  readonly asks: number;
  /** Further seconds that what is on the screen takes to be read; asked when the time would be over. */
  readonly reading?: () => number;
  /** Seconds that the question stays; at least 20 (WCAG 2.2.1). */
  readonly ends: number;
}

/**
 * Watches for signs of a person: a key, a touch, a movement, a scroll.
 * @returns the seconds that are left while the question is on the screen, and the response to it
 */
export function useIdle(times: IdleTimes | undefined, onEnd: () => void): [number | undefined, () => void] {
  const [left, setLeft] = useState<number>();
  const [round, setRound] = useState(0);
  const { asks, ends, reading } = times ?? {};

  // biome-ignore lint/correctness/useExhaustiveDependencies: every response starts a new round
  useEffect(() => {
    setLeft(undefined);
    if (asks === undefined || ends === undefined) return;
    let asking: ReturnType<typeof setTimeout>;
    const seen = () => {
      clearTimeout(asking);
      asking = setTimeout(() => {
        // A page that is full of words is read longer without a touch.
        const more = reading?.() ?? 0;
        asking = setTimeout(() => setLeft(ends), more * 1000);
      }, asks * 1000);
    };
    seen();
    for (const sign of ACTIVITY) addEventListener(sign, seen, { capture: true, passive: true });
    return () => {
      clearTimeout(asking);
      for (const sign of ACTIVITY) removeEventListener(sign, seen, { capture: true });
    };
  }, [asks, ends, reading, round]);

  const isAsked = left !== undefined;
  useEffect(() => {
    if (!isAsked) return;
    const countDown = setInterval(() => setLeft((seconds = 1) => Math.max(0, seconds - 1)), 1000);
    return () => clearInterval(countDown);
  }, [isAsked]);

  useEffect(() => {
    if (left === 0) onEnd();
  }, [left, onEnd]);

  return [left, () => setRound((before) => before + 1)];
}
