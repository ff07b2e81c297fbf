import { z } from 'zod';
import { pageRangesSchema, pagesOf } from './page-ranges.ts';

/** What an author of an encrypted document may forbid (ISO 32000-2 table 22). */
export const RESTRICTED_USES = Object.freeze(['print', 'change', 'copy', 'annotate', 'fillForms'] as const);
export type RestrictedUse = (typeof RESTRICTED_USES)[number];

const count = z.number().int().positive();
const pages = pageRangesSchema.min(1).max(1000);
const names = z.array(z.string()).min(1).max(20);
const note = <C extends string, S extends z.ZodRawShape>(code: C, facts: S) =>
  z.strictObject({ code: z.literal(code), ...facts });

/**
 * What a person should know about a document before it is signed: a code and facts, which windows put into their own
 * language. Signing it is possible all the same.
 */
export const documentNoteSchema = z.discriminatedUnion('code', [
  /** The cross-reference was damaged; a new one is appended before the signature. */
  note('repaired', {}),
  note('alreadySigned', { signers: names }),
  /** What followed an earlier signature is more than further signatures. */
  note('changedAfterSigning', { fields: names }),
  /** 2: forms and signatures may still be added; 3: annotations too (ISO 32000-2 table 257). */
  note('certified', { permission: z.union([z.literal(2), z.literal(3)]) }),
  note('fieldsLocked', {}),
  /** Anyone who opens the signed file needs the password too. */
  note('passwordProtected', {}),
  note('restricted', { uses: z.array(z.enum(RESTRICTED_USES)).min(1) }),
  note('form', { fields: count }),
  /** Viewers may draw the form in their own way. */
  note('needAppearances', {}),
  note('xfaForm', {}),
  note('javaScript', { places: count }),
  note('launchAction', { places: count }),
  /** Sends what is typed elsewhere, or takes data from elsewhere. */
  note('dataAction', { places: count }),
  note('layers', { layers: count, hidden: z.number().int().nonnegative() }),
  note('fontsNotEmbedded', { fonts: names }),
  /** No viewer can be relied on to show all of them: a picture beyond all bounds, damaged contents. */
  note('incompletePages', { pages }),
  /** Two viewers draw them differently. */
  note('drawnDifferently', { pages }),
  /** On paper they are other than on the screen. */
  note('printDiffers', { pages }),
  /** What a field holds is not what it shows. */
  note('valuesDiffer', { fields: names }),
  note('attachments', { files: count }),
  note('unreadableParts', { objects: count }),
  note('emptySignatureFields', {
    /** With the only reasons that the author of the field accepts. */
    fields: z.array(z.strictObject({ name: z.string(), reasons: names.optional() })).min(1),
  }),
  note('revisions', { revisions: count }),
  note('hybridReference', {}),
  note('untagged', {}),
  note('pdfA', { part: z.string() }),
  /** A visible signature beside the earlier ones would not be part of the structure. */
  note('pdfUaSigned', { part: z.string() }),
  /** So large that only its first part was looked through. */
  note('partlyExamined', { objects: count }),
]);
export type DocumentNote = z.infer<typeof documentNoteSchema>;
export type DocumentNoteCode = DocumentNote['code'];

export const DOCUMENT_NOTE_CODES: readonly DocumentNoteCode[] = Object.freeze(
  documentNoteSchema.options.map(({ shape }) => shape.code.value),
);

/** Facts that change nothing for the person who signs. */
const FOR_INFORMATION: ReadonlySet<DocumentNoteCode> = new Set([
  ...([
    'emptySignatureFields',
    'revisions',
    'hybridReference',
    'untagged',
    'pdfA',
    'pdfUaSigned',
    'partlyExamined',
  ] as const),
]);

/** Pages that do not count as shown, whatever a window says. */
export const pagesIncomplete = (notes: readonly DocumentNote[]): number[] =>
  notes.flatMap((one) => (one.code === 'incompletePages' ? pagesOf(one.pages) : []));

/** Whether a note is worth a moment before signing. */
export const needsAttention = ({ code }: DocumentNote): boolean => !FOR_INFORMATION.has(code);

export const FILE_VERDICTS = Object.freeze(['sign', 'signWithNote', 'refuse'] as const);
export const fileVerdictSchema = z.enum(FILE_VERDICTS);
export type FileVerdict = z.infer<typeof fileVerdictSchema>;

export const verdictOfNotes = (notes: readonly DocumentNote[]): Exclude<FileVerdict, 'refuse'> =>
  notes.some(needsAttention) ? 'signWithNote' : 'sign';
