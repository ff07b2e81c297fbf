import { z } from 'zod';

/** The classic dialect: `status` is the HTTP code and its reason, `details` whatever the call answers. */
export const classicEnvelope = (details: z.ZodType) => z.object({ status: z.string(), details });

/** The newer dialect. Its documents call the payload `details` here and `detail` there: both are sent. */
export const newerEnvelope = (details: z.ZodType) =>
  z.object({
    status: z.enum(['success', 'error']),
    message: z.string(),
    details: details.optional(),
    detail: details.optional(),
  });

/** What a refusal carries: one sentence, or one per field or document. */
export const refusalDetailsSchema = z.union([
  z.string(),
  z.record(z.string(), z.union([z.string(), z.array(z.string())])),
]);
export type RefusalDetails = z.infer<typeof refusalDetailsSchema>;
