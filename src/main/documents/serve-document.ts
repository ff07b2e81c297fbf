import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { SECURITY_HEADERS } from '../security/content-security-policy.ts';
import { parseByteRange } from './byte-range.ts';
import type { GrantedFile } from './grants.ts';

const answer = (status: number, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(null, { status, headers: { ...SECURITY_HEADERS, ...headers } });

/** Streams a granted document, whole (200) or one range of it (206). 410 when it changed on the disk. */
export async function serveDocument(granted: GrantedFile, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, { allow: 'GET, HEAD' });
  const range = parseByteRange(request.headers.get('range'), granted.bytes);
  if (range === 'unsatisfiable') return answer(416, { 'content-range': `bytes */${granted.bytes}` });
  const file = await open(granted.path, 'r').catch(() => undefined);
  if (!file) return answer(404);
  if (granted.changedAt !== undefined && (await file.stat()).mtimeMs !== granted.changedAt) {
    await file.close();
    return answer(410);
  }
  const { start, end } = range ?? { start: 0, end: granted.bytes - 1 };
  const headers = {
    ...SECURITY_HEADERS,
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    'content-length': String(end - start + 1),
    'content-type': 'application/pdf',
    ...(range && { 'content-range': `bytes ${start}-${end}/${granted.bytes}` }),
  };
  const body = request.method === 'HEAD' ? await closed(file) : streamOf(file, start, end);
  return new Response(body, { status: range ? 206 : 200, headers });
}

async function closed(file: FileHandle): Promise<null> {
  await file.close();
  return null;
}

/** The stream closes the file when it ends or when the window gives up. */
function streamOf(file: FileHandle, start: number, end: number): ReadableStream {
  return Readable.toWeb(file.createReadStream({ start, end })) as ReadableStream;
}
