import { OssError } from '../../contract/errors.ts';

/** Whether the keys of the authorities can sign, asked before something happens that cannot be taken back. */
export interface KeyHealth {
  /** @throws OssError OSS_KEYS_UNAVAILABLE, with the reason as its cause */
  assertAvailable(): Promise<void>;
  /**
   * The same, asked now whatever was known: what is found bad here is bad for everybody at once.
   * @throws OssError OSS_KEYS_UNAVAILABLE, with the reason as its cause
   */
  examine(): Promise<void>;
}

export interface KeyHealthOptions {
  /** Signs with each of them; rejects when one does not. */
  readonly check: () => Promise<void>;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic: () => number;
  /** Told when it changes: the reason, or undefined when the keys are back. */
  readonly onChange: (reason: unknown) => void;
}

/** So long a good response holds; a bad one holds for nobody but those who waited for it. */
const LIFETIME_MS = 1_000;

export function keyHealth({ check, monotonic, onChange }: KeyHealthOptions): KeyHealth {
  let goodUntil = Number.NEGATIVE_INFINITY;
  let wasLost = false;
  let asking: Promise<void> | undefined;
  const tell = (isLost: boolean, reason: unknown): void => {
    if (isLost !== wasLost) onChange(reason);
    wasLost = isLost;
  };
  const ask = async (): Promise<void> => {
    try {
      await check();
      goodUntil = monotonic() + LIFETIME_MS;
      tell(false, undefined);
    } catch (cause) {
      goodUntil = Number.NEGATIVE_INFINITY;
      tell(true, cause);
      throw new OssError('OSS_KEYS_UNAVAILABLE', {}, { cause });
    } finally {
      asking = undefined;
    }
  };
  return {
    async assertAvailable() {
      if (monotonic() < goodUntil) return;
      asking ??= ask();
      await asking;
    },
    async examine() {
      asking ??= ask();
      await asking;
    },
  };
}
