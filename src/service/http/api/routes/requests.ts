import { z } from 'zod';
import { OssError } from '../../../../contract/errors.ts';
import { requestIdSchema } from '../../../../contract/model/request-id.ts';
import {
  createRequestSchema,
  idempotencyKeySchema,
  requestEventsSchema,
  requestViewSchema,
} from '../../../../contract/service-api/requests.ts';
import { toRequestView } from '../../../ra/registration.ts';
import { officerRoute } from '../api-route.ts';

const params = z.object({ id: requestIdSchema });

const createRequest = officerRoute({
  method: 'POST',
  path: '/v1/requests',
  summary: 'Registers a signer: identity plus the approval of the registration officer (PIN)',
  tag: 'requests',
  takes: {
    headers: z.object({ 'idempotency-key': idempotencyKeySchema.optional() }),
    body: createRequestSchema,
  },
  responses: { 201: requestViewSchema },
  refusals: [400, 401, 403, 409, 422, 429],
  async handle({ registration }, { caller, body, headers }) {
    return { status: 201, value: await registration.create(caller, body, headers['idempotency-key']) };
  },
});

const getRequest = officerRoute({
  method: 'GET',
  path: '/v1/requests/:id',
  summary: 'A request and its state',
  tag: 'requests',
  takes: { params },
  responses: { 200: requestViewSchema },
  refusals: [401, 404],
  async handle({ access }, { caller, params: { id } }) {
    return { value: toRequestView(await access(id, caller)) };
  },
});

const getContract = officerRoute({
  method: 'GET',
  path: '/v1/requests/:id/contract',
  summary: 'The contract between signer and service (application/pdf), the same bytes every time',
  tag: 'requests',
  takes: { params },
  mediaTypes: ['application/pdf'],
  async handle({ access, store }, { caller, params: { id } }) {
    await access(id, caller);
    const bytes = await store.requests.contract(id);
    if (bytes === undefined) throw new OssError('OSS_REQUEST_NOT_FOUND');
    return { bytes, mediaType: 'application/pdf' };
  },
});

const getEvents = officerRoute({
  method: 'GET',
  path: '/v1/requests/:id/events',
  summary: 'What happened to a request: append-only, hash-chained',
  tag: 'requests',
  takes: { params },
  responses: { 200: requestEventsSchema },
  refusals: [401, 404],
  async handle({ access, store }, { caller, params: { id } }) {
    await access(id, caller);
    return { value: { events: await store.events.read(id) } };
  },
});

const cancelRequest = officerRoute({
  method: 'POST',
  path: '/v1/requests/:id/cancel',
  summary: 'Ends a request before it is signed',
  tag: 'requests',
  takes: { params },
  responses: { 200: requestViewSchema },
  refusals: [401, 404, 409],
  async handle({ registration }, { caller, params: { id } }) {
    return { value: await registration.cancel(caller, id) };
  },
});

/** A request from its registration to its end. */
export const REQUEST_ROUTES = [createRequest, getRequest, getContract, getEvents, cancelRequest];
