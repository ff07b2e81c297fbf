import { PUBLIC_PATHS } from '../../../ca/public-urls.ts';
import { publicRoute } from '../public-route.ts';

/** RFC 3161 §3.4; another media type is answered 400 (it has no TimeStampReq that could be refused). */
export const timestamp = publicRoute({
  method: 'POST',
  path: PUBLIC_PATHS.tsa,
  summary: 'A time stamp',
  tag: 'time stamps',
  takes: { body: { bytes: ['application/timestamp-query'] } },
  async handle({ tsa }, { body }) {
    return { bytes: await tsa.respond(body), mediaType: 'application/timestamp-reply' };
  },
});
