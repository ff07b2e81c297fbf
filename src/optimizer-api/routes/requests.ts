import { z } from 'zod';
import {
  asyncStateSchema,
  classicSignFormSchema,
  createRequestFormSchema,
  createRequestPartsSchema,
  IDENTITY_IMAGES,
  newerSignFormSchema,
  requestDetailsSchema,
  requestSummarySchema,
  sendCodeFormSchema,
  updateRequestFormSchema,
} from '../../contract/optimizer-api/index.ts';
import { updateRequest } from '../core/api-core.ts';
import { signLater } from '../core/asynchronous-signing.ts';
import { changeRequest } from '../core/change-request.ts';
import { createRequest } from '../core/create-request.ts';
import { correctRequest, removeRequest } from '../core/end-request.ts';
import { parseForm } from '../core/form-body.ts';
import { requestNamed } from '../core/request-lookup.ts';
import { stateOf } from '../core/request-state.ts';
import {
  asyncStateOf,
  DEFAULT_PAGE,
  describeRequest,
  listRequests as requestsOf,
} from '../core/request-view.ts';
import { sendCodeFor } from '../core/send-code.ts';
import { parseSignForm } from '../core/sign-form.ts';
import { carryOut, prepareOrder } from '../core/sign-request.ts';
import { type ApiRoute, SERVICE_REFUSALS } from './route.ts';

const MAX_IMAGE_BYTES = 20 * 1024 * 1024;

const createRequestRoute: ApiRoute = {
  name: 'createRequest',
  method: 'POST',
  classic: ['/request'],
  newer: ['/create', '/request'],
  tag: 'requests',
  summary: 'Registers a signer, approved by the officer of the token',
  body: {
    media: ['multipart/form-data', 'application/json', 'application/x-www-form-urlencoded'],
    classic: createRequestFormSchema,
    form: createRequestPartsSchema,
  },
  success: {
    status: 201,
    names: { pk: { classic: '', newer: '/pk' } },
    classic: z.number().int(),
    newer: z.object({ pk: z.number().int(), status: z.string(), asyncmode: z.boolean() }),
  },
  refusals: [400, 403, 404, 412, 415, ...SERVICE_REFUSALS],
  async handle(core, call) {
    const form = call.isForm
      ? await call.form({ fileBytes: MAX_IMAGE_BYTES, files: IDENTITY_IMAGES.length })
      : { fields: call.body, uploads: [] };
    const record = await createRequest(core, call.dialect, form.fields, form.uploads);
    const transaction = await core.optimizer.get(record.transactionId ?? '');
    const asyncmode = record.asynchronous === true;
    const status = stateOf(record, transaction);
    return {
      status: 201,
      value: record.pk,
      newer: { pk: record.pk, status, asyncmode },
      message: `Request created with pk ${record.pk}, status ${status}, asyncmode ${asyncmode}`,
    };
  },
};

const deleteRequest: ApiRoute = {
  name: 'deleteRequest',
  method: 'DELETE',
  classic: ['/request/:pk'],
  newer: ['/request/:pk'],
  tag: 'requests',
  summary: 'Cancels a request that is not signed, and removes its files',
  success: { status: 200, classic: z.string() },
  refusals: [404, 412],
  async handle(core, { params }) {
    const named = () => requestNamed(core, params.pk, (name) => `Request ${name} not found`);
    await changeRequest(core, named().pk, () => removeRequest(core, named()));
    return { text: 'Request directory removed successfully' };
  },
};

const getAsyncStatus: ApiRoute = {
  name: 'getAsyncStatus',
  method: 'GET',
  classic: ['/async/status/:pk'],
  newer: ['/async/status/:pk'],
  tag: 'requests',
  summary: 'How far an asynchronous request is; `error` where its signature failed',
  success: { status: 200, classic: asyncStateSchema },
  refusals: [404],
  async handle(core, { params }) {
    const record = requestNamed(
      core,
      params.pk,
      (name) => `Request ${name} not found. Make sure the upload directory is correct`,
    );
    const state = await asyncStateOf(core, record);
    return { value: state, message: record.asyncError ?? state };
  },
};

const getRequest: ApiRoute = {
  name: 'getRequest',
  method: 'GET',
  classic: ['/request/:pk'],
  newer: ['/request/:pk'],
  tag: 'requests',
  summary: 'Everything that is known of a request',
  success: { status: 200, classic: requestDetailsSchema },
  refusals: [404],
  async handle(core, { params }) {
    const record = requestNamed(
      core,
      params.pk,
      () => 'Request not found. Make sure the upload directory is correct.',
    );
    return { value: await describeRequest(core, record), message: `Request ${record.pk}` };
  },
};

const querySchema = z.object({
  limit: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe(`How many at most; ${DEFAULT_PAGE} where it is not given`),
  after: z.coerce
    .number()
    .int()
    .nonnegative()
    .optional()
    .describe('The pk behind which to begin: the last one of the page before'),
});

const listRequests: ApiRoute = {
  name: 'listRequests',
  method: 'GET',
  classic: ['/requests'],
  newer: ['/requests'],
  tag: 'requests',
  summary: `Requests by their pk, a page at a time: at most \`limit\` of them (${DEFAULT_PAGE} without), those \`after\` one. Where there are more, the header Link names the next page (rel="next")`,
  query: querySchema,
  success: {
    status: 200,
    classic: z.record(z.string(), requestSummarySchema),
    headers: { link: 'Where there are more: the query of the next page, as `<?after=PK>; rel="next"`' },
  },
  refusals: [],
  async handle(core, { query }) {
    const asked = parseForm(querySchema, query);
    const { listed, moreAfter } = await requestsOf(core, asked);
    const page = asked.limit === undefined ? '' : `&limit=${asked.limit}`;
    return {
      value: listed,
      message: 'Requests',
      ...(moreAfter === undefined ? {} : { next: `after=${moreAfter}${page}` }),
    };
  },
};

const sendOtp: ApiRoute = {
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

const DONE = 'Documents correctly signed';
const LATER = 'Your documents are going to be signed. You will receive them in a few seconds';

const sign: ApiRoute = {
  name: 'sign',
  method: 'POST',
  classic: ['/sign/:pk', '/async/sign/:pk'],
  newer: ['/sign/:pk', '/async/sign/:pk'],
  tag: 'requests',
  summary:
    'Signs all documents of a request. Repeated after a lost answer it signs nothing twice and answers as the first call would have; with the header Idempotency-Key at any time',
  body: {
    media: ['application/json'],
    classic: classicSignFormSchema,
    newer: newerSignFormSchema,
    // Pictures may stand in it.
    maxBytes: 16 * 1024 * 1024,
  },
  success: { status: 200, classic: z.string() },
  refusals: [400, 403, 404, 409, 412, 422, ...SERVICE_REFUSALS],
  async handle(core, call) {
    const form = parseSignForm(call.dialect, call.body);
    const { pk, asynchronous } = requestNamed(
      core,
      call.params.pk,
      (name) => `Request ${name} not found. Cannot sign documents`,
    );
    return changeRequest(core, pk, async () => {
      const order = await prepareOrder(core, pk, form, call.idempotencyKey);
      if (asynchronous && order !== 'done') {
        await signLater(core, pk, order);
        return { text: LATER };
      }
      if (order !== 'done') await carryOut(core, pk, order);
      call.onAnswered(() => updateRequest(core, pk, { signAnswered: true }));
      return { text: asynchronous ? LATER : DONE };
    });
  },
};

const updateRequestRoute: ApiRoute = {
  name: 'updateRequest',
  method: 'PUT',
  classic: ['/request/:pk'],
  newer: ['/request/:pk'],
  tag: 'requests',
  summary: 'Corrects the signer of a request that no officer has approved yet',
  body: { media: ['application/json'], classic: updateRequestFormSchema },
  success: { status: 200, classic: z.string() },
  refusals: [400, 404, 412],
  async handle(core, { params, body }) {
    const { pk } = requestNamed(core, params.pk, (name) => `Request ${name} not found`);
    await changeRequest(core, pk, async () =>
      correctRequest(
        core,
        requestNamed(core, String(pk), (name) => `Request ${name} not found`),
        body,
      ),
    );
    return { text: 'Request updated' };
  },
};

/** Calls below requests. */
export const REQUESTS_ROUTES: readonly ApiRoute[] = [
  createRequestRoute,
  deleteRequest,
  getAsyncStatus,
  getRequest,
  listRequests,
  sendOtp,
  sign,
  updateRequestRoute,
];
