import { useEffect, useState } from 'react';

const secondsUntil = (time: string | undefined): number =>
  time === undefined ? 0 : Math.max(0, Math.ceil((Date.parse(time) - Date.now()) / 1000));

/** Whole seconds until an instant, counted down to zero. */
export function useSecondsUntil(time: string | undefined): number {
  const [seconds, setSeconds] = useState(() => secondsUntil(time));
  useEffect(() => {
    setSeconds(secondsUntil(time));
    const timer = setInterval(() => setSeconds(secondsUntil(time)), 1000);
    return () => clearInterval(timer);
  }, [time]);
  return seconds;
}
