import { z } from 'zod';
import { idPictureSideSchema, MAX_ID_PICTURE_BYTES } from '../../../../contract/model/id-picture.ts';
import { requestIdSchema } from '../../../../contract/model/request-id.ts';
import { idPictureViewSchema, putIdPictureSchema } from '../../../../contract/service-api/id-pictures.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiServices } from '../api-services.ts';
import { errorResponses } from '../error-responses.ts';
import { officerOf } from '../officer.ts';

const PATH = '/v1/requests/:id/id-pictures/:side';
const params = z.object({ id: requestIdSchema, side: idPictureSideSchema });
/** Base64 takes four characters for three bytes; the rest is the frame around it. */
const BODY_LIMIT = Math.ceil(MAX_ID_PICTURE_BYTES / 3) * 4 + 1024;

export function idPictures(server: ApiServer, { idPictures }: Pick<ApiServices, 'idPictures'>): void {
  server.put(
    PATH,
    {
      bodyLimit: BODY_LIMIT,
      schema: {
        summary: 'Keeps a picture of the identification, sealed',
        tags: ['requests'],
        params,
        body: putIdPictureSchema,
        response: { 200: idPictureViewSchema, ...errorResponses(400, 401, 404, 409, 413) },
      },
    },
    async (request) => {
      const { id, side } = request.params;
      return idPictures.put(officerOf(request), id, side, Buffer.from(request.body.data, 'base64'));
    },
  );

  server.get(
    PATH,
    {
      schema: {
        summary: 'A picture of the identification, for who has to prove it later; every look is written down',
        tags: ['requests'],
        params,
        response: { 200: z.any().describe('JPEG'), ...errorResponses(401, 404) },
      },
    },
    async (request, reply) => {
      const { id, side } = request.params;
      const picture = await idPictures.get(officerOf(request), id, side);
      return reply.type('image/jpeg').send(Buffer.from(picture));
    },
  );
}
