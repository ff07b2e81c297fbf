import { expect, it } from 'vitest';
import type { Manifest } from '../../contract/model/manifest.ts';
import { isAuthorisedBy, subjectOf } from './subject.ts';

const digest = (letter: string): string => `${letter.repeat(43)}=`;
const manifest: Manifest = ['a', 'b'].map((letter) => ({
  digest: digest(letter),
  claimedSigningTime: '2026-01-31T10:20:30Z',
}));
const contents = [digest('c'), digest('d')];
const call = (more: { contents?: string[]; manifest?: Manifest }) => ({
  authorisation: { type: 'otp' as const, code: '000000' },
  manifest,
  ...more,
});

it('a code for a manifest authorises that manifest and nothing else', () => {
  const sent = subjectOf({ manifest }).digest;
  expect(isAuthorisedBy(sent, call({}))).toBe(true);
  expect(isAuthorisedBy(sent, call({ manifest: [...manifest].reverse() }))).toBe(false);
  expect(isAuthorisedBy(sent, call({ contents }))).toBe(false);
});

it('a code for contents authorises a manifest with the same contents, entry by entry', () => {
  const sent = subjectOf({ contents }).digest;
  expect(isAuthorisedBy(sent, call({ contents }))).toBe(true);
  expect(isAuthorisedBy(sent, call({}))).toBe(false);
  expect(isAuthorisedBy(sent, call({ contents: [...contents].reverse() }))).toBe(false);
  expect(isAuthorisedBy(sent, call({ contents, manifest: manifest.slice(1) }))).toBe(false);
});

it('contents that are the digests of a manifest are still another subject', () => {
  expect(subjectOf({ contents: manifest.map((entry) => entry.digest) }).digest).not.toBe(
    subjectOf({ manifest }).digest,
  );
});
