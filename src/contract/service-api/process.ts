import { z } from 'zod';
import { errorResponseSchema } from './error-response.ts';

/** What the service's process tells the parent that forked it. */
export const serviceReadySchema = z.object({
  type: z.literal('ready'),
  apiUrl: z.url(),
  publicUrl: z.url(),
  /** Where Prometheus reads, when it may. */
  metricsUrl: z.url().optional(),
  /** Where the interface of the Cloud Signature Consortium is, when it is. */
  cscUrl: z.url().optional(),
  mode: z.enum(['sandbox', 'production']),
  /** What a production configuration admits that weakens what a code proves. */
  exceptions: z.array(z.string()).optional(),
  /** Only in sandbox mode: what a program needs to use it without a person setting it up. */
  sandbox: z
    .object({
      anchorPem: z.string(),
      officer: z.object({ username: z.string(), password: z.string(), pin: z.string() }),
      registrationAuthority: z.string(),
    })
    .optional(),
});
export type ServiceReady = z.infer<typeof serviceReadySchema>;

export const serviceFailedSchema = z.object({
  type: z.literal('failed'),
  error: errorResponseSchema.shape.error,
});

export const serviceMessageSchema = z.discriminatedUnion('type', [serviceReadySchema, serviceFailedSchema]);
