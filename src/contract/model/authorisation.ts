import { z } from 'zod';
import { latinDigits } from './typed-number.ts';

/** What authorises the signature: the code from the SMS, or proof of another authentication that the profile admits. */
export const authorisationSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('otp'),
    /** In the digits of any script. */
    code: z
      .string()
      .max(10)
      .overwrite(latinDigits)
      .regex(/^[0-9]{4,10}$/, 'The code has digits only.'),
  }),
  z.strictObject({
    type: z.literal('external'),
    method: z.string().min(1).max(64),
    reference: z.string().min(8).max(256),
  }),
]);
export type Authorisation = z.infer<typeof authorisationSchema>;
