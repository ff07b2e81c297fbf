import { isLongTerm } from '../../contract/model/transaction.ts';
import { type ByteSource, extendedSource, planSignatureUpdate } from '../../pdf/index.ts';
import { type RehearsalOptions, rehearseUpdate } from '../pades/rehearse-signature.ts';
import type { OpenedForSigning } from './open-for-signing.ts';

/** Small, since only where it stands is judged. */
const SMALL_CAPACITY = 64;
const DAY_OF_REHEARSAL = new Date(0);

/**
 * `rehearseUpdate` for a document that nobody has prepared yet: with an invisible signature, the least that is appended.
 * @throws OssError as `rehearseUpdate`
 */
export async function rehearseSigning(
  source: ByteSource,
  { document, inspection, repair }: OpenedForSigning,
  options: RehearsalOptions & { readonly fieldName?: string },
): Promise<void> {
  const { name, exists } = inspection.targetField;
  // A field may demand one of certain reasons; which one is chosen later.
  const reason = inspection.emptySignatureFields.find((field) => field.name === name)?.reasons[0];
  const update = await planSignatureUpdate(document, {
    claimedSigningTime: DAY_OF_REHEARSAL,
    contentsCapacity: SMALL_CAPACITY,
    timestamped: options.level !== 'B-B',
    validationData: isLongTerm(options.level),
    ...(exists || options.fieldName !== undefined ? { fieldName: name } : {}),
    ...(reason === undefined ? {} : { reason }),
  });
  const original = repair === undefined ? source : extendedSource(source, repair);
  await rehearseUpdate(original, update, options);
}
