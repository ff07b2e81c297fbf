import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { SECURITY_HEADERS } from '../security/content-security-policy.ts';
import { parseByteRange } from './byte-range.ts';
import type { GrantedContent, GrantedFile } from './grants.ts';

/** Percent-encoded; see `open-document.ts` of the viewer. */
const PASSWORD_HEADER = 'document-password';

const respond = (status: number, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(null, { status, headers: { ...SECURITY_HEADERS, ...headers } });

/** Streams a granted document, whole (200) or one range of it (206). 410 when it changed on the disk. */
export async function serveDocument(
  granted: GrantedFile | GrantedContent,
  request: Request,
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return respond(405, { allow: 'GET, HEAD' });
  return 'content' in granted ? serveContent(granted, request) : serveFile(granted, request);
}

/** Small and made for one look: always whole. */
function serveContent({ content }: GrantedContent, request: Request): Response {
  const headers = {
    ...SECURITY_HEADERS,
    'cache-control': 'no-store',
    'content-length': String(content.length),
    'content-type': 'application/pdf',
  };
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(content), { headers });
}

async function serveFile(granted: GrantedFile, request: Request): Promise<Response> {
  const range = parseByteRange(request.headers.get('range'), granted.bytes);
  if (range === 'unsatisfiable') return respond(416, { 'content-range': `bytes */${granted.bytes}` });
  const file = await open(granted.path, 'r').catch(() => undefined);
  if (!file) return respond(404);
  if (granted.changedAt !== undefined && (await file.stat()).mtimeMs !== granted.changedAt) {
    await file.close();
    return respond(410);
  }
  const { start, end } = range ?? { start: 0, end: granted.bytes - 1 };
  const headers = {
    ...SECURITY_HEADERS,
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    'content-length': String(end - start + 1),
    'content-type': 'application/pdf',
    ...(request.method === 'HEAD' && passwordHeader(granted)),
    ...(range && { 'content-range': `bytes ${start}-${end}/${granted.bytes}` }),
  };
  const body = request.method === 'HEAD' ? await closed(file) : streamOf(file, start, end);
  return new Response(body, { status: range ? 206 : 200, headers });
}

/** Only to who asks without the content, which is what a viewer does once it has met a protected document. */
const passwordHeader = ({ password }: GrantedFile): Readonly<Record<string, string>> =>
  password === undefined ? {} : { [PASSWORD_HEADER]: encodeURIComponent(password) };

async function closed(file: FileHandle): Promise<null> {
  await file.close();
  return null;
}

/** The stream closes the file when it ends or when the window gives up. */
function streamOf(file: FileHandle, start: number, end: number): ReadableStream {
  return Readable.toWeb(file.createReadStream({ start, end })) as ReadableStream;
}
