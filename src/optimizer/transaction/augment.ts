import { truncate } from 'node:fs/promises';
import { type ErrorCode, OssError, toOssError } from '../../contract/errors.ts';
import { isLongTerm } from '../../contract/model/transaction.ts';
import type { ValidationData } from '../../pdf/index.ts';
import { slotOf } from '../journal/slots.ts';
import { naming } from '../naming.ts';
import type { WorkOptions } from '../progress.ts';
import { storedResponseSchema } from '../signing-service/stored-response.ts';
import { responsesOf } from '../work/augment-job.ts';
import { describedService, hasOtherTime, type StepContext, serviceTime } from './context.ts';
import { manifestOf } from './manifest-of.ts';

/** What may be due to a clock alone. */
const RESTS_ON_TIME: readonly ErrorCode[] = [
  'OSS_CLOCK_WRONG',
  'OSS_LEVEL_NOT_POSSIBLE',
  'OSS_TIMESTAMP_FAILED',
  'OSS_VALIDATION_DATA_MISSING',
];

/**
 * Raises the signed vault copies to the long-term level of the transaction; of other levels it does nothing. Done
 * again after a crash it cuts each copy back to its signature first; once it is recorded as done, never again.
 * @throws OssError OSS_TIMESTAMP_FAILED, OSS_VALIDATION_DATA_MISSING, OSS_CLOCK_WRONG: the transaction stays signed, to be resumed
 */
export async function augmentTransaction(context: StepContext, work: WorkOptions = {}): Promise<void> {
  const { journal, vault, anchors, memory, sources, documentWork } = context;
  const { id, level, augmented, documents, prepared = [] } = journal.transaction;
  if (!isLongTerm(level) || augmented) return;
  // After a restart the clocks are compared again; without the service what was signed is judged by our own.
  await describedService(context).catch(() => undefined);
  const shipped = await shippedData(context);
  const timestampUrls = await authoritiesOf(context);
  for (const [index, { fieldName, byteRange }] of prepared.entries()) {
    work.onProgress?.({ step: 'augmenting', document: index, documents: documents.length });
    const document = documents[index];
    if (!document) throw new OssError('OSS_JOURNAL_DAMAGED');
    const slot = slotOf(document, index);
    const path = vault.documentPath(id, slot);
    await truncate(path, byteRange[2] + byteRange[3]);
    const password = memory.passwords.get(slot);
    const input = {
      path,
      level,
      fields: [fieldName],
      anchors: anchors.map(({ der }) => der),
      shipped,
      timestampUrls,
      ...(password === undefined ? {} : { password }),
    };
    const outside = responsesOf(sources, async (attempt) => {
      await journal.append({ type: 'sourceAsked', attempt });
    });
    const raise = (): Promise<unknown> =>
      naming(document.name, documentWork.run('augment', { ...input, at: serviceTime(context) }, { outside }));
    await raise().catch(async (thrown: unknown) => {
      // A clock that was set meanwhile makes good time stamps and fresh lists look wrong.
      if (!RESTS_ON_TIME.includes(toOssError(thrown).code) || !(await hasOtherTime(context))) throw thrown;
      await truncate(path, byteRange[2] + byteRange[3]);
      await raise();
    });
  }
  await journal.append({ type: 'augmented' });
}

/** What the service sent with its signatures (LT-02). */
async function shippedData({ journal, vault, service }: StepContext): Promise<ValidationData> {
  const { id, registration, signingKey } = journal.transaction;
  const stored = storedResponseSchema.safeParse(await vault.readResponse(id));
  if (!stored.success && !(registration && signingKey)) throw new OssError('OSS_JOURNAL_DAMAGED');
  // What cannot be read any more is fetched again by its key.
  const { chain, validationData } =
    stored.data ??
    (await service.storedResponse(
      registration?.requestId ?? '',
      signingKey ?? '',
      manifestOf(journal.transaction),
    ));
  return { certificates: chain, ...validationData };
}

/** Those of the settings; without any, the one of the signature service. */
export async function authoritiesOf(context: StepContext): Promise<readonly string[]> {
  const { timestampUrls } = context;
  if (timestampUrls.length > 0) return timestampUrls;
  const { timestampUrl } = await describedService(context);
  return timestampUrl === undefined ? [] : [timestampUrl];
}
