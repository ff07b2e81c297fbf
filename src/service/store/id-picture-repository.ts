import type { Kysely } from 'kysely';
import type { SealedBox } from '../../base/sealed-box.ts';
import type { IdPictureSide } from '../../contract/model/id-picture.ts';
import type { Tables } from './tables.ts';

/** Pictures of people and their documents, sealed, whatever the database does at rest. */
export const idPictureRepository = (db: Kysely<Tables>, box: SealedBox) => ({
  /** Replaces an earlier one of the same side. */
  async put(requestId: string, side: IdPictureSide, picture: Uint8Array, now: number): Promise<void> {
    const sealed = box.seal(picture, placeOf(requestId, side));
    await db
      .insertInto('id_pictures')
      .values({ request_id: requestId, side, picture: sealed, added_at: now })
      .onConflict((conflict) =>
        conflict.columns(['request_id', 'side']).doUpdateSet({ picture: sealed, added_at: now }),
      )
      .execute();
  },

  async find(requestId: string, side: IdPictureSide): Promise<Uint8Array | undefined> {
    const row = await db
      .selectFrom('id_pictures')
      .select('picture')
      .where('request_id', '=', requestId)
      .where('side', '=', side)
      .executeTakeFirst();
    return row && box.open(row.picture, placeOf(requestId, side));
  },

  /** With everything else that says who a request was for. */
  async erase(requestId: string): Promise<void> {
    await db.deleteFrom('id_pictures').where('request_id', '=', requestId).execute();
  },
});

const placeOf = (requestId: string, side: IdPictureSide): string => `id picture ${requestId} ${side}`;
