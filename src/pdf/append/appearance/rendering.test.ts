import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import decodeQR from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { hasTool, qpdfStatus, sign, typefaces, withFile } from '../../signing.fixture.ts';
import { drawPreview } from './preview.ts';
import { type Area, type Colour, changedArea, onePage, type Rendering, render } from './rendering.fixture.ts';

const quadrants = readFileSync(join(import.meta.dirname, 'quadrants.jpg'));
/** The colours of the picture at its corners: upper left, upper right, lower left, lower right. */
const UPRIGHT = ['red', 'green', 'blue', 'black'];

const nameOf = ([red, green, blue]: Colour): string => {
  const bright = [red, green, blue].map((sample) => sample > 128);
  const names: Record<string, string> = {
    'true,false,false': 'red',
    'false,true,false': 'green',
    'false,false,true': 'blue',
    'false,false,false': 'black',
    'true,true,true': 'white',
    'true,true,false': 'yellow',
  };
  return names[String(bright)] ?? String([red, green, blue]);
};

const cornersOf = (shown: Rendering, { left, top, right, bottom }: Area): string[] => {
  const [dx, dy] = [(right - left) / 4, (bottom - top) / 4];
  return [top + dy, bottom - dy].flatMap((y) => [left + dx, right - dx].map((x) => nameOf(shown.at(x, y))));
};

/** The picture with what a camera notes: how it was held. */
function heldAs(orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  const body = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, body.length + 2]);
  return Buffer.concat([quadrants.subarray(0, 2), head, body, quadrants.subarray(2)]);
}

const jpeg = (bytes: Uint8Array) => ({ format: 'jpeg' as const, bytes });

const seen = hasTool('pdftoppm') ? describe : describe.skip;

/** Pages of 400 by 300 points as the reader sees them; the box lies 40 from the left and 30 from the bottom. */
const PAGES = [
  ['plain', '/MediaBox [0 0 400 300]', { x1: 40, y1: 30, x2: 240, y2: 130 }],
  ['turned by 90 degrees', '/MediaBox [0 0 300 400] /Rotate 90', { x1: 170, y1: 40, x2: 270, y2: 240 }],
  ['turned by 180 degrees', '/MediaBox [0 0 400 300] /Rotate 180', { x1: 160, y1: 170, x2: 360, y2: 270 }],
  ['turned by 270 degrees', '/MediaBox [0 0 300 400] /Rotate -90', { x1: 30, y1: 160, x2: 130, y2: 360 }],
  ['with its origin elsewhere', '/MediaBox [-100 500 300 800]', { x1: -60, y1: 530, x2: 140, y2: 630 }],
  ['with large units', '/MediaBox [0 0 200 150] /UserUnit 2', { x1: 20, y1: 15, x2: 120, y2: 65 }],
  ['cropped', '/MediaBox [0 0 600 500] /CropBox [100 100 500 400]', { x1: 140, y1: 130, x2: 340, y2: 230 }],
  [
    'cropped, turned and with large units',
    '/MediaBox [0 0 250 300] /CropBox [50 50 200 250] /Rotate 90 /UserUnit 2',
    { x1: 135, y1: 70, x2: 185, y2: 170 },
  ],
] as const;
const seenAt = (entries: string) => ({ dpi: entries.includes('UserUnit') ? 144 : 72 });
const BOX: Area = { left: 40, top: 170, right: 239, bottom: 269 };

seen('on a page', () => {
  it.each(PAGES)('%s, a picture fills its box upright', async (_, entries, rectangle) => {
    const original = onePage(entries);
    const { bytes } = await sign(original, { visible: { page: 1, rectangle, picture: jpeg(quadrants) } });
    const [before, after] = [render(original, seenAt(entries)), render(bytes, seenAt(entries))];
    const area = changedArea(before, after);
    // The picture is twice as wide as high, as the box is; around it a margin of three points.
    const { left = 0, top = 0, right = 0, bottom = 0 } = area ?? {};
    for (const [edge, expected] of [
      [left, BOX.left + 6],
      [top, BOX.top + 3],
      [right, BOX.right - 6],
      [bottom, BOX.bottom - 3],
    ] as const) {
      expect(Math.abs(edge - expected)).toBeLessThanOrEqual(1);
    }
    expect(area && cornersOf(after, area)).toEqual(UPRIGHT);
  });

  it.each(PAGES)('%s, text stays in its box and reads from left to right', async (_, entries, rectangle) => {
    const original = onePage(entries);
    const { bytes } = await sign(original, {
      visible: { page: 1, rectangle, text: ['Signed by Ada Lovelace', 'i'], typefaces },
    });
    const area = changedArea(render(original, seenAt(entries)), render(bytes, seenAt(entries)));
    expect(area?.left).toBeGreaterThanOrEqual(BOX.left);
    expect(area?.right).toBeLessThan(BOX.right);
    expect(area?.top).toBeGreaterThanOrEqual(BOX.top);
    expect(area?.bottom).toBeLessThanOrEqual(BOX.bottom);
    // The first line is long and above, the second short and below: only so when upright and at one size.
    const [width, height] = [(area?.right ?? 0) - (area?.left ?? 0), (area?.bottom ?? 0) - (area?.top ?? 0)];
    expect(width).toBeGreaterThan(110);
    expect(height).toBeLessThan(30);
    const text = withFile(bytes, (path) => spawnSync('pdftotext', [path, '-'], { encoding: 'utf8' }).stdout);
    expect(text.trim().split('\n')).toEqual(['Signed by Ada Lovelace', 'i']);
  });
});

const preview = async (
  content: Omit<Parameters<typeof drawPreview>[0], 'rectangle'>,
  [x2, y2]: readonly [number, number] = [200, 100],
): Promise<Uint8Array> =>
  (await drawPreview({ ...content, rectangle: { x1: 0, y1: 0, x2, y2 } }, { rotate: 0, userUnit: 1 })).pdf;

seen('a JPEG', () => {
  // What is stored at the corners, for a camera held in each of the eight ways (Exif 2.32 §4.6.4).
  it.each([
    [1, UPRIGHT],
    [2, ['green', 'red', 'black', 'blue']],
    [3, ['black', 'blue', 'green', 'red']],
    [4, ['blue', 'black', 'red', 'green']],
    [5, ['red', 'blue', 'green', 'black']],
    [6, ['blue', 'red', 'black', 'green']],
    [7, ['black', 'green', 'blue', 'red']],
    [8, ['green', 'black', 'red', 'blue']],
  ])('of a camera in position %i is turned upright', async (orientation, corners) => {
    const shown = render(await preview({ picture: jpeg(heldAs(orientation)) }));
    const white = { ...shown, at: (): Colour => [255, 255, 255] };
    const area = changedArea(white, shown);
    expect(area && cornersOf(shown, area)).toEqual(corners);
  });

  it('keeps to itself when and where it was taken', async () => {
    const bytes = Buffer.from(await preview({ picture: jpeg(heldAs(6)) }));
    expect(bytes.includes('Exif')).toBe(false);
    expect(qpdfStatus(bytes)).toBe(0);
  });

  it.each([
    ['cut off', quadrants.subarray(0, -40)],
    ['that is something else', Buffer.from('GIF89a')],
    ['without a frame', Buffer.concat([quadrants.subarray(0, 2), Buffer.from('ffda0002ffd9', 'hex')])],
  ])('%s is refused', async (_, bytes) => {
    await expect(preview({ picture: jpeg(bytes) })).rejects.toMatchObject({ code: 'OSS_PDF_IMAGE_INVALID' });
  });
});

seen('a drawing', () => {
  it('goes where the pen went, and nowhere else', async () => {
    // An L: down the left side, then along the bottom.
    const strokes = [
      Array.from({ length: 50 }, (_, index) => [0, index * 2] as const),
      Array.from({ length: 50 }, (_, index) => [index * 2, 98] as const),
    ];
    const shown = render(await preview({ ink: { strokes, penWidth: 6 } }, [106, 106]));
    const dark = (x: number, y: number): boolean => nameOf(shown.at(x, y)) === 'black';
    expect([dark(6, 20), dark(6, 80), dark(30, 100), dark(85, 100)]).toEqual([true, true, true, true]);
    expect([dark(50, 50), dark(90, 20), dark(20, 20)]).toEqual([false, false, false]);
  });

  it('of one dot is seen', async () => {
    const shown = render(await preview({ ink: { strokes: [[[7, 7]]] } }));
    expect(nameOf(shown.at(100, 50))).toBe('black');
  });
});

seen('a QR code', () => {
  const text = 'https://verify.example.com/?request=4711&name=Núria';

  it.each([
    ['alone', {}, [90, 90]],
    ['beside text', { text: ['Signed by', 'Ada Lovelace'], typefaces }, [260, 90]],
    ['below a drawing', { ink: { strokes: [[[0, 0] as const, [40, 30] as const]] } }, [90, 220]],
  ] as const)('%s is read by a scanner', async (_, content, size) => {
    const shown = render(await preview({ ...content, qrCode: text }, size), { dpi: 216 });
    const data = new Uint8Array(shown.width * shown.height * 4).fill(255);
    for (let y = 0; y < shown.height; y += 1)
      for (let x = 0; x < shown.width; x += 1) data.set(shown.at(x, y), 4 * (y * shown.width + x));
    expect(decodeQR({ width: shown.width, height: shown.height, data })).toBe(text);
  });

  it('that nobody could scan is refused', async () => {
    await expect(preview({ qrCode: text }, [20, 20])).rejects.toMatchObject({
      code: 'OSS_PDF_RECTANGLE_INVALID',
    });
  });
});

seen('text', () => {
  const NAMES = [
    ['Polish', 'Łucja Żółć-Gżegżółka'],
    ['Greek', 'Αλέξανδρος Παπαδόπουλος'],
    ['Cyrillic', 'Екатерина Щербакова'],
    ['Vietnamese', 'Nguyễn Thị Thuỳ Dương'],
    ['Armenian', 'Արմեն Հակոբյան'],
    ['Georgian', 'გიორგი მაისურაძე'],
    ['Thai', 'สมชาย ใจดี'],
    ['Arabic', 'محمد الأحمد'],
    ['Hebrew', 'דוד כהן'],
  ] as const;

  it.each(NAMES)('in %s can be searched and copied', async (_, name) => {
    const pdf = await preview({ text: [name], typefaces });
    const text = withFile(pdf, (path) => spawnSync('pdftotext', [path, '-'], { encoding: 'utf8' }).stdout);
    expect(text.replaceAll(/[\u202A-\u202E\u2066-\u2069\f]/g, '').trim()).toBe(name);
    expect(qpdfStatus(pdf)).toBe(0);
  });

  it('that is read from right to left stands at the right, and its letters join', async () => {
    const columnsOf = async (text: string): Promise<boolean[]> => {
      const shown = render(await preview({ text: [text], typefaces }), { dpi: 288 });
      const column = (x: number): boolean =>
        Array.from({ length: shown.height }, (_, y) => nameOf(shown.at(x, y))).includes('black');
      return Array.from({ length: shown.width }, (_, x) => column(x));
    };
    const gapsIn = (columns: readonly boolean[]): number =>
      columns.slice(columns.indexOf(true), columns.lastIndexOf(true)).filter((dark) => !dark).length;
    const joined = await columnsOf('محمـ');
    expect(joined.lastIndexOf(true)).toBeGreaterThan(4 * 190);
    expect(gapsIn(joined)).toBe(0);
    expect(gapsIn(await columnsOf('م\u200cح\u200cم\u200c'))).toBeGreaterThan(0);
  });

  it.each([
    ['Chinese', '王小明', 'Hani', 'U+738B'],
    ['Korean', '김철수', 'Hang', 'U+AE40'],
    ['Japanese', 'さくら', 'Hira', 'U+3055'],
  ])('in %s, for which no typeface is there, is refused by name', async (_, text, script, codePoint) => {
    await expect(preview({ text: [text], typefaces })).rejects.toMatchObject({
      code: 'OSS_PDF_TEXT_UNSUPPORTED',
      details: { script, codePoint },
    });
  });
});
