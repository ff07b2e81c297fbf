/** How a clock stands to ours: by how much ours is ahead, and how far wrong that may be; milliseconds. */
export interface ClockReading {
  readonly ahead: number;
  readonly bound: number;
}

/** A clock beside ours. */
export interface ClockReference {
  /** For the log. */
  readonly name: string;
  /** Rejects where it gives no time, or does not trust its own. */
  read(): Promise<ClockReading>;
}
