import type { OssError } from '../../contract/errors.ts';
import type { Transaction } from '../../contract/model/transaction.ts';

/** Left as it is until a person has looked: it is damaged, of another version, or ended the process before. */
const isLeftAside = (code: string): boolean =>
  code === 'OSS_SET_ASIDE' || /^OSS_(JOURNAL|RECORD)_/.test(code);

/** What a start found and what came of it, for one line of the log. */
export class RecoverySummary {
  readonly #madeAgain: readonly string[];
  #dropped = 0;
  readonly #standing: string[] = [];
  readonly #asides = new Set<string>();

  /** @param madeAgain indexes that were damaged */
  constructor(madeAgain: readonly string[] = []) {
    this.#madeAgain = madeAgain;
  }

  /** A request or an upload that no client was ever told of. */
  noteDropped(): void {
    this.#dropped += 1;
  }

  /** @param what that cannot go on by itself, as its log line names it */
  noteStanding(what: string, { code }: OssError): void {
    if (isLeftAside(code)) this.#asides.add(`${what} (${code})`);
    else this.#standing.push(code);
  }

  get hasSetAside(): boolean {
    return this.#asides.size > 0;
  }

  /** @param transactions that were open at the start, as they are now */
  line(transactions: readonly Transaction[]): string {
    const inState = (...states: readonly string[]): number =>
      transactions.filter(({ state }) => states.includes(state)).length;
    const parts = [
      counted(inState('delivered'), 'finished'),
      counted(inState('expired', 'cancelled'), 'ended'),
      counted(this.#dropped, 'dropped that nobody was told of'),
      counted(inState('signing', 'signed'), `to be tried again${reasons(this.#standing)}`),
      ...(this.#madeAgain.length > 0
        ? [`damaged and made again from the journals: ${this.#madeAgain.join(', ')}`]
        : []),
      ...(this.hasSetAside ? [`set aside: ${[...this.#asides].slice(0, 20).join(', ')}`] : []),
    ].filter((part) => part !== undefined);
    return `recovered after the start: ${parts.length === 0 ? 'nothing was left open' : parts.join('; ')}`;
  }
}

const counted = (number: number, what: string): string | undefined =>
  number === 0 ? undefined : `${number} ${what}`;

const reasons = (codes: readonly string[]): string =>
  codes.length === 0 ? '' : ` (${[...new Set(codes)].join(', ')})`;
