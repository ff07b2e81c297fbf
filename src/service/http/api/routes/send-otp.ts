import { z } from 'zod';
import { otpSentSchema } from '../../../../contract/model/otp-sent.ts';
import { requestIdSchema } from '../../../../contract/model/request-id.ts';
import { sendOtpSchema } from '../../../../contract/service-api/otp.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiServices } from '../api-services.ts';
import { errorResponses } from '../error-responses.ts';
import { officerOf } from '../officer.ts';

export function sendOtp(
  server: ApiServer,
  { access, otp, profileOf }: Pick<ApiServices, 'access' | 'otp' | 'profileOf'>,
): void {
  server.post(
    '/v1/requests/:id/otp',
    {
      schema: {
        summary: 'Sends the signer a code that is good for exactly these documents',
        tags: ['signing'],
        params: z.object({ id: requestIdSchema }),
        body: sendOtpSchema,
        response: { 200: otpSentSchema, ...errorResponses(400, 401, 404, 409, 410, 429, 502) },
      },
    },
    async (request) => {
      const found = await access(request.params.id, officerOf(request));
      return otp.send(found, request.body, profileOf(found.profile));
    },
  );
}
