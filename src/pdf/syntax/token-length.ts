import { OssError } from '../../contract/errors.ts';

/**
 * Of one string or name, as it stands in the file. What signs and compares holds several copies of the object that it
 * is part of; readers that keep to ISO 32000-1 Annex C take 64 KB of a string and 127 bytes of a name.
 */
const MAX_BYTES = 32 * 1024 * 1024;

/** @throws OssError OSS_PDF_LIMIT */
export function assertTokenLength(bytes: number): void {
  if (bytes > MAX_BYTES) throw new OssError('OSS_PDF_LIMIT', { reason: 'a string or name is too long' });
}
