import { z } from 'zod';
import { DOCUMENT_NOTE_CODES, type DocumentNote } from '../../../contract/model/document-notes.ts';
import { languageSchema } from '../../../contract/model/language.ts';
import { storedIdentitySchema } from '../../../contract/model/stored-identity.ts';

/**
 * The first form of a line in a journal. What was written was judged then, by the rules of that day; a journal must
 * replay for as long as it is kept. So these are shapes alone: no bound, pattern or list of the contract that may
 * become stricter one day. A member or a word that is not here comes from a later version, and the line is refused. A
 * change of meaning is `v2.ts` beside this file, which stays as it is.
 */
const text = z.string();
const number = z.number();
const pair = z.tuple([number, number]);
const level = z.enum(['B-B', 'B-T', 'B-LT', 'B-LTA']);
const channel = z.enum(['sms', 'voice', 'email']);

const rectangle = z.strictObject({ x1: number, y1: number, x2: number, y2: number });

const visible = z.strictObject({
  page: number,
  rectangle,
  text: z.array(text).optional(),
  dateFormat: text.optional(),
  timeZone: text.optional(),
  png: text.optional(),
  jpeg: text.optional(),
  drawing: z.strictObject({ strokes: z.array(z.array(pair)), penWidth: number.optional() }).optional(),
  qrCode: text.optional(),
  alternativeText: text.optional(),
});

const options = z.strictObject({
  visible: visible.optional(),
  fieldName: text.optional(),
  reason: text.optional(),
  location: text.optional(),
  certify: z.union([z.literal(2), z.literal(3)]).optional(),
  futureFields: z.array(z.strictObject({ name: text, page: number, rectangle })).optional(),
});

/** Facts as they were: what shows a note knows its code. */
const note = z.looseObject({ code: z.enum(DOCUMENT_NOTE_CODES) }) as unknown as z.ZodType<DocumentNote>;

const document = z.strictObject({
  name: text,
  sourcePath: text,
  bytes: number,
  sha256: text,
  pages: number,
  earlierSignatures: number,
  notes: z.array(note),
  options,
  slot: number.optional(),
});

const hash = z.strictObject({ name: text, digest: text, slot: number });

const prepared = z.strictObject({
  digest: text,
  claimedSigningTime: text,
  fieldName: text,
  byteRange: z.tuple([number, number, number, number]).readonly(),
  contentsOffset: number,
  contentsLength: number,
});

const registration = z.strictObject({
  requestId: text,
  expiresAt: text,
  maskedPhone: text,
  contractSha256: text.optional(),
});

const service = z.strictObject({
  name: text,
  version: text,
  mode: z.enum(['sandbox', 'production']),
  issuer: text,
});

/** Loose: what an outside service adds to its response is not ours to refuse. */
const otp = z.object({
  reference: text,
  withoutReference: z.literal(true).optional(),
  maskedPhone: text,
  channel: channel.optional(),
  digits: number,
  expiresAt: text,
  resendAt: text,
  triesLeft: number,
  codesLeft: number,
  deliveryReference: text,
});

const attempt = z.strictObject({
  purpose: z.enum(['timestamp', 'crl', 'ocsp', 'certificate']),
  url: text,
  outcome: z.enum(['used', 'failed']),
  reason: text.optional(),
});

const place = z.union([z.literal('contract'), number]);

const act = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('handedOver'), turnedScreen: z.boolean() }),
  z.strictObject({ type: z.literal('begun'), language: languageSchema }),
  z.strictObject({ type: z.literal('pagesShown'), document: place, shown: z.array(pair), pages: number }),
  z.strictObject({
    type: z.literal('consented'),
    language: languageSchema,
    wordingVersion: text,
    consents: z.array(z.strictObject({ purpose: text, document: number.optional(), text, sha256: text })),
  }),
  z.strictObject({ type: z.literal('pagesNotDrawn'), document: place, pages: z.array(pair) }),
  z.strictObject({ type: z.literal('phoneDisputed') }),
  z.strictObject({ type: z.literal('declined') }),
  z.strictObject({ type: z.literal('takenBack') }),
]);

const facts = z.strictObject({
  certificate: z.strictObject({
    serialNumber: text,
    subject: text,
    issuer: text,
    notBefore: text,
    notAfter: text,
    sha256: text,
  }),
  timestamps: z.array(z.strictObject({ time: text, authority: text, serialNumber: text, sha256: text })),
});

const log = z.strictObject({
  key: text,
  acts: z.array(
    z.strictObject({
      act: z.enum(['issuance', 'signature']),
      digest: text,
      state: z.enum(['proven', 'awaited', 'wrong']),
      proof: text.optional(),
    }),
  ),
});

const verified = z.strictObject({
  bytes: number,
  sha256: text,
  verdict: z.enum(['valid', 'invalid', 'undecided']),
  level: z.enum([...level.options, 'none']),
  provenTime: text.optional(),
  checks: z.array(
    z.object({
      name: z.enum(['integrity', 'coverage', 'certificate', 'chain', 'timestamp', 'revocation', 'changes']),
      outcome: z.enum(['passed', 'failed', 'undecided', 'none']),
    }),
  ),
  documentTimestamps: z.array(z.strictObject({ authority: text, time: text.optional() })),
});

const event = <T extends string, S extends z.ZodRawShape>(type: T, members: S) =>
  z.strictObject({ type: z.literal(type), ...members });

const eventSchema = z.discriminatedUnion('type', [
  event('created', {
    id: text,
    profile: text,
    registrationAuthority: text,
    level,
    levelIsUsual: z.boolean().optional(),
    organisation: text.optional(),
    identity: storedIdentitySchema,
    deliverTo: text.optional(),
    seal: text.optional(),
    case: text.optional(),
    documents: z.array(document),
    officer: text.optional(),
  }),
  event('registering', { idempotencyKey: text }),
  event('registered', { registration, service: service.optional(), level: level.optional() }),
  event('documentAdded', { document }),
  event('hashAdded', { hash }),
  event('slotRemoved', { slot: number }),
  event('placed', { options: z.array(options) }),
  event('prepared', { prepared: z.array(prepared), hashesClaimedAt: text.optional() }),
  event('reviewed', {}),
  event('documentsRefused', { positions: z.array(number) }),
  event('redirected', { deliverTo: text }),
  event('contentsAgreed', { contents: z.array(text) }),
  event('codeRequesting', {}),
  event('codeSent', { otp }),
  event('signing', { idempotencyKey: text }),
  event('refused', { code: text, newCodeNeeded: z.boolean() }),
  event('signed', {
    certificate: z.strictObject({ serialNumber: text, notBefore: text, notAfter: text }).optional(),
  }),
  event('sourceAsked', { attempt }),
  event('augmented', {}),
  event('delivered', { files: z.array(text) }),
  event('failed', { step: text, code: text }),
  event('recovering', {}),
  event('recovered', {}),
  event('cancelled', {}),
  event('expired', {}),
  event('act', { act }),
  event('issued', { facts }),
  event('logged', { log }),
  event('verified', { documents: z.array(verified) }),
  event('sealed', { sequence: number, hash: text }),
]);

/** A line without its checksum. It names no version; every later one does. */
export const entryV1Schema = z.strictObject({ at: text, event: eventSchema });
