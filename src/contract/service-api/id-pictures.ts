import { z } from 'zod';
import { idPictureDataSchema, idPictureSideSchema } from '../model/id-picture.ts';

/** PUT /v1/requests/{id}/id-pictures/{side}: a picture of the identification; a second one replaces the first. */
export const putIdPictureSchema = z.strictObject({ data: idPictureDataSchema });

/** What is kept of it: never the picture in a response of a list. */
export const idPictureViewSchema = z.object({
  side: idPictureSideSchema,
  bytes: z.number().int(),
  sha256: z.string(),
});
export type IdPictureView = z.infer<typeof idPictureViewSchema>;
