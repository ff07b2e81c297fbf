import { z } from 'zod';
import { sha256HexSchema } from '../model/evidence.ts';
import { verificationReportSchema } from '../model/verification.ts';
import { documentIdSchema } from './documents.ts';
import { defineGroup, nothing } from './group.ts';
import { printedSchema, savedSchema } from './results.ts';
import { resultIdSchema } from './transactions.ts';

/** A file whose signatures are to be checked; the window may also look at it. */
export const fileToVerifySchema = z.strictObject({
  id: documentIdSchema,
  name: z.string(),
  bytes: z.number().int().nonnegative(),
});
export type FileToVerify = z.infer<typeof fileToVerifySchema>;

/** `report.file` is the name alone. */
export const verificationViewSchema = z.strictObject({
  checkedAt: z.iso.datetime(),
  sha256: sha256HexSchema,
  report: verificationReportSchema,
});
export type VerificationView = z.infer<typeof verificationViewSchema>;

/** A page in colour: red, green, blue and opacity for each dot, line by line from the top. */
const drawnPageSchema = z.strictObject({
  width: z.number().int().positive().max(1000),
  height: z.number().int().positive().max(1000),
  rgba: z.base64(),
});
export type DrawnPage = z.infer<typeof drawnPageSchema>;

/** Null where it cannot be drawn, or where there is no such page in that version. */
const drawnVersionsSchema = z.strictObject({
  signed: drawnPageSchema.nullable(),
  now: drawnPageSchema.nullable(),
});
export type DrawnVersionsView = z.infer<typeof drawnVersionsSchema>;

const byId = z.strictObject({ id: documentIdSchema });

/** Checking any signed file, without a transaction. One file at a time. */
export const verificationIpc = defineGroup({
  name: 'verification',
  roles: ['clerk'],
  calls: {
    /** Shows the system's file dialog; null where it was closed. */
    choose: { argument: nothing, response: fileToVerifySchema.nullable() },
    addDropped: {
      argument: z.strictObject({ paths: z.array(z.string().min(1).max(4096)).min(1).max(1) }),
      response: fileToVerifySchema,
    },
    /** A file that a transaction or a case delivered. */
    openResult: {
      argument: z.strictObject({ id: resultIdSchema, index: z.number().int().nonnegative() }),
      response: fileToVerifySchema,
    },
    verify: {
      argument: byId.extend({ password: z.string().max(1024).optional() }),
      response: verificationViewSchema,
    },
    cancel: { argument: nothing, response: nothing },
    /** A page as the signature of a verified file covers it, beside the page as it is now. */
    drawVersions: {
      argument: byId.extend({
        field: z.string().max(10_000),
        page: z.number().int().min(1).max(1_000_000),
      }),
      response: drawnVersionsSchema,
    },
    /** The report as PDF and JSON into a folder that the clerk chooses. */
    saveReport: { argument: byId, response: savedSchema },
    /** What a container holds, into a folder that the clerk chooses. */
    saveInside: { argument: byId, response: savedSchema },
    printReport: { argument: byId, response: printedSchema },
  },
  events: {
    progress: z.strictObject({
      read: z.number().int().nonnegative(),
      expected: z.number().int().positive(),
    }),
  },
});
