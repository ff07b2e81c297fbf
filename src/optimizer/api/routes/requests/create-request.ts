import { z } from 'zod';
import {
  createRequestFormSchema,
  createRequestPartsSchema,
  IDENTITY_IMAGES,
} from '../../../../contract/optimizer-api/index.ts';
import { createRequest } from '../../core/create-request.ts';
import { stateOf } from '../../core/request-state.ts';
import { type ApiRoute, SERVICE_REFUSALS } from '../../http/route.ts';

const MAX_IMAGE_BYTES = 20 * 1024 * 1024;

export const createRequestRoute: ApiRoute = {
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
    const record = await createRequest(core, call.dialect.name, form.fields, form.uploads);
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
