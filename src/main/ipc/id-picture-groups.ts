import { OssError } from '../../contract/errors.ts';
import type { GroupHandlers } from '../../contract/ipc/group.ts';
import type { ClerkGroups } from '../../contract/ipc/index.ts';
import { isKeptSize, jpegSizeOf } from '../../contract/model/picture-size.ts';
import type { IdPictures } from '../id-pictures/id-pictures.ts';
import type { ReadZone } from '../id-pictures/zone-reader.adapter.ts';
import type { Caller } from '../security/sender-policy.ts';

export const idPictureHandlers = (
  pictures: IdPictures,
  readZone: ReadZone,
): GroupHandlers<ClerkGroups['idPictures'], Caller> => ({
  list: ({ draft }) => pictures.sides(draft),
  async add({ draft, side, data }) {
    const picture = Buffer.from(data, 'base64');
    const size = jpegSizeOf(picture);
    if (!size || !isKeptSize(size)) throw new OssError('OSS_REQUEST_INVALID', { fields: ['data'] });
    await pictures.add(draft, side, picture);
    return pictures.sides(draft);
  },
  async remove({ draft, side }) {
    await pictures.remove(draft, side);
    return pictures.sides(draft);
  },
  read: async ({ draft, side }) => (await readZone(await pictures.read(draft, side))) ?? null,
});
