import type { Readable } from 'node:stream';
import Busboy from '@fastify/busboy';
import { OssError } from '../../contract/errors.ts';
import { interruption, Refusal } from '../core/refusal.ts';
import { FormFields } from '../core/text-body.ts';
import type { Form, FormLimits, Upload } from '../core/uploaded-form.ts';
import { boundaryOf } from './boundary.ts';
import { baseName, discard, receiveFile } from './receive-file.ts';

/** A part of such a type is a file, also where it has no file name. */
const FILE_TYPES = /^(?:application\/(?:pdf|x-pdf|octet-stream)|image\/.*|video\/.*)$/;
/** Names under which files are expected: some clients leave out both name and type of the file. */
const FILE_KEYS = /^(?:(?:file|image|video)\d*|hashfile\w*)$/i;
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
  const { boundary, whole } = await boundaryOf(body, announced);
  if (boundary === undefined) throw new Refusal(400, 'Could not parse multipart body: no boundary');
  const files: Promise<Upload>[] = [];
  try {
    const fields = await parse(whole, boundary, limits, (key, filename, stream) => {
      const file = receiveFile(key, filename, stream, directory);
      // Whether it failed is looked at when the form is complete.
      file.catch(() => undefined);
      files.push(file);
    });
    return { fields, uploads: await Promise.all(files) };
  } catch (error) {
    const outcomes = await Promise.allSettled(files);
    await discard(outcomes.flatMap((file) => (file.status === 'fulfilled' ? [file.value] : [])));
    // What happened on the disk interrupted the upload, and is the reason.
    const reasons = outcomes.flatMap((file) => (file.status === 'rejected' ? [file.reason as unknown] : []));
    throw reasons.find((reason) => reason instanceof OssError && !(reason instanceof Refusal)) ?? error;
  }
}

function parse(
  body: Readable,
  boundary: string,
  limits: FormLimits,
  onFile: (key: string, filename: string, stream: Readable) => void,
): Promise<Record<string, string>> {
  return new Promise((settle, fail) => {
    const fields = new FormFields();
    const tooMuch = (what: string) => (): void =>
      stop(
        limits.files === 0 && what === 'files'
          ? new Refusal(400, 'This call takes no files')
          : new Refusal(413, `Too many ${what} in one call`),
      );
    const parser = new Busboy({
      isPartAFile: (key, type, filename) =>
        filename !== undefined ||
        FILE_TYPES.test(type ?? '') ||
        (limits.files > 0 && FILE_KEYS.test(key ?? '')),
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
      // The parser gets no more: anyone who reads a file of it would wait for ever, with the file open.
      for (const stream of openFiles) stream.destroy(error);
      fail(error);
    };
    parser.on('file', (name: string | undefined, stream, filename, transferEncoding) => {
      const key = name ?? 'file';
      openFiles.add(stream);
      stream.on('close', () => openFiles.delete(stream));
      // A form that is cut off says so here too, perhaps before anybody reads the file.
      stream.on('error', (cause) => stop(new Refusal(400, 'The upload was interrupted', { cause })));
      stream.on('limit', () => stop(new Refusal(413, `File too large: ${key}`)));
      // RFC 7578 §4.7 knows none; its bytes would be signed as they came.
      if (/base64|quoted-printable/.test(transferEncoding)) {
        return stop(
          new Refusal(
            400,
            `The part '${key.slice(0, 64)}' is in ${transferEncoding}: send its bytes as they are`,
          ),
        );
      }
      onFile(key, baseName(filename) || key, stream);
    });
    parser.on('field', (name: string | undefined, value, _isNameCut, isCut) => {
      try {
        if (name === undefined) throw new Refusal(400, 'A part of the form has no name');
        if (isCut) throw new Refusal(413, `Field too large: ${name.slice(0, 64)}`);
        fields.add(name, value);
      } catch (refusal) {
        stop(refusal as Refusal);
      }
    });
    parser.on('filesLimit', tooMuch('files'));
    parser.on('fieldsLimit', tooMuch('fields'));
    parser.on('error', (cause) => stop(new Refusal(400, 'Could not parse multipart body', { cause })));
    parser.on('finish', () => settle(fields.values));
    body.on('error', (cause) => stop(interruption(cause)));
    body.on('close', () => {
      if (!body.readableEnded) stop(new Refusal(400, 'The upload was interrupted'));
    });
    body.pipe(parser);
  });
}
