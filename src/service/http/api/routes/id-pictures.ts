import { z } from 'zod';
import { idPictureSideSchema, MAX_ID_PICTURE_BYTES } from '../../../../contract/model/id-picture.ts';
import { requestIdSchema } from '../../../../contract/model/request-id.ts';
import { idPictureViewSchema, putIdPictureSchema } from '../../../../contract/service-api/id-pictures.ts';
import { officerRoute } from '../api-route.ts';

const path = '/v1/requests/:id/id-pictures/:side';
const params = z.object({ id: requestIdSchema, side: idPictureSideSchema });
/** Base64 takes four characters for three bytes; the rest is the frame around it. */
const BODY_BYTES = Math.ceil(MAX_ID_PICTURE_BYTES / 3) * 4 + 1024;

const putIdPicture = officerRoute({
  method: 'PUT',
  path,
  summary: 'Keeps a picture of the identification, sealed',
  tag: 'requests',
  takes: { params, body: putIdPictureSchema },
  responses: { 200: idPictureViewSchema },
  refusals: [400, 401, 404, 409, 413],
  bodyBytes: BODY_BYTES,
  async handle({ idPictures }, { caller, params: { id, side }, body: { data } }) {
    return { value: await idPictures.put(caller, id, side, Buffer.from(data, 'base64')) };
  },
});

const getIdPicture = officerRoute({
  method: 'GET',
  path,
  summary: 'A picture of the identification, for who has to prove it later; every look is written down',
  tag: 'requests',
  takes: { params },
  responses: { 200: z.any().describe('JPEG') },
  refusals: [401, 404],
  async handle({ idPictures }, { caller, params: { id, side } }) {
    return { bytes: await idPictures.get(caller, id, side), mediaType: 'image/jpeg' };
  },
});

/** Pictures of the document that a signer was identified with. */
export const ID_PICTURE_ROUTES = [putIdPicture, getIdPicture];
