import { describe, expect, it } from 'vitest';
import { memorySource, openPdf } from '../../pdf/index.ts';
import { openTypefaces, previewAppearance } from '../index.ts';

const typefaces = openTypefaces('resources/fonts/NotoSans-Regular.ttf');
const values = {
  signer: {
    givenName: 'Zoë',
    surname1: 'Łódź',
    email: 'zoe@example.com',
    idDocument: { type: 'PAS' as const, country: 'PL', number: 'ZS0000177' },
    language: 'en' as const,
  },
  at: new Date('2026-11-25T09:30:00Z'),
};
const visible = { page: 3, rectangle: { x1: 100, y1: 100, x2: 300, y2: 160 }, text: ['{name}'] };

describe('the preview of a visible signature', () => {
  it.each([
    ['upright', undefined, [200, 60]],
    ['turned', { rotate: 90 as const, userUnit: 1 }, [60, 200]],
    ['with larger units', { rotate: 0 as const, userUnit: 2 }, [400, 120]],
  ])('is one page as large as the box: %s', async (_, page, [width, height]) => {
    const preview = await previewAppearance(visible, { values, typefaces, ...(page ? { page } : {}) });
    expect(preview).toMatchObject({ width, height });
    const document = await openPdf(memorySource(preview.pdf));
    expect(await document.pageCount()).toBe(1);
    expect((await document.page(1)).mediaBox).toEqual({ x1: 0, y1: 0, x2: width, y2: height });
  });
});
