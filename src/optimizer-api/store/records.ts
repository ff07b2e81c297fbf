import { z } from 'zod';
import { sealIdSchema } from '../../contract/model/seal.ts';
import { signatureOptionsSchema } from '../../contract/model/transaction.ts';
import {
  apiRequestStateSchema,
  asyncStateSchema,
  metadataViewSchema,
  settingsFormSchema,
  signerFieldsSchema,
} from '../../contract/optimizer-api/index.ts';
import type { CallbackQueue } from './callback-queue.ts';
import { callbackRecordSchema, failedCallbackRecordSchema } from './callback-records.ts';
import type { Collection, Scope } from './collection.ts';
import { OPTIMIZER } from './owners.ts';
import type { RecordStore } from './record-store.ts';
import type { RequestIndex } from './request-index.ts';

export const dialectNameSchema = z.enum(['classic', 'newer']);
export type DialectName = z.infer<typeof dialectNameSchema>;

const tokenRecordSchema = z.object({
  uid: z.string(),
  username: z.string(),
  environment: z.string(),
  /** Which secrets are stored with it; they themselves lie elsewhere. Older records do not say. */
  holds: z.object({ password: z.boolean(), pin: z.boolean() }).optional(),
});
export type TokenRecord = z.infer<typeof tokenRecordSchema>;

const videoRecordSchema = z.object({
  pk: z.number().int(),
  state: apiRequestStateSchema,
  evidences: z.boolean(),
  video: z.boolean(),
});

const countersignatureRecordSchema = z.object({
  /** Which documents, and how it is seen on each. */
  documents: z.array(z.object({ uid: z.string(), options: signatureOptionsSchema })),
  seal: sealIdSchema,
  /** Written down before the transaction is made. */
  transactionId: z.string(),
  done: z.boolean().optional(),
});

const apiRequestRecordSchema = z.object({
  pk: z.number().int(),
  dialect: dialectNameSchema,
  createdAt: z.iso.datetime(),
  /** As received; what the signer was registered with stands in the transaction. */
  fields: signerFieldsSchema,
  scratchcard: z.string(),
  registrationAuthority: z.string(),
  profile: z.string(),
  /** False until the client was told the pk: a request that nobody knows of is dropped at the next start. */
  acknowledged: z.boolean(),
  transactionId: z.string().optional(),
  /** The last state that a callback told of. */
  toldState: apiRequestStateSchema.optional(),
  cancelled: z.boolean().optional(),
  callback: z.string().optional(),
  asynchronous: z.boolean().optional(),
  asyncState: asyncStateSchema.optional(),
  asyncError: z.string().optional(),
  /** How often the order was begun. */
  asyncAttempts: z.number().int().positive().optional(),
  /** Whether the response to the successful `sign` went out; if not, repeating the call answers it again. */
  signAnswered: z.boolean().optional(),
  /** Idempotency key of the last call of `sign` that was carried out. */
  signKey: z.string().optional(),
  video: videoRecordSchema.optional(),
  /** The seal that comes over the signature; ISSUED is told when it is there. */
  countersignature: countersignatureRecordSchema.optional(),
  /** Its application removed it: nothing is known of the signer any more, and the transaction goes. */
  removed: z.boolean().optional(),
});
export type ApiRequestRecord = z.infer<typeof apiRequestRecordSchema>;

const documentRecordSchema = z.object({
  uid: z.string(),
  pk: z.number().int(),
  kind: z.enum(['pdf', 'hash']),
  filename: z.string(),
  ext: z.string(),
  mime: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  uploadedAt: z.iso.datetime(),
  slot: z.number().int(),
});
export type DocumentRecord = z.infer<typeof documentRecordSchema>;

const imageRecordSchema = z.object({
  uid: z.string(),
  filename: z.string(),
  uploadedAt: z.iso.datetime(),
  width: z.number().int(),
  height: z.number().int(),
});
export type ImageRecord = z.infer<typeof imageRecordSchema>;

/** What applications made. Each sees its own records only; `everyone` is for recovery and retention. */
export interface Records {
  readonly tokens: Collection<TokenRecord>;
  readonly requests: Collection<ApiRequestRecord>;
  /** The request of each video identification. */
  readonly videos: Collection<number>;
  /** Keys: `<pk>/<uid>`. */
  readonly documents: Collection<DocumentRecord>;
  readonly images: Collection<ImageRecord>;
  readonly metadata: Collection<z.infer<typeof metadataViewSchema>>;
  readonly settings: Collection<z.infer<typeof settingsFormSchema>>;
}

/** Finds requests of all applications. */
export type Requests = RequestIndex<ApiRequestRecord>;

export const openRecords = (store: RecordStore, scope: Scope): Records => ({
  tokens: store.collection('token', tokenRecordSchema, scope),
  requests: store.collection('request', apiRequestRecordSchema, scope),
  videos: store.collection('video', z.number().int(), scope),
  documents: store.collection('document', documentRecordSchema, scope),
  images: store.collection('image', imageRecordSchema, scope),
  metadata: store.collection('metadata', metadataViewSchema, scope),
  settings: store.collection('settings', settingsFormSchema, scope),
});

/** Callbacks of all applications. */
export const openCallbackQueue = (store: RecordStore): CallbackQueue =>
  store.callbackQueue(
    store.collection('callback', callbackRecordSchema, { owner: OPTIMIZER }),
    store.collection('callback-given-up', failedCallbackRecordSchema, { owner: OPTIMIZER }),
  );
