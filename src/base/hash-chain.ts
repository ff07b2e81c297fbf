import { createHash } from 'node:crypto';

/** What the first link of a chain has for the hash of the one before. */
export const CHAIN_START = '0'.repeat(64);

/** How links of one chain are written down. Stored formats differ; the rules of the chain do not. */
export interface ChainFormat<Link> {
  /** The text over which the hash of a link goes: everything that the link says, but its own hash. */
  text(link: Link): string;
  sequence(link: Link): number;
  previous(link: Link): string;
}

export interface HashChain<Link> {
  /** SHA-256 in hexadecimal. */
  hashOf(link: Link): string;
  /** Whether a link with this hash follows a link, or begins the chain. */
  follows(link: Link, hash: string, before: ChainEnd): boolean;
}

export interface ChainEnd {
  readonly sequence: number;
  readonly hash: string;
}

export const BEFORE_FIRST: ChainEnd = Object.freeze({ sequence: 0, hash: CHAIN_START });

/** A list in which each link has the hash of the one before: a changed, removed or inserted link is noticed. */
export function hashChain<Link>(format: ChainFormat<Link>): HashChain<Link> {
  const hashOf = (link: Link): string => createHash('sha256').update(format.text(link)).digest('hex');
  return {
    hashOf,
    follows: (link, hash, before) =>
      format.sequence(link) === before.sequence + 1 &&
      format.previous(link) === before.hash &&
      hashOf(link) === hash,
  };
}
