import { createHash, randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { writeWhole } from '../../base/durable-file.ts';
import { writeFailure } from '../../contract/errors.ts';
import type { Upload } from '../core/uploaded-form.ts';

const HEAD_BYTES = 1024;
const MAX_NAME_CHARACTERS = 120;

/** Removes what nobody kept. */
export async function discard(uploads: readonly Upload[]): Promise<void> {
  for (const { path } of uploads) await rm(path, { force: true });
}

/** Without folders of either system, without what no file system takes, and without what turns letters round. */
export function baseName(filename: string | undefined): string {
  const name = (filename ?? '')
    .replace(/^.*[\\/]/, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out.
    .replace(/[\u0000-\u001f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*]/g, '_');
  // Whole characters: half of one is no text that could be sent back.
  return [...name].slice(-MAX_NAME_CHARACTERS).join('');
}

/**
 * Writes a file to the disk as it arrives. Whatever goes wrong, nothing stays.
 * @throws OssError OSS_FILE_WRITE_FAILED, OSS_DISK_FULL; what the stream fails with
 */
export async function receiveFile(
  key: string,
  filename: string,
  stream: Readable,
  directory: string,
): Promise<Upload> {
  const path = join(directory, randomUUID());
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let size = 0;
  let head = Buffer.alloc(0);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES);
      hash.update(chunk);
      await writeWhole(file, chunk, size);
      size += chunk.length;
    }
    await file.datasync();
    return { key, filename, path, size, sha256: hash.digest('hex'), head };
  } catch (cause) {
    await rm(path, { force: true });
    // What the stream failed with is no failure of the disk.
    throw cause === stream.errored ? cause : writeFailure(cause);
  } finally {
    await file.close();
  }
}
