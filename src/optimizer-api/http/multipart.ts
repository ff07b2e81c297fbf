import { createHash, randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import Busboy from '@fastify/busboy';
import { writeWhole } from '../../base/durable-file.ts';
import { type OssError, writeFailure } from '../../contract/errors.ts';
import { Refusal } from '../core/refusal.ts';
import type { Form, FormLimits, Upload } from '../core/uploaded-form.ts';
import { boundaryOf } from './boundary.ts';

const HEAD_BYTES = 1024;
const MAX_FIELD_BYTES = 64 * 1024;
const MAX_FIELDS = 100;

/**
 * Reads a multipart form (RFC 7578), each file straight to the disk. Whatever goes wrong, no file stays.
 * @throws Refusal 400, 413; OssError OSS_FILE_WRITE_FAILED
 */
export async function readForm(
  body: Readable,
  contentType: string,
  directory: string,
  limits: FormLimits,
): Promise<Form> {
  const announced = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  const boundary = await boundaryOf(body, announced);
  if (boundary === undefined) throw new Refusal(400, 'Could not parse multipart body: no boundary');
  const files: Promise<Upload>[] = [];
  try {
    const fields = await parse(body, boundary, limits, (key, filename, stream) => {
      const file = receive(key, filename, stream, directory);
      // Whether it failed is looked at when the form is complete.
      file.catch(() => undefined);
      files.push(file);
    });
    return { fields, uploads: await Promise.all(files) };
  } catch (error) {
    await discard(await fulfilled(files));
    throw error;
  }
}

const fulfilled = async (files: readonly Promise<Upload>[]): Promise<Upload[]> =>
  (await Promise.allSettled(files)).flatMap((file) => (file.status === 'fulfilled' ? [file.value] : []));

/** Removes what nobody kept. */
export async function discard(uploads: readonly Upload[]): Promise<void> {
  for (const { path } of uploads) await rm(path, { force: true });
}

function parse(
  body: Readable,
  boundary: string,
  limits: FormLimits,
  onFile: (key: string, filename: string, stream: Readable) => void,
): Promise<Record<string, string>> {
  return new Promise((settle, fail) => {
    const fields: Record<string, string> = Object.create(null);
    const tooMuch = (what: string) => (): void => stop(new Refusal(413, `Too many ${what} in one call`));
    const parser = new Busboy({
      headers: { 'content-type': `multipart/form-data; boundary="${boundary}"` },
      limits: {
        fileSize: limits.fileBytes,
        files: limits.files,
        fieldSize: MAX_FIELD_BYTES,
        fields: MAX_FIELDS,
      },
    });
    const openFiles = new Set<Readable>();
    const stop = (error: OssError): void => {
      body.unpipe(parser);
      body.resume();
      // The parser gets no more: whoever reads a file of it would wait for ever, with the file open.
      for (const stream of openFiles) stream.destroy(error);
      fail(error);
    };
    parser.on('file', (key, stream, filename) => {
      openFiles.add(stream);
      stream.on('close', () => openFiles.delete(stream));
      // A form that is cut off says so here too, perhaps before anybody reads the file.
      stream.on('error', (cause) => stop(new Refusal(400, 'The upload was interrupted', { cause })));
      stream.on('limit', () => stop(new Refusal(413, `File too large: ${key}`)));
      onFile(key, baseName(filename) || key, stream);
    });
    parser.on('field', (key, value) => {
      fields[key] = value;
    });
    parser.on('filesLimit', tooMuch('files'));
    parser.on('fieldsLimit', tooMuch('fields'));
    parser.on('error', (cause) => stop(new Refusal(400, 'Could not parse multipart body', { cause })));
    parser.on('finish', () => settle(fields));
    body.on('error', (cause) => stop(new Refusal(400, 'The upload was interrupted', { cause })));
    body.on('close', () => {
      if (!body.readableEnded) stop(new Refusal(400, 'The upload was interrupted'));
    });
    body.pipe(parser);
  });
}

const MAX_NAME_CHARACTERS = 120;

/** Without folders of either system, without what no file system takes, and without what turns letters round. */
function baseName(filename: string | undefined): string {
  const name = (filename ?? '')
    .replace(/^.*[\\/]/, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out.
    .replace(/[\u0000-\u001f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*]/g, '_');
  // Whole characters: half of one is no text that could be sent back.
  return [...name].slice(-MAX_NAME_CHARACTERS).join('');
}

async function receive(key: string, filename: string, stream: Readable, directory: string): Promise<Upload> {
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
    throw writeFailure(cause);
  } finally {
    await file.close();
  }
}
