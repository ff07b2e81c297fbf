import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BEFORE_FIRST, type ChainEnd, hashChain } from './hash-chain.ts';

interface Link extends ChainEnd {
  readonly says: string;
  readonly previous: string;
}

const chain = hashChain<Omit<Link, 'hash'>>({
  text: ({ sequence, says, previous }) => JSON.stringify([sequence, says, previous]),
  sequence: ({ sequence }) => sequence,
  previous: ({ previous }) => previous,
});

function build(texts: readonly string[]): Link[] {
  const links: Link[] = [];
  let end = BEFORE_FIRST;
  for (const says of texts) {
    const link = { sequence: end.sequence + 1, says, previous: end.hash };
    links.push({ ...link, hash: chain.hashOf(link) });
    end = links.at(-1) as Link;
  }
  return links;
}

function holds(links: readonly Link[]): boolean {
  let end = BEFORE_FIRST;
  for (const link of links) {
    if (!chain.follows(link, link.hash, end)) return false;
    end = link;
  }
  return true;
}

const texts = fc.array(fc.string(), { minLength: 2, maxLength: 8 });

it('holds as it was written', () => {
  fc.assert(fc.property(texts, (said) => holds(build(said))));
});

it('breaks where a link was changed, removed from before the end, or two changed places', () => {
  fc.assert(
    fc.property(texts, fc.nat(), (said, place) => {
      const links = build(said);
      const at = place % (links.length - 1);
      const changed = links.map((link, n) => (n === at ? { ...link, says: `${link.says}!` } : link));
      const removed = links.filter((_, n) => n !== at);
      const swapped = links.toSpliced(at, 2, links[at + 1] as Link, links[at] as Link);
      expect([changed, removed, swapped].map(holds)).toEqual([false, false, false]);
    }),
  );
});
