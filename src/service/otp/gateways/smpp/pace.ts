/** Hands out places: not more at a time than the window, not more a second than agreed, none during a pause. */
export interface Pace {
  /** Resolves when the next may go, with what gives the place back; false when it does not within `until`. */
  enter(until: number): Promise<(() => void) | undefined>;
  /** The SMSC wants less: nobody goes for this long, in milliseconds. */
  pause(milliseconds: number): void;
}

export interface PaceOptions {
  readonly window: number;
  readonly perSecond: number;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic: () => number;
}

interface Waiting {
  readonly until: number;
  readonly go: (leave: (() => void) | undefined) => void;
}

export function createPace({ window, perSecond, monotonic }: PaceOptions): Pace {
  const waiting: Waiting[] = [];
  let inside = 0;
  let nextAt = 0;
  let timer: NodeJS.Timeout | undefined;
  const leaveOnce = (): (() => void) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      inside -= 1;
      serve();
    };
  };
  const serve = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const now = monotonic();
    for (const late of waiting.filter(({ until }) => until <= now)) {
      waiting.splice(waiting.indexOf(late), 1);
      late.go(undefined);
    }
    while (waiting.length > 0 && inside < window && nextAt <= now) {
      inside += 1;
      nextAt = Math.max(nextAt, now - 1000 / perSecond) + 1000 / perSecond;
      waiting.shift()?.go(leaveOnce());
    }
    if (waiting.length === 0) return;
    const soonest = Math.min(...waiting.map(({ until }) => until));
    const at = inside < window ? Math.min(soonest, nextAt) : soonest;
    timer = setTimeout(serve, Math.max(1, at - now));
  };
  return {
    enter: (until) =>
      new Promise((go) => {
        waiting.push({ until, go });
        serve();
      }),
    pause(milliseconds) {
      nextAt = Math.max(nextAt, monotonic() + milliseconds);
    },
  };
}
