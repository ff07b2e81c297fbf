import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { readTextIfPresent, writeFileDurably } from '../../base/durable-file.ts';
import { draftIdSchema } from '../../contract/model/draft.ts';

/** A draft at rest: what it holds can be read only with the key of this computer. */
const sealedDraftSchema = z.strictObject({
  id: draftIdSchema,
  changedAt: z.iso.datetime(),
  /** AES-256-GCM, base64, bound to the two above. */
  sealed: z.base64(),
});
export type SealedDraft = z.infer<typeof sealedDraftSchema>;

const fileSchema = z.strictObject({ version: z.literal(1), drafts: z.array(sealedDraftSchema) });

/** Where sealed drafts are kept. What is due can be deleted without the key. */
export interface DraftRecords {
  load(): Promise<readonly SealedDraft[]>;
  save(drafts: readonly SealedDraft[]): Promise<void>;
}

export const draftFile = (path: string): DraftRecords => ({
  async load() {
    const text = await readTextIfPresent(path);
    if (text === undefined) return [];
    try {
      return fileSchema.parse(JSON.parse(text)).drafts;
    } catch {
      return []; // Not as it was written: what it would say could not be trusted.
    }
  },
  async save(drafts) {
    if (drafts.length === 0) return rm(path, { force: true });
    await writeFileDurably(path, JSON.stringify({ version: 1, drafts }));
  },
});

/** Until the station closes. */
export function transientDrafts(): DraftRecords {
  let kept: readonly SealedDraft[] = [];
  return {
    load: async () => kept,
    save: async (drafts) => {
      kept = drafts;
    },
  };
}
