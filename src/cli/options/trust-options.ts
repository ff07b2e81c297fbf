import { readFile } from 'node:fs/promises';
import { OssError } from '../../contract/errors.ts';
import { type Certificate, certificatesFromPem } from '../../pki/index.ts';

/** The roots in a PEM file. @throws OssError OSS_FILE_NOT_FOUND, OSS_ANCHOR_NEEDED where it holds none */
export async function readAnchors(path: string): Promise<Certificate[]> {
  const pem = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new OssError('OSS_FILE_NOT_FOUND', { file: path }, { cause });
  });
  const anchors = certificatesFromPem(pem);
  if (anchors.length === 0) throw new OssError('OSS_ANCHOR_NEEDED', { file: path });
  return anchors;
}

/** An option that may be given several times. */
export const collect = (value: string, earlier: string[] = []): string[] => [...earlier, value];
