import { z } from 'zod';

/** What a refusal carries: one sentence, or one per field or document. */
export const refusalDetailsSchema = z.union([
  z.string(),
  z.record(z.string(), z.union([z.string(), z.array(z.string())])),
]);
export type RefusalDetails = z.infer<typeof refusalDetailsSchema>;

/** The classic dialect: `status` is the HTTP code and its reason, `details` whatever the call answers. */
export const classicSuccess = (details: z.ZodType) => z.object({ status: z.string(), details });

/** Older clients look for `title` and `description` where the body was not JSON. */
export const classicRefusalSchema = z.object({
  status: z.string(),
  details: refusalDetailsSchema,
  title: z.string().optional(),
  description: z.string().optional(),
});

/** The newer dialect. Its documents call the payload `details` here and `detail` there: both are sent. */
export const newerSuccess = (details: z.ZodType) =>
  z.object({
    status: z.literal('success'),
    message: z.string(),
    details: details.optional(),
    detail: details.optional(),
  });

/** As the newer dialect's documents spell it, with three `s`, in the response of one call. */
export const misspeltMessage = { messsage: z.string() };

export const newerRefusalSchema = z.object({
  status: z.literal('error'),
  message: z.string(),
  details: refusalDetailsSchema.optional(),
  detail: refusalDetailsSchema.optional(),
});
