import { z } from 'zod';
import { identitySchema } from '../model/identity.ts';
import {
  placementSchema,
  placementTemplateSchema,
  templateIdSchema,
  templateNameSchema,
} from '../model/placement.ts';
import { documentIdSchema } from './documents.ts';
import { defineGroup, nothing } from './group.ts';

/** The appearance as it will be signed: a PDF of one page, as large as the box. */
export const appearancePreviewSchema = z.strictObject({ id: documentIdSchema });

const templates = z.array(placementTemplateSchema);

export const placementsIpc = defineGroup({
  name: 'placements',
  roles: ['clerk'],
  calls: {
    /** Made by the code that signs. The window loads it like a document. */
    preview: {
      argument: z.strictObject({
        document: documentIdSchema,
        placement: placementSchema,
        identity: identitySchema,
      }),
      response: appearancePreviewSchema,
    },
    templates: { argument: nothing, response: templates },
    /** A template of the same name is replaced. */
    saveTemplate: {
      argument: z.strictObject({
        name: templateNameSchema,
        document: documentIdSchema,
        placement: placementSchema,
      }),
      response: templates,
    },
    removeTemplate: { argument: z.strictObject({ id: templateIdSchema }), response: templates },
  },
  events: {},
});
