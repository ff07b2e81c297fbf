import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HONEST_NAMES, hostileText, RAW_HOSTILE } from '../../../test/support/hostile-text.ts';
import { isolated } from '../../base/isolate.ts';
import { openTypefaces } from '../index.ts';
import { describeVisible } from './describe-visible.ts';

const typefaces = openTypefaces('resources/fonts/NotoSans-Regular.ttf');
const signer = {
  givenName: 'Zoë',
  surname1: 'Łódź',
  email: 'zoe@example.com',
  idDocument: { type: 'PAS' as const, country: 'PL', number: 'ZS0000177' },
  language: 'en' as const,
};
const visible = {
  page: 1,
  rectangle: { x1: 0, y1: 0, x2: 200, y2: 60 },
  text: ['{name}', 'Reason: {reason}', '{location} {organisation} {document}'],
};
const withText = (text: string) => {
  const values = {
    signer,
    at: new Date(0),
    reason: text,
    location: text,
    organisation: text,
    document: text,
  };
  return describeVisible(visible, values, typefaces);
};

/** Pairs that keep a name from right to left to itself order only what is between them. */
const withoutIsolates = (text = ''): string => text.replaceAll(/\u2068([^\u2066-\u2069]*)\u2069/gu, '$1');

describe('what a visible signature says', () => {
  it('has as many lines as were asked for, and no character that acts', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        const { text: lines = [], alternativeText } = await withText(text);
        expect(lines).toHaveLength(3);
        for (const said of [...lines, alternativeText])
          expect(withoutIsolates(said)).not.toMatch(RAW_HOSTILE);
      }),
    );
  });

  it.each(HONEST_NAMES)('has honest names as they are: %s', async (name) => {
    expect((await withText(name)).text?.[1]).toBe(`Reason: ${isolated(name)}`);
  });
});
