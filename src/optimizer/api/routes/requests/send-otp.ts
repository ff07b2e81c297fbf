import { z } from 'zod';
import { sendCodeFormSchema } from '../../../../contract/optimizer-api/index.ts';
import { changeRequest } from '../../core/change-request.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import { sendCodeFor } from '../../core/send-code.ts';
import { type ApiRoute, SERVICE_REFUSALS } from '../../http/route.ts';

export const sendOtp: ApiRoute = {
  name: 'sendOtp',
  method: 'POST',
  classic: ['/otp/:pk'],
  newer: ['/otp/:pk'],
  tag: 'requests',
  summary: 'Sends the signer a code that is good for the documents as they are now; the body may be empty',
  body: { media: ['application/json'], classic: sendCodeFormSchema },
  success: { status: 200, classic: z.string() },
  refusals: [400, 404, 412, ...SERVICE_REFUSALS],
  async handle(core, { params, body }) {
    const named = () =>
      requestNamed(core, params.pk, (name) => `Request ${name} not found. Cannot send OTP secret`);
    await changeRequest(core, named().pk, () => sendCodeFor(core, named(), body));
    return { text: 'OTP generated' };
  },
};
