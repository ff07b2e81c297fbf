import { z } from 'zod';

/** What the doctor looks at, in the order in which it is read. */
export const HEALTH_TOPICS = Object.freeze([
  'program',
  'runtime',
  'service',
  'sms',
  'clock',
  'timestamp',
  'certificate',
  'revocation',
  'secrets',
  'data',
  'permissions',
  'disk',
  'proxy',
  'display',
  'printer',
] as const);
export type HealthTopic = (typeof HEALTH_TOPICS)[number];

/** Well, worth a look before it fails, or failing now; the worst last. */
export const HEALTH_OUTCOMES = Object.freeze(['ok', 'look', 'broken'] as const);
export type HealthOutcome = (typeof HEALTH_OUTCOMES)[number];

/** What was found. Each has a sentence in every language, and where it may be wrong one that says what to do. */
export const HEALTH_REASONS = Object.freeze([
  'version',
  'runtimeSupported',
  'runtimeEnding',
  'runtimeEnded',
  'runtimeUnknown',
  'runtimeTooOld',
  'serviceAnswers',
  'serviceSandbox',
  'serviceInUse',
  'serviceNotReady',
  'serviceFailed',
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
  'profileUnknown',
  'noAnchor',
  'otherAuthority',
  'notStored',
  'refusedCredentials',
  'notReached',
  'smsReady',
  'smsSimulated',
  'smsFailed',
  'clockRight',
  'clockApart',
  'timestampGiven',
  'timestampNone',
  'timestampNoAnswer',
  'timestampUntrusted',
  'certificateGood',
  'certificateEnding',
  'certificateEnded',
  'certificateNotYet',
  'certificateNone',
  'listGood',
  'listEnded',
  'listNoAnswer',
  'listNone',
  'keychain',
  'passphraseFile',
  'secretsLocked',
  'secretsNotNeeded',
  'dataGood',
  'dataNew',
  'dataInUse',
  'dataUnusable',
  'permissionsGood',
  'permissionsReadable',
  'permissionsWritable',
  'permissionsForeign',
  'diskRoom',
  'diskLow',
  'diskFull',
  'proxyNone',
  'proxyUsed',
  'proxyUnused',
  'displays',
  'displayNone',
  'displayNotNeeded',
  'printers',
  'printerNone',
  'printerNotNeeded',
  'checkFailed',
] as const);
export type HealthReason = (typeof HEALTH_REASONS)[number];

export const healthLineSchema = z.strictObject({
  topic: z.enum(HEALTH_TOPICS),
  outcome: z.enum(HEALTH_OUTCOMES),
  reason: z.enum(HEALTH_REASONS),
  /** Short values of the sentence: names, dates, days. Never a secret. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type HealthLine = z.infer<typeof healthLineSchema>;

export const healthReportSchema = z.strictObject({
  at: z.iso.datetime(),
  version: z.string(),
  /** The worst of the lines. */
  outcome: z.enum(HEALTH_OUTCOMES),
  lines: z.array(healthLineSchema),
});
export type HealthReport = z.infer<typeof healthReportSchema>;
