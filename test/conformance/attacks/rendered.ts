/** What an independent program draws of a file: the pixels of all its pages, small and grey. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const RESOLUTION = '36';
const LARGEST = 64 * 1024 * 1024;

/** Poppler's drawing in PGM, for comparison only. Throws where it cannot read the file. */
export async function rendered(path: string): Promise<Buffer> {
  const { stdout } = await promisify(execFile)('pdftoppm', ['-r', RESOLUTION, '-gray', path], {
    encoding: 'buffer',
    maxBuffer: LARGEST,
  });
  return stdout;
}
