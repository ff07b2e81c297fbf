import { z } from 'zod';

/** What the registration authority keeps of the person's identification: both sides of the document, and its holder. */
export const ID_PICTURE_SIDES = Object.freeze(['front', 'rear', 'holder'] as const);
export const idPictureSideSchema = z.enum(ID_PICTURE_SIDES);
export type IdPictureSide = z.infer<typeof idPictureSideSchema>;

/** Bytes of one picture: a sheet of A6 at 300 dpi as JPEG is well below. */
export const MAX_ID_PICTURE_BYTES = 2_000_000;
const JPEG_START = '/9j/';

/** A JPEG picture, base64. */
export const idPictureDataSchema = z
  .base64()
  .max(Math.ceil(MAX_ID_PICTURE_BYTES / 3) * 4)
  .startsWith(JPEG_START, 'The picture is no JPEG.');
