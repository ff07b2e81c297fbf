/** The same things with one of them at another place, counted from 0. */
export function inOrder<T>(all: readonly T[], one: T, to: number): T[] {
  const others = all.filter((other) => other !== one);
  others.splice(to, 0, one);
  return others;
}
