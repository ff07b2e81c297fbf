import { z } from 'zod';
import { needed } from './lenient.ts';

export const metadataFormSchema = z.looseObject({
  metadata: needed(z.string()),
  metadata_oid: needed(z.string()),
});

export const metadataViewSchema = z.object({ oid: z.string(), metadata: z.string() });
export type MetadataView = z.infer<typeof metadataViewSchema>;
