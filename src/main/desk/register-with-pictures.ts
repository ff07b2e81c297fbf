import type { IdPictureSide } from '../../contract/model/id-picture.ts';
import type { Optimizer, SigningService } from '../../optimizer/index.ts';

/** A picture of the identification, for the registration authority alone. */
export interface NewIdPicture {
  readonly side: IdPictureSide;
  read(): Promise<Uint8Array>;
}

/** Registers a transaction; the pictures go with it where the provider takes them so, and after it otherwise. */
export async function registerWithPictures(
  optimizer: Optimizer,
  service: SigningService,
  id: string,
  pictures: readonly NewIdPicture[],
): Promise<void> {
  const { takesPictures = false, addIdPicture } = service.registration;
  const taken = takesPictures
    ? await Promise.all(pictures.map(async ({ side, read }) => ({ side, picture: await read() })))
    : [];
  const { registration } = await optimizer.register(id, taken);
  for (const { side, read } of takesPictures || !addIdPicture ? [] : pictures)
    await service.registration.addIdPicture?.(registration?.requestId ?? '', side, await read());
}
