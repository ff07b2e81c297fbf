import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { ImageView } from '../../contract/optimizer-api/index.ts';
import type { ImageRecord } from '../store/records.ts';
import type { ApiCore } from './api-core.ts';
import { imageDate } from './dates.ts';
import { mediaTypeOf, pngSize } from './file-type.ts';
import { missingParameters, Refusal } from './refusal.ts';
import type { Form } from './uploaded-form.ts';

/** What a visible signature takes (contract/model/transaction.ts). */
export const MAX_IMAGE_BYTES = 1024 * 1024;
const MAX_IMAGES = 1000;

/** @returns the uid @throws Refusal 400, 413, 415 */
export async function addImage({ records, files, now }: ApiCore, form: Form): Promise<string> {
  const upload = form.uploads.find(({ key }) => key === 'image') ?? form.uploads[0];
  if (!upload) throw missingParameters('image');
  const size = mediaTypeOf(upload.head) === 'image/png' ? pngSize(upload.head) : undefined;
  if (!size) throw new Refusal(415, `Image file type not supported: ${upload.filename}`);
  if (records.images.count() >= MAX_IMAGES) throw new Refusal(400, `There are ${MAX_IMAGES} images already`);
  const uid = randomUUID();
  await files.keep(upload.path, files.imagePath(uid));
  const [width, height] = size;
  records.images.put(uid, { uid, filename: upload.filename, uploadedAt: now().toISOString(), width, height });
  return uid;
}

/** @throws Refusal 404 */
export function imageNamed({ records }: ApiCore, uid: string): ImageRecord {
  const image = records.images.get(uid);
  if (!image) throw new Refusal(404, `Image with uid ${uid.slice(0, 64)} not found`);
  return image;
}

/** @throws Refusal 404 */
export async function deleteImage({ records, files }: ApiCore, uid: string): Promise<void> {
  if (!records.images.remove(uid)) {
    throw new Refusal(404, `Image with uid ${uid.slice(0, 64)} not found on disk`);
  }
  await rm(files.imagePath(uid), { force: true });
}

export const listImages = ({ records }: ApiCore): Record<string, ImageView> =>
  Object.fromEntries(
    records.images.list().map(({ uid, uploadedAt, width, height, filename }) => [
      uid,
      {
        upload_date: imageDate(new Date(uploadedAt)),
        ext: '.png',
        size: [width, height],
        mime: 'image/png',
        filename,
      },
    ]),
  );
