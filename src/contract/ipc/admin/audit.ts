import { z } from 'zod';
import { defineGroup, nothing } from '../group.ts';

export const AUDIT_ACTIONS = Object.freeze([
  'passphraseChosen',
  'passphraseRefused',
  'passwordChosen',
  'passwordChanged',
  'signedIn',
  'signInRefused',
  'signedOut',
  'settingChanged',
  'secretStored',
  'secretRemoved',
  'connectionTested',
  'recordsRemoved',
  'customerRemembered',
  'customerDataUsed',
  'customersRemoved',
  'listExported',
  'supportFileSaved',
] as const);
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** One line of the audit list. Values are names, numbers, addresses, fingerprints; never a secret. */
export const auditEntrySchema = z.strictObject({
  /** Counted from 1. */
  sequence: z.number().int().positive(),
  at: z.iso.datetime(),
  role: z.enum(['admin', 'clerk', 'station']),
  /** Account of the operating system under which the station ran. */
  account: z.string(),
  action: z.enum(AUDIT_ACTIONS),
  /** Which setting or secret. */
  subject: z.string().optional(),
  before: z.string().optional(),
  after: z.string().optional(),
  /** Hash of the line before; zeros for the first. */
  previous: sha256Hex,
  hash: sha256Hex,
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** Whether the list is whole: as far as its own chain tells, and as far as the secret store remembers its end. */
export const auditChainSchema = z.strictObject({
  outcome: z.enum(['intact', 'broken', 'truncated']),
  entries: z.number().int().nonnegative(),
  /** The first line that does not follow from the one before. */
  brokenAt: z.number().int().positive().optional(),
});
export type AuditChain = z.infer<typeof auditChainSchema>;

export const MAX_AUDIT_ENTRIES_SHOWN = 2000;

export const auditIpc = defineGroup({
  name: 'audit',
  roles: ['admin'],
  calls: {
    /** Newest first, at most MAX_AUDIT_ENTRIES_SHOWN. */
    list: {
      argument: nothing,
      response: z.strictObject({ entries: z.array(auditEntrySchema), chain: auditChainSchema }),
    },
    /** Shows the system's dialog and writes the list as it is. */
    export: { argument: nothing, response: z.strictObject({ saved: z.boolean() }) },
  },
  events: {},
});
