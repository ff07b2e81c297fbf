/** The longer edge: enough for the zone to be read, and no more of a person than is needed. */
const LONGEST_EDGE = 2000;
const QUALITY = 0.85;

/**
 * A picture as it is kept: JPEG of bounded size, drawn again, so that nothing of what cameras write into files remains.
 * @returns base64
 * @throws Error for what is no picture
 */
export async function asKept(source: ImageBitmapSource): Promise<string> {
  const picture = await createImageBitmap(source);
  const scale = Math.min(1, LONGEST_EDGE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const url = canvas.toDataURL('image/jpeg', QUALITY);
  canvas.width = 0; // gives its memory back at once
  return url.slice(url.indexOf(',') + 1);
}
