import { z } from 'zod';

/** What authorises the signature: the code from the SMS, or proof of another authentication that the profile admits. */
export const authorisationSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('otp'),
    code: z.string().regex(/^[0-9]{4,10}$/, 'The code has digits only.'),
  }),
  z.strictObject({
    type: z.literal('external'),
    method: z.string().min(1).max(64),
    reference: z.string().min(8).max(256),
  }),
]);
export type Authorisation = z.infer<typeof authorisationSchema>;
