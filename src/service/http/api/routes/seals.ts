import { z } from 'zod';
import { sealIdSchema } from '../../../../contract/model/seal.ts';
import {
  sealCheckSchema,
  sealListSchema,
  sealSchema,
  sealViewSchema,
} from '../../../../contract/service-api/seals.ts';
import { signResponseSchema } from '../../../../contract/service-api/sign.ts';
import { viewOfSeal } from '../../../seals/view.ts';
import { officerRoute } from '../api-route.ts';

const listSeals = officerRoute({
  method: 'GET',
  path: '/v1/seals',
  summary: 'The electronic seals that the officer may use',
  tag: 'seals',
  responses: { 200: sealListSchema },
  refusals: [401, 503],
  async handle({ sealing, timestampBytes }, { caller }) {
    const seals = await sealing.seals.of(caller);
    return { value: { seals: seals.map((seal) => viewOfSeal(seal, timestampBytes)) } };
  },
});

const checkSeal = officerRoute({
  method: 'POST',
  path: '/v1/seals/:id/check',
  summary: 'Whether the officer could seal with this PIN now; nothing is sealed',
  tag: 'seals',
  takes: { params: z.object({ id: sealIdSchema }), body: sealCheckSchema },
  responses: { 200: sealViewSchema },
  refusals: [400, 401, 403, 404, 429, 503],
  async handle({ sealing, timestampBytes }, { caller, params: { id }, body: { pin } }) {
    return { value: viewOfSeal(await sealing.check(caller, id, pin), timestampBytes) };
  },
});

const seal = officerRoute({
  method: 'POST',
  path: '/v1/seals/:id/sign',
  summary: 'Seals every document of the manifest with the certificate of an organisation',
  tag: 'seals',
  takes: { params: z.object({ id: sealIdSchema }), body: sealSchema },
  responses: { 200: signResponseSchema },
  refusals: [400, 401, 403, 404, 409, 429, 503],
  async handle({ sealing }, { caller, params: { id }, body }) {
    return { value: await sealing.seal(caller, id, body) };
  },
});

/** Long-lived certificates of organisations; their keys never leave the service, nor do documents reach it. */
export const SEAL_ROUTES = [listSeals, checkSeal, seal];
