import type { IncomingHttpHeaders } from 'node:http';
import { type Readable, Transform, type TransformCallback } from 'node:stream';
import { OssError } from '../../contract/errors.ts';
import { mediaTypeOf } from '../core/file-type.ts';
import { interruption, Refusal } from '../core/refusal.ts';
import type { Form, FormLimits } from '../core/uploaded-form.ts';
import { peekBody } from './boundary.ts';
import { readForm } from './multipart.ts';
import { baseName, receiveFile } from './receive-file.ts';

const HEAD_BYTES = 1024;
const NEEDED = 'A form with multipart/form-data is needed';

/**
 * Reads what is uploaded: a form of parts, or the file alone as the body, whatever type is announced for it.
 * @throws Refusal 400, 413; OssError as `readForm`
 */
export async function readUpload(
  body: Readable,
  headers: IncomingHttpHeaders,
  directory: string,
  limits: FormLimits,
): Promise<Form> {
  const type = headers['content-type'] ?? '';
  const { head, whole } = await peekBody(body, HEAD_BYTES);
  const isFile = mediaTypeOf(head) !== 'application/octet-stream';
  if (
    head.subarray(0, 2).toString('latin1') === '--' ||
    (/^multipart\//i.test(type) && !isAlone(head, isFile))
  ) {
    return readForm(whole, type, directory, limits);
  }
  if (!isFile) throw new Refusal(400, isJson(head) ? `${NEEDED}: the body is JSON` : NEEDED);
  const name = baseName(nameIn(headers['content-disposition'])) || 'document';
  const stream = limited(whole, limits.fileBytes);
  const upload = await receiveFile('file', name, stream, directory).catch((cause: unknown) => {
    throw cause instanceof OssError ? cause : interruption(cause);
  });
  return { fields: {}, uploads: [upload] };
}

/** The file itself under the name of a form: a preamble of parts does not begin like a file. */
const isAlone = (head: Buffer, isFile: boolean): boolean =>
  isFile && /^(?:%PDF-|\x89PNG)/.test(head.toString('latin1'));

const isJson = (head: Buffer): boolean => /^(?:\xef\xbb\xbf)?\s*[{[]/.test(head.toString('latin1'));

/** RFC 6266 §4.3: the extended name counts where there are both. */
function nameIn(disposition: string | undefined): string | undefined {
  const extended = /filename\*\s*=\s*UTF-8'[^']*'([^;\s]+)/i.exec(disposition ?? '')?.[1];
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended);
    } catch {
      // The plain one is left.
    }
  }
  return /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i
    .exec(disposition ?? '')
    ?.slice(1)
    .find((name) => name !== undefined);
}

function limited(body: Readable, most: number): Readable {
  let bytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      bytes += chunk.length;
      if (bytes > most) done(new Refusal(413, 'File too large: file'));
      else done(null, chunk);
    },
  });
  const gone = (cause?: Error): void => {
    if (!body.readableEnded) counter.destroy(cause ?? interruption());
  };
  body.on('error', gone).on('close', () => gone());
  counter.on('close', () => body.unpipe(counter));
  return body.pipe(counter);
}
