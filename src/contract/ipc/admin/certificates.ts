import { z } from 'zod';
import { defineGroup, nothing } from '../group.ts';
import { anchorUseSchema, certificateViewSchema, fingerprintSchema } from './certificate-view.ts';
import { adminViewSchema } from './settings.ts';

/** A certificate of a file that was chosen, before it is trusted. */
export const candidateSchema = certificateViewSchema.extend({
  isAuthority: z.boolean(),
  /** Already among the anchors. */
  known: z.boolean(),
});
export type AnchorCandidate = z.infer<typeof candidateSchema>;

export const certificatesIpc = defineGroup({
  name: 'certificates',
  roles: ['admin'],
  calls: {
    /** Shows the system's file dialog for a .p12 or .pfx. Answers its name, or nothing. */
    chooseKeyFile: { argument: nothing, response: z.strictObject({ name: z.string().optional() }) },
    openKeyFile: {
      argument: z.strictObject({ password: z.string().max(256) }),
      response: certificateViewSchema,
    },
    /** Takes what was opened into use: its key goes into the secret store. */
    takeKeyFile: { argument: nothing, response: adminViewSchema },
    /** Forgets the file that was chosen or opened. */
    discardKeyFile: { argument: nothing, response: nothing },
    removeClientCertificate: { argument: nothing, response: adminViewSchema },
    /** Shows the system's file dialog for PEM or DER. Answers what is in the file; trusts nothing yet. */
    chooseAnchors: { argument: nothing, response: z.array(candidateSchema) },
    addAnchor: {
      argument: z.strictObject({ fingerprint: fingerprintSchema, use: anchorUseSchema }),
      response: adminViewSchema,
    },
    removeAnchor: {
      argument: z.strictObject({ fingerprint: fingerprintSchema, use: anchorUseSchema }),
      response: adminViewSchema,
    },
  },
  events: {},
});
