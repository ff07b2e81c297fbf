/** Pictures of identity documents, as a camera takes them: drawn as a page, set as dots, then treated badly. */
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { PDFDocument, rgb, StandardFonts } from 'pdf-lib';
import sharp from 'sharp';

export interface CameraOptions {
  /** Degrees by which the document lies askew. */
  readonly turned?: number;
  /** Of the noise of a dark room, in steps of 256. */
  readonly noise?: number;
  /** Dots over which an edge is blurred. */
  readonly blur?: number;
  /** Dots of the longer edge. */
  readonly size?: number;
}

const WIDTH = 1600;
/** Points of a card of ID-1 and of a page of a passport (ISO/IEC 7810). */
const CARD = [243, 153] as const;
const PASSPORT = [354, 249] as const;
const TABLE = '#6e6a66';

/** A JPEG of a document with this zone at its lower edge. */
export async function photographed(zone: readonly string[], camera: CameraOptions = {}): Promise<Buffer> {
  const { turned = 0, noise = 0, blur = 0, size = WIDTH } = camera;
  let picture = sharp(await drawn(zone));
  if (turned !== 0) picture = sharp(await picture.rotate(turned, { background: TABLE }).png().toBuffer());
  if (noise > 0) {
    const { width = 0, height = 0 } = await picture.metadata();
    const grain = { type: 'gaussian', mean: 128, sigma: noise } as const;
    const input = await sharp({ create: { width, height, channels: 3, background: '#808080', noise: grain } })
      .png()
      .toBuffer();
    picture = sharp(
      await picture
        .composite([{ input, blend: 'soft-light' }])
        .png()
        .toBuffer(),
    );
  }
  if (blur > 0) picture = picture.blur(blur);
  return picture
    .resize({ width: size, height: size, fit: 'inside' })
    .removeAlpha()
    .jpeg({ quality: 85 })
    .toBuffer();
}

async function drawn(zone: readonly string[]): Promise<Buffer> {
  const document = await PDFDocument.create();
  const [machine, plain] = [StandardFonts.CourierBold, StandardFonts.Helvetica];
  const [fixed, proportional] = [await document.embedFont(machine), await document.embedFont(plain)];
  const [width, height] = zone.length === 3 ? CARD : PASSPORT;
  const page = document.addPage([width, height]);
  page.drawRectangle({ x: 0, y: 0, width, height, color: rgb(0.92, 0.94, 0.9) });
  const print = (text: string, y: number) => page.drawText(text, { x: 12, y, size: 7, font: proportional });
  print('IDENTITY DOCUMENT / DOCUMENTO DE IDENTIDAD', height - 16);
  print('Calle Mayor 1, Madrid', height - 34);
  page.drawRectangle({ x: width - 60, y: height - 75, width: 45, height: 55, color: rgb(0.7, 0.72, 0.75) });
  const size = (width - 20) / ((zone[0]?.length ?? 1) * 0.6);
  zone.forEach((line, index) => {
    page.drawText(line, { x: 10, y: 11 + (zone.length - 1 - index) * size * 1.5, size, font: fixed });
  });
  const pdfium = await PDFiumLibrary.init();
  try {
    const opened = await pdfium.loadDocument(await document.save());
    const { data, ...raw } = await opened.getPage(0).render({ scale: WIDTH / width, render: 'bitmap' });
    const dots = { width: raw.width, height: raw.height, channels: 4 } as const;
    return await sharp(data, { raw: dots }).png().toBuffer();
  } finally {
    pdfium.destroy();
  }
}
