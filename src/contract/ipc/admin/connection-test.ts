import { z } from 'zod';
import { type ErrorCode, isErrorCode } from '../../errors.ts';

/** What a test of the connection looks at, in this order; what comes after a failure may not be reached. */
export const CONNECTION_CHECKS = Object.freeze([
  'address',
  'tls',
  'answer',
  'environment',
  'clock',
  'anchor',
  'credentials',
  'offer',
  'contract',
  'timestamps',
] as const);
export type ConnectionCheck = (typeof CONNECTION_CHECKS)[number];

/** Short facts to show beside a check: names, dates, seconds. Never a secret. */
const facts = z.record(z.string(), z.union([z.string(), z.number()]));

export const connectionFindingSchema = z.strictObject({
  check: z.enum(CONNECTION_CHECKS),
  outcome: z.enum(['passed', 'warning', 'failed', 'notChecked']),
  /** Why, where there is more than one reason. */
  reason: z
    .enum([
      'nameUnknown',
      'refused',
      'noAnswer',
      'untrusted',
      'wrongName',
      'expired',
      'notYetValid',
      'proxyFailed',
      'clientCertificateNeeded',
      'clientCertificateRefused',
      'loopback',
      'sandbox',
      'profileUnknown',
      'clockApart',
      'noAnchor',
      'otherAuthority',
      'noLimit',
      'noContract',
      'ownTimestamps',
      'notStored',
      'refusedCredentials',
      'other',
    ])
    .optional(),
  code: z.custom<ErrorCode>(isErrorCode).optional(),
  facts,
});
export type ConnectionFinding = z.infer<typeof connectionFindingSchema>;

export const connectionTestSchema = z.strictObject({
  at: z.iso.datetime(),
  findings: z.array(connectionFindingSchema),
});
export type ConnectionTest = z.infer<typeof connectionTestSchema>;
