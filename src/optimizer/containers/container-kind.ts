/** What a file is by its first bytes, where it is no PDF. */
import { extname } from 'node:path';
import { openFileSource } from '../../pdf/index.ts';

export type ContainerKind = 'cms' | 'encrypted' | 'zip' | 'xml';

/** So many first bytes tell it. */
export const HEAD = 4096;
/** Lengths of the longest form stand before the identifier. */
const IDENTIFIER_WITHIN = 32;

/** DER of the content types of a ContentInfo (RFC 5652 §5.1, §6.1, §9.1; RFC 5083). */
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');
const ENCRYPTED: readonly Buffer[] = [
  Buffer.from('06092a864886f70d010703', 'hex'),
  Buffer.from('06092a864886f70d010706', 'hex'),
  Buffer.from('060b2a864886f70d0109100117', 'hex'),
];
const ZIP = Buffer.from('504b0304', 'hex');
/** An empty ZIP has nothing but its end. */
const EMPTY_ZIP = Buffer.from('504b0506', 'hex');

/** RFC 7468 §8, §9, and what older programs write. */
const ARMOUR = /^\uFEFF?\s*-----BEGIN (?:CMS|PKCS7|PKCS #7 SIGNED DATA)-----/u;
/** Base64 of a SEQUENCE of some length, alone in its file. */
const BASE64 = /^\s*MI[A-P][A-Za-z0-9+/=\s]+$/u;

/**
 * Undefined where it has to be a PDF, or nothing that anybody signs. What is called `.pdf` is opened by viewers as PDF,
 * whatever stands before its header, and is judged as what they show.
 * @throws OssError OSS_FILE_NOT_FOUND
 */
export async function containerKindOf(path: string, name: string): Promise<ContainerKind | undefined> {
  if (extname(name).toLowerCase() === '.pdf') return undefined;
  const source = await openFileSource(path);
  try {
    return kindOfHead(Buffer.from(await source.read(0, HEAD)));
  } finally {
    await source.close();
  }
}

export function kindOfHead(head: Buffer): ContainerKind | undefined {
  if (head.subarray(0, 4).equals(ZIP) || head.subarray(0, 4).equals(EMPTY_ZIP)) return 'zip';
  if (head[0] === 0x30) return kindOfContentInfo(head.subarray(0, IDENTIFIER_WITHIN));
  const text = head.toString('latin1');
  if (ARMOUR.test(head.toString('utf8'))) return 'cms';
  if (BASE64.test(text)) return kindOfContentInfo(Buffer.from(text.slice(0, 64), 'base64'));
  return /^\s*</u.test(head.toString('utf8').replace(/^\uFEFF/u, '')) ? 'xml' : undefined;
}

function kindOfContentInfo(head: Buffer): ContainerKind | undefined {
  if (head.includes(SIGNED_DATA)) return 'cms';
  return ENCRYPTED.some((identifier) => head.includes(identifier)) ? 'encrypted' : undefined;
}
