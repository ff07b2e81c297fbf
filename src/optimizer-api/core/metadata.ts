import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type MetadataView, metadataFormSchema } from '../../contract/optimizer-api/index.ts';
import type { ApiCore } from './api-core.ts';
import { parseForm } from './form-body.ts';
import { missingParameters, Refusal } from './refusal.ts';

const MAX_ENTRIES = 1000;
const NOT_FOUND = 'Metadata not found on disk';

/** @returns the id, 32 hexadecimal digits @throws Refusal 400 */
export function addMetadata({ records }: ApiCore, body: unknown): string {
  const { metadata, metadata_oid: oid } = parseForm(metadataFormSchema, body);
  if (!metadata || !oid) throw missingParameters('metadata', 'metadata_oid');
  if (!z.base64().safeParse(metadata).success)
    throw new Refusal(400, 'Invalid parameter: metadata is not base64');
  if (!/^[0-2](\.\d{1,20}){1,20}$/.test(oid)) throw new Refusal(400, 'Invalid parameter: metadata_oid');
  if (records.metadata.count() >= MAX_ENTRIES) {
    throw new Refusal(400, `There are ${MAX_ENTRIES} entries already`);
  }
  const id = randomBytes(16).toString('hex');
  records.metadata.put(id, { oid, metadata });
  return id;
}

/** @throws Refusal 404 */
export function metadataNamed({ records }: ApiCore, id: string): MetadataView {
  const entry = records.metadata.get(id);
  if (!entry) throw new Refusal(404, NOT_FOUND);
  return entry;
}

/** @throws Refusal 404 where there is none */
export function listMetadata({ records }: ApiCore): Record<string, MetadataView> {
  const entries = records.metadata.entries();
  if (entries.length === 0) throw new Refusal(404, NOT_FOUND);
  return Object.fromEntries(entries);
}

/** @throws Refusal 404 */
export function deleteMetadata({ records }: ApiCore, id: string): void {
  if (!records.metadata.remove(id)) throw new Refusal(404, NOT_FOUND);
}

export function deleteAllMetadata({ records }: ApiCore): void {
  for (const [id] of records.metadata.entries()) records.metadata.remove(id);
}
