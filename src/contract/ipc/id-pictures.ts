import { z } from 'zod';
import { draftIdSchema } from '../model/draft.ts';
import { idPictureDataSchema, idPictureSideSchema } from '../model/id-picture.ts';
import { machineReadableSchema } from '../model/machine-readable-zone.ts';
import { defineGroup } from './group.ts';

const byDraft = z.strictObject({ draft: draftIdSchema });
const bySide = byDraft.extend({ side: idPictureSideSchema });
const sides = z.array(idPictureSideSchema);

/**
 * Pictures of the person's identification: they lie sealed on this computer until the person is registered, go to the
 * registration authority alone, and are deleted here then.
 */
export const idPicturesIpc = defineGroup({
  name: 'idPictures',
  roles: ['clerk'],
  calls: {
    list: { argument: byDraft, response: sides },
    add: { argument: bySide.extend({ data: idPictureDataSchema }), response: sides },
    remove: { argument: bySide, response: sides },
    /** Reads the machine readable zone on this computer; null where there is none, or its check digits are wrong. */
    read: { argument: bySide, response: machineReadableSchema.nullable() },
  },
  events: {},
});
