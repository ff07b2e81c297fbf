import { z } from 'zod';
import { LIST_OF_LISTS, listsStateSchema } from '../../model/trusted-lists.ts';
import { defineGroup, nothing } from '../group.ts';
import { certificateViewSchema } from './certificate-view.ts';

/** Whether the station fetches the European trusted lists, and from where. */
export const trustedListsChoiceSchema = z.strictObject({
  fetch: z.boolean().default(false),
  /** Of the list of lists: that of the Commission, or a mirror of the organisation. */
  address: z
    .url({ protocol: /^https?$/ })
    .max(512)
    .default(LIST_OF_LISTS),
});
export type TrustedListsChoice = z.infer<typeof trustedListsChoiceSchema>;

export const trustedListsViewSchema = z.strictObject({
  /** Those that the administrator compared with the Official Journal; without any no list is believed. */
  certificates: z.array(certificateViewSchema),
  /** Absent without certificates, and where there are no lists yet. */
  state: listsStateSchema.optional(),
});
export type TrustedListsView = z.infer<typeof trustedListsViewSchema>;

export const trustedListsIpc = defineGroup({
  name: 'trustedLists',
  roles: ['admin'],
  calls: {
    view: { argument: nothing, response: trustedListsViewSchema },
    /** Shows the system's file dialog; the certificates of the file take the place of those before. */
    chooseCertificates: { argument: nothing, response: trustedListsViewSchema },
    /** Now, whatever the setting says. */
    fetch: { argument: nothing, response: trustedListsViewSchema },
  },
  events: {},
});
