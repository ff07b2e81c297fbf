import { z } from 'zod';
import type { JournalEntry } from '../events.ts';
import { entryV1Schema } from './v1.ts';

/** Lines of the first form name no version. */
const versionSchema = z.looseObject({ version: z.int().min(1).default(1) });

/** What a line says, in the words of today; or why this version cannot know it. */
export type ReadEntry = { readonly entry: JournalEntry } | { readonly unknown: string };

/** @param line the JSON of a line whose checksum is right */
export function readEntry(line: unknown): ReadEntry {
  const versioned = versionSchema.safeParse(line);
  if (!versioned.success) return { unknown: 'not an event' };
  const { version } = versioned.data;
  if (version !== 1) return { unknown: `written in form ${version} of a later version` };
  const { success, data, error } = entryV1Schema.safeParse(line);
  if (success) return { entry: data };
  // The place without the value: a line holds what people typed.
  const path = error.issues[0]?.path.filter((part) => typeof part === 'string') ?? [];
  return { unknown: path.length === 0 ? 'not an event' : `unknown at ${path.join('.')}` };
}
