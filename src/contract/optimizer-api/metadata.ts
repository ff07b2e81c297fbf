import { z } from 'zod';

export const metadataFormSchema = z.looseObject({
  metadata: z.string().optional(),
  metadata_oid: z.string().optional(),
});

export const metadataViewSchema = z.object({ oid: z.string(), metadata: z.string() });
export type MetadataView = z.infer<typeof metadataViewSchema>;
