/** Lists as files in one folder: what they seem to be, before anything in them is verified. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The Union has 31 lists, and a handful of pivots. */
const MOST_FILES = 300;
const LARGEST = 16 * 1024 * 1024;

/** What a file says of itself, unverified. */
export interface ListFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly isListOfLists: boolean;
  readonly territory: string;
  readonly sequenceNumber: number;
}

/** The lists in a folder, the newest of each kind first. Other files in it are left alone. */
export async function readListFiles(folder: string): Promise<ListFile[]> {
  const files: ListFile[] = [];
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    const facts = await stat(path);
    if (!facts.isFile() || facts.size > LARGEST) continue;
    const bytes = await readFile(path);
    const glance = glanceAt(bytes.toString('utf8'));
    if (glance) files.push({ name, bytes, ...glance });
  }
  return files.sort((a, b) => b.sequenceNumber - a.sequenceNumber);
}

const namesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder))
    .filter((name) => name.toLowerCase().endsWith('.xml'))
    .sort()
    .slice(0, MOST_FILES);

/** A state of the folder: another one means that its files were replaced. */
export async function stateOfFolder(folder: string): Promise<string> {
  const facts = await Promise.all(
    (await namesIn(folder)).map(async (name) => {
      const { mtimeMs, size } = await stat(join(folder, name));
      return `${name} ${mtimeMs} ${size}`;
    }),
  );
  return facts.join('\n');
}

function glanceAt(text: string): Omit<ListFile, 'name' | 'bytes'> | undefined {
  const textIn = (name: string): string | undefined =>
    new RegExp(`<(?:[\\w.-]+:)?${name}[^<>]*>\\s*([^<\\s]+)`, 'u').exec(text)?.[1];
  const type = textIn('TSLType');
  if (type === undefined) return undefined;
  return {
    isListOfLists: type.endsWith('/EUlistofthelists'),
    territory: textIn('SchemeTerritory') ?? '',
    sequenceNumber: Number(textIn('TSLSequenceNumber')) || 0,
  };
}
