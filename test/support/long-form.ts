/**
 * `npm run test:long` runs the heavy matrices whole: every file in every way, every moment of a kill, many more
 * damaged documents. `npm test` runs their short form: the same tests, with fewer of their arguments.
 */
export const isLongForm = process.env.ONESHOT_TESTS === 'long';

/** All in the long form; in the short form every `step`-th. */
export const inShort = <T>(all: readonly T[], step: number): T[] =>
  all.filter((_, index) => isLongForm || index % step === 0);
