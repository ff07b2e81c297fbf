/** Pages kept above and below what is in sight, so that scrolling finds them there. */
const MARGIN = 2;

/** First and last item, counted from 1, that a scrolled strip of equally high items has to show. */
export function shownRange(
  top: number,
  height: number,
  itemHeight: number,
  items: number,
): { readonly first: number; readonly last: number } {
  const first = Math.floor(top / itemHeight) + 1 - MARGIN;
  const last = Math.ceil((top + height) / itemHeight) + MARGIN;
  const within = (item: number) => Math.min(Math.max(1, item), items);
  return { first: within(first), last: within(last) };
}
