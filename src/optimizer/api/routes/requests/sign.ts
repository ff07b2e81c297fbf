import { z } from 'zod';
import { classicSignFormSchema, newerSignFormSchema } from '../../../../contract/optimizer-api/index.ts';
import { updateRequest } from '../../core/api-core.ts';
import { signLater } from '../../core/asynchronous-signing.ts';
import { changeRequest } from '../../core/change-request.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import { parseSignForm } from '../../core/sign-form.ts';
import { carryOut, prepareOrder } from '../../core/sign-request.ts';
import { type ApiRoute, SERVICE_REFUSALS } from '../../http/route.ts';

const DONE = 'Documents correctly signed';
const LATER = 'Your documents are going to be signed. You will receive them in a few seconds';

export const sign: ApiRoute = {
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
    const form = parseSignForm(call.dialect.name, call.body);
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
