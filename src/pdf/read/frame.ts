/** The two ends of the file: the header `%PDF-1.x` and `startxref … %%EOF` (ISO 32000-2 §7.5.2, §7.5.5). */
import { OssError } from '../../contract/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { latin1 } from '../syntax/characters.ts';

const HEADER_SEARCH = 1024;
const TAIL_SEARCH = [1024, 64 * 1024] as const;

/** The version of the header. @throws OSS_PDF_EMPTY, OSS_PDF_NOT_A_PDF and OSS_PDF_HEADER_JUNK. */
export async function readHeaderVersion(source: ByteSource): Promise<string> {
  if (source.size === 0) throw new OssError('OSS_PDF_EMPTY');
  const head = latin1(await source.read(0, HEADER_SEARCH));
  const at = head.indexOf('%PDF-');
  if (at < 0) throw new OssError('OSS_PDF_NOT_A_PDF');
  // Validators count offsets from the first byte of the file or from the header, and so disagree.
  if (at > 0) throw new OssError('OSS_PDF_HEADER_JUNK', { bytes: at });
  const version = /^%PDF-(\d\.\d)/.exec(head)?.[1];
  if (version === undefined) throw new OssError('OSS_PDF_MALFORMED', { reason: 'no version in the header' });
  return version;
}

/**
 * The offset after the last `startxref`. Foreign bytes after `%%EOF` are tolerated, unless they are the beginning
 * of a further revision: OSS_PDF_TRUNCATED.
 */
export async function readStartXref(source: ByteSource): Promise<number> {
  for (const length of TAIL_SEARCH) {
    const tail = latin1(await source.read(Math.max(0, source.size - length), length));
    const end = lastEnd(tail);
    if (!end) continue;
    if (/\d\s+\d+\s+obj\b/.test(tail.slice(end.index))) break;
    return Number(end[1]);
  }
  throw new OssError('OSS_PDF_TRUNCATED');
}

const END = /startxref\s+(\d{1,15})\s+%%EOF/y;

/** The last complete end of a revision. */
function lastEnd(text: string): RegExpExecArray | undefined {
  for (let at = text.length; at >= 0; at -= 1) {
    at = text.lastIndexOf('startxref', at);
    END.lastIndex = at;
    const end = at < 0 ? null : END.exec(text);
    if (end) return end;
  }
  return undefined;
}
