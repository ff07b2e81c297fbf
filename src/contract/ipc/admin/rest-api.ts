import { z } from 'zod';
import { apiClientNameSchema } from '../../model/api-client.ts';

/** The ports that any account may open (RFC 6335 §6). */
export const API_PORTS = Object.freeze({ min: 1024, max: 65_535, usual: 8730 });

/** Whether applications of this computer may call the Optimizer, and how. */
export const restApiChoiceSchema = z.strictObject({
  enabled: z.boolean(),
  port: z.number().int().min(API_PORTS.min).max(API_PORTS.max),
  /** No API key is needed, as applications of the older Optimizer expect. */
  dropIn: z.boolean(),
});
export type RestApiChoice = z.infer<typeof restApiChoiceSchema>;

/** What became of the switch: it listens, or why it does not. */
export const restApiStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('off') }),
  /** The connection to the signature service is not open (yet). */
  z.strictObject({ kind: z.literal('waiting') }),
  z.strictObject({ kind: z.literal('listening'), url: z.string() }),
  z.strictObject({
    kind: z.literal('failed'),
    reason: z.enum(['portTaken', 'noClient', 'otherProvider', 'other']),
  }),
]);
export type RestApiState = z.infer<typeof restApiStateSchema>;

export const restApiViewSchema = restApiChoiceSchema.extend({
  /** Names of the applications that have a key; the keys themselves are known to them alone. */
  clients: z.array(apiClientNameSchema),
  state: restApiStateSchema,
});
export type RestApiView = z.infer<typeof restApiViewSchema>;
