import { createHash } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { OssError } from '../../contract/errors.ts';
import type { IdPictureSide } from '../../contract/model/id-picture.ts';
import type { IdPictureView } from '../../contract/service-api/id-pictures.ts';
import type { Officer } from '../store/officer-repository.ts';
import type { Store } from '../store/store.ts';
import type { RequestAccess } from './request-access.ts';

export interface IdPictures {
  /** Keeps a picture of a request that is not signed yet. @throws OssError OSS_REQUEST_NOT_FOUND, OSS_REQUEST_STATE */
  put(officer: Officer, id: string, side: IdPictureSide, picture: Uint8Array): Promise<IdPictureView>;
  /** For who has to prove later how somebody was identified; written down. @throws OssError OSS_NOT_FOUND */
  get(officer: Officer, id: string, side: IdPictureSide): Promise<Uint8Array>;
}

interface IdPicturePorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly access: RequestAccess;
}

/** Pictures of the identification: sealed, seen by officers of the same registration authority, erased with their request. */
export const idPictures = ({ store, clock, access }: IdPicturePorts): IdPictures => ({
  async put(officer, id, side, picture) {
    const { state } = await access(id, officer);
    if (state !== 'approved' && state !== 'otpSent') throw new OssError('OSS_REQUEST_STATE', { state });
    const view = {
      side,
      bytes: picture.length,
      sha256: createHash('sha256').update(picture).digest('hex'),
    };
    await store.transaction(async (repositories) => {
      await repositories.idPictures.put(id, side, picture, clock().getTime());
      await repositories.events.append(id, 'request.idPictureAdded', { officer: officer.username, ...view });
    });
    return view;
  },

  async get(officer, id, side) {
    await access(id, officer);
    const picture = await store.idPictures.find(id, side);
    if (!picture) throw new OssError('OSS_NOT_FOUND');
    await store.transaction(({ events }) =>
      events.append(id, 'request.idPictureRead', { officer: officer.username, side }),
    );
    return picture;
  },
});
