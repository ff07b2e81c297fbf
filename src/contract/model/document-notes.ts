import { z } from 'zod';
import { pageRangesSchema, pagesOf, rangesInWords } from './page-ranges.ts';

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
  /** Whoever opens the signed file needs the password too. */
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
  /** So large that only its first part was looked through. */
  note('partlyExamined', { objects: count }),
]);
export type DocumentNote = z.infer<typeof documentNoteSchema>;
export type DocumentNoteCode = DocumentNote['code'];

/** Facts that change nothing for the person who signs. */
const FOR_INFORMATION: ReadonlySet<DocumentNoteCode> = new Set([
  ...([
    'emptySignatureFields',
    'revisions',
    'hybridReference',
    'untagged',
    'pdfA',
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

const USES: Readonly<Record<RestrictedUse, string>> = {
  print: 'printing',
  change: 'changing',
  copy: 'copying',
  annotate: 'annotating',
  fillForms: 'filling in forms',
};

const several = (number: number, one: string, more: string): string =>
  `${number} ${number === 1 ? one : more}`;

const fieldInWords = ({
  name,
  reasons,
}: {
  name: string;
  reasons?: readonly string[] | undefined;
}): string =>
  reasons ? `${name} (for the reason ${reasons.map((reason) => `"${reason}"`).join(' or ')})` : name;

type Sentences = { readonly [C in DocumentNoteCode]: (note: Extract<DocumentNote, { code: C }>) => string };

const SENTENCES: Sentences = {
  repaired: () =>
    'Its table of contents (cross-reference) is damaged; a new one is added before the signature, nothing else changes.',
  alreadySigned: ({ signers }) => `Already signed by ${signers.join(', ')}.`,
  changedAfterSigning: ({ fields }) =>
    `Changed after it was signed (${fields.join(', ')}): validators may reject the earlier signature.`,
  certified: ({ permission }) =>
    permission === 2
      ? 'Certified by its author: only forms and signatures may be added, so the signature is invisible or in a field of the author.'
      : 'Certified by its author: only forms, signatures and annotations may be added.',
  fieldsLocked: () => 'An earlier signature locks some form fields.',
  passwordProtected: () => 'Protected by a password, which the signed file keeps.',
  restricted: ({ uses }) => `Its author forbids ${uses.map((use) => USES[use]).join(', ')}.`,
  form: ({ fields }) =>
    `A form with ${several(fields, 'field', 'fields')}: it can be filled in after signing.`,
  needAppearances: () => 'Its form is drawn by each viewer in its own way (NeedAppearances).',
  xfaForm: () => 'It has an XFA form, which few viewers show.',
  javaScript: ({ places }) => `It contains JavaScript (${several(places, 'place', 'places')}).`,
  launchAction: ({ places }) =>
    `It can start a program or open a file (${several(places, 'place', 'places')}).`,
  dataAction: ({ places }) => `It can send or fetch data (${several(places, 'place', 'places')}).`,
  layers: ({ layers, hidden }) =>
    `It has ${several(layers, 'layer', 'layers')}, ${hidden} hidden: what is seen can be switched.`,
  fontsNotEmbedded: ({ fonts }) =>
    `Typefaces that are not embedded may look different elsewhere: ${fonts.join(', ')}.`,
  incompletePages: ({ pages }) =>
    `Look at page ${rangesInWords(pages).join(', ')}: it cannot be shown wholly, and does not count as shown.`,
  drawnDifferently: ({ pages }) =>
    `Look at page ${rangesInWords(pages).join(', ')}: two viewers draw it differently.`,
  printDiffers: ({ pages }) =>
    `Look at page ${rangesInWords(pages).join(', ')}: on paper it is not what it is on the screen.`,
  valuesDiffer: ({ fields }) => `Fields that hold something else than they show: ${fields.join(', ')}.`,
  attachments: ({ files }) => `It carries ${several(files, 'attached file', 'attached files')}.`,
  unreadableParts: ({ objects }) => `${several(objects, 'part', 'parts')} of it cannot be read.`,
  emptySignatureFields: ({ fields }) =>
    `Its author provided ${fields.length === 1 ? 'a signature field' : 'signature fields'}: ${fields.map(fieldInWords).join(', ')}.`,
  revisions: ({ revisions }) => `It was saved in ${revisions} steps.`,
  hybridReference: () => 'It has a cross-reference for old viewers and one for new ones.',
  untagged: () => 'It is not tagged for screen readers.',
  pdfA: ({ part }) => `It claims PDF/A-${part}.`,
  partlyExamined: ({ objects }) =>
    `It is so large that only the first ${objects} objects were looked through.`,
};

/** A note in English, for a terminal. */
export const sentenceOf = <N extends DocumentNote>(documentNote: N): string =>
  (SENTENCES[documentNote.code] as (note: N) => string)(documentNote);
