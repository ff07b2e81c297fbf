import { MOST_DECODED_DOTS, pictureSizeOf } from '../../../contract/model/picture-size.ts';

/** The longer edge: enough for the zone to be read, and no more of a person than is needed. */
const LONGEST_EDGE = 2000;
const QUALITY = 0.85;
const LARGEST_FILE = 64 * 1024 * 1024;
/** What cameras write before the picture itself: small pictures of it, profiles of colour. */
const HEADER_BYTES = 1024 * 1024;

/** Base64 of a picture as it is kept, or why there is none. */
export type Taken = { readonly data: string } | { readonly problem: PictureProblem };
export type PictureProblem = 'noPicture' | 'tooLarge';

export async function fromFile(file: File): Promise<Taken> {
  const header = new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer());
  const size = pictureSizeOf(header);
  if (!size) return { problem: 'noPicture' };
  // A few bytes can ask for more dots than there is memory: what is too much is not decoded at all.
  if (file.size > LARGEST_FILE || size.width * size.height > MOST_DECODED_DOTS)
    return { problem: 'tooLarge' };
  return taken(file);
}

/**
 * JPEG of bounded size, drawn again, so that nothing of what cameras write into files remains.
 * @param source what the camera sees, or a file of which the size is known
 */
export async function taken(source: ImageBitmapSource): Promise<Taken> {
  const picture = await createImageBitmap(source).catch(() => undefined);
  if (!picture) return { problem: 'noPicture' };
  const scale = Math.min(1, LONGEST_EDGE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const url = canvas.toDataURL('image/jpeg', QUALITY);
  canvas.width = 0; // gives its memory back at once
  return { data: url.slice(url.indexOf(',') + 1) };
}
