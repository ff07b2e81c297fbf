import { z } from 'zod';
import { deliverySchema } from '../../../../contract/model/delivery.ts';
import { otpSentSchema } from '../../../../contract/model/otp-sent.ts';
import { requestIdSchema } from '../../../../contract/model/request-id.ts';
import { sendOtpSchema } from '../../../../contract/service-api/otp.ts';
import { idempotencyKeySchema } from '../../../../contract/service-api/requests.ts';
import { signResponseSchema, signSchema } from '../../../../contract/service-api/sign.ts';
import { deliveryOf } from '../../../otp/delivery-state.ts';
import { officerRoute } from '../api-route.ts';

const params = z.object({ id: requestIdSchema });
const headers = z.object({ 'idempotency-key': idempotencyKeySchema });

/** The stored bytes go out as they are: serialising them again could change them. */
const JSON_BYTES = 'application/json; charset=utf-8';

const sendOtp = officerRoute({
  method: 'POST',
  path: '/v1/requests/:id/otp',
  summary: 'Sends the signer a code that is good for exactly these documents',
  tag: 'signing',
  takes: { params, body: sendOtpSchema },
  responses: { 200: otpSentSchema },
  refusals: [400, 401, 404, 409, 410, 429, 502],
  async handle({ access, otp, profileOf }, { caller, params: { id }, body }) {
    const request = await access(id, caller);
    return { value: await otp.send(request, body, profileOf(request.profile)) };
  },
});

const getDelivery = officerRoute({
  method: 'GET',
  path: '/v1/requests/:id/delivery',
  summary: 'What became of the newest message to the signer',
  tag: 'signing',
  takes: { params },
  responses: { 200: deliverySchema },
  refusals: [401, 404],
  async handle({ access, store }, { caller, params: { id } }) {
    await access(id, caller);
    return { value: deliveryOf(await store.outbox.lastOf(id)) };
  },
});

const sign = officerRoute({
  method: 'POST',
  path: '/v1/requests/:id/sign',
  summary: 'Signs every document of the manifest, once; the same idempotency key answers the same bytes',
  tag: 'signing',
  takes: { params, headers, body: signSchema },
  responses: { 200: signResponseSchema },
  refusals: [400, 401, 403, 404, 409, 410, 503],
  async handle({ access, signing, profileOf }, { caller, params: { id }, body, headers }) {
    const request = await access(id, caller);
    const key = headers['idempotency-key'];
    return {
      bytes: await signing.sign(request, profileOf(request.profile), body, key),
      mediaType: JSON_BYTES,
    };
  },
});

const getSignature = officerRoute({
  method: 'GET',
  path: '/v1/requests/:id/signature',
  summary:
    'The response to an earlier sign call with this idempotency key, byte for byte; where nothing was signed with it, nothing will be',
  tag: 'signing',
  takes: { params, headers },
  responses: { 200: signResponseSchema },
  refusals: [401, 404, 409],
  async handle({ access, signing }, { caller, params: { id }, headers }) {
    await access(id, caller);
    return { bytes: await signing.responseOf(id, headers['idempotency-key']), mediaType: JSON_BYTES };
  },
});

/** From the code to the signatures. */
export const SIGNING_ROUTES = [sendOtp, getDelivery, sign, getSignature];
