/** Takes out of a container what was signed: a message cannot be opened with anything else on most computers. */
import { basename, extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { OssError } from '../../contract/errors.ts';
import { isPlainFileName } from '../../contract/model/file-name.ts';
import { PkiError, parseCertificate, parseSignedMessage } from '../../pki/index.ts';
import { writeBlocks } from '../vault/new-file.ts';
import { containerKindOf, HEAD, kindOfHead } from './container-kind.ts';
import { isSignedFile } from './judge-asic.ts';
import { DEEPEST, innerName } from './judge-message.ts';
import { messageIn, readMessageFile } from './read-message.ts';
import { UnusableZip, ZipFiles } from './zip-files.ts';

export interface UnpackInput {
  readonly path: string;
  /** Where the files are written, each under a name that is free. */
  readonly folder: string;
}

/**
 * @returns the paths of what was written; none where the container holds nothing
 * @throws OssError OSS_FILE_*, OSS_PDF_LIMIT; OSS_REQUEST_INVALID for a container that cannot be read
 */
export async function unpackContainer({ path, folder }: UnpackInput): Promise<string[]> {
  const kind = await containerKindOf(path, path);
  try {
    if (kind === 'cms') return await unpackMessage(path, folder);
    return kind === 'zip' ? await unpackZip(path, folder) : [];
  } catch (error) {
    if (!(error instanceof PkiError || error instanceof UnusableZip)) throw error;
    throw new OssError(
      'OSS_REQUEST_INVALID',
      { file: basename(path), reason: error.message },
      { cause: error },
    );
  }
}

async function unpackMessage(path: string, folder: string): Promise<string[]> {
  let name = basename(path);
  let content: Uint8Array | undefined = await readMessageFile(path);
  for (let depth = 1; depth <= DEEPEST && content; depth += 1) {
    content = parseSignedMessage(content, parseCertificate).content;
    name = innerName(name);
    if (!content || kindOfHead(Buffer.from(content.subarray(0, HEAD))) !== 'cms') break;
    content = messageIn(Buffer.from(content));
  }
  const found = content;
  return found ? [await write(folder, name, () => Readable.from([found]), 1)] : [];
}

async function unpackZip(path: string, folder: string): Promise<string[]> {
  const zip = await ZipFiles.open(path);
  try {
    const written: string[] = [];
    for (const { name } of zip.files.filter(isSignedFile))
      written.push(await write(folder, basename(name), () => zip.blocks(name), written.length + 1));
    return written;
  } finally {
    zip.close();
  }
}

/** A name that leads elsewhere, or that no system takes, is not used. */
function write(
  folder: string,
  given: string,
  blocks: () => AsyncIterable<Uint8Array>,
  number: number,
): Promise<string> {
  const name = isPlainFileName(given) ? given : `file-${number}`;
  const extension = extname(name);
  return writeBlocks(join(folder, basename(name, extension)), extension, blocks);
}
