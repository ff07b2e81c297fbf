import { z } from 'zod';
import { ask, momentOf } from './ask.ts';
import type { JudgedFile } from './judged-file.ts';

const signatureSchema = z.object({
  field: z.string(),
  /** What stopped pyHanko; the entries below are absent then. */
  error: z.string().optional(),
  signer: z.string().optional(),
  intact: z.boolean().optional(),
  valid: z.boolean().optional(),
  trusted: z.boolean().optional(),
  coverage: z.enum(['UNCLEAR', 'CONTIGUOUS_BLOCK_FROM_START', 'ENTIRE_REVISION', 'ENTIRE_FILE']).optional(),
  /** What was changed after this signature; OTHER is a change that no rule permits. */
  modification: z.enum(['NONE', 'LTA_UPDATES', 'FORM_FILLING', 'ANNOTATIONS', 'OTHER']).nullable().optional(),
  permitted: z.boolean().nullable().optional(),
  timestamp: z
    .object({ intact: z.boolean(), valid: z.boolean(), trusted: z.boolean(), time: z.string() })
    .nullable()
    .optional(),
  accepted: z.boolean().optional(),
  /** What `pyhanko sign adesverify` judges from the file alone, and the indication at the end of past validation. */
  adesAccepted: z.boolean().optional(),
  ades: z.string().optional(),
});
export type PyHankoSignature = z.infer<typeof signatureSchema>;

const documentTimestampSchema = z.object({
  field: z.string(),
  error: z.string().optional(),
  intact: z.boolean().optional(),
  valid: z.boolean().optional(),
  trusted: z.boolean().optional(),
  coverage: z.string().optional(),
});

const fileSchema = z.object({
  file: z.string(),
  error: z.string().optional(),
  /** False where the file has flaws that pyHanko reads over only when it is asked to. */
  strict: z.boolean().optional(),
  signatures: z.array(signatureSchema),
  documentTimestamps: z.array(documentTimestampSchema).default([]),
});
export type PyHankoVerdict = z.infer<typeof fileSchema>;

/**
 * Anchors and revocation data come from `anchor` and the network; with `ades` also a verdict from the file alone. `at`:
 * as if it were then.
 */
export const judgePyHanko = (
  files: readonly JudgedFile[],
  anchor: string,
  { ades = false, offline = false, at }: { ades?: boolean; offline?: boolean; at?: Date } = {},
): Promise<PyHankoVerdict[]> =>
  ask(
    'pyHanko',
    files,
    [anchor, `${ades ? 'ades' : offline ? 'offline' : 'usual'}${momentOf(at)}`],
    fileSchema,
  );
