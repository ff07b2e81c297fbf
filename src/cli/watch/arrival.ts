import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { assertRegular, openRegularFile } from '../../optimizer/index.ts';

/** What is known of a file in the folder without keeping it open. */
export interface Arrived {
  readonly status: BigIntStats;
  /** A PDF that shows that a part of it is still missing. */
  readonly isPartial: boolean;
}

const HEAD_BYTES = 1024;
const TAIL_BYTES = 1024;

/** @throws OssError OSS_FILE_NOT_FOUND: missing, a link, a pipe, a device, a folder */
export async function lookAtFile(path: string): Promise<Arrived> {
  const file = await openRegularFile(path);
  try {
    const status = await file.stat({ bigint: true });
    assertRegular(status);
    const isPartial = /\.pdf$/i.test(path) && (await isPartialPdf(file, Number(status.size)));
    return { status, isPartial };
  } finally {
    await file.close();
  }
}

/** @param maxBytes more are not read @throws OssError as `lookAtFile`, RangeError */
export async function readRegularFile(path: string, maxBytes: number): Promise<Uint8Array> {
  const file = await openRegularFile(path);
  try {
    const status = await file.stat();
    assertRegular(status);
    if (status.size > maxBytes) throw new RangeError(`larger than ${maxBytes} bytes`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/**
 * A file without `%%EOF` at its end (ISO 32000-2 §7.5.5) has not arrived, nor has a linearized one that is shorter than
 * it says (annex F.3.1 /L): its first part alone looks like a document.
 */
async function isPartialPdf(file: FileHandle, size: number): Promise<boolean> {
  const tail = await part(file, Math.max(0, size - TAIL_BYTES), TAIL_BYTES);
  if (!tail.includes('%%EOF')) return true;
  const head = await part(file, 0, HEAD_BYTES);
  const linearized = /\/Linearized\b/.test(head) ? /\/L\s+(\d+)/.exec(head)?.[1] : undefined;
  return linearized !== undefined && size < Number(linearized);
}

async function part(file: FileHandle, position: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.toString('latin1', 0, bytesRead);
}
