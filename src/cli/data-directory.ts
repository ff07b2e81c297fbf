import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { folderFailure } from '../optimizer/index.ts';
import { hasApiData } from '../optimizer-api/index.ts';

/** What one Optimizer owns: vault, journals and evidence. */
export interface DataRoot {
  readonly kind: 'station' | 'optimizer';
  readonly directory: string;
  /** What `--data` names: where the embedded service lies too. */
  readonly home: string;
}

/**
 * Of a station and of the REST API, below the directory that `--data` names, or that directory itself.
 * @throws OssError OSS_FOLDER_UNUSABLE where there is none, so that a mistyped path is not taken for an empty one
 */
export async function dataRootsIn(data: string): Promise<DataRoot[]> {
  const directory = resolve(data);
  if (await holdsRecords(directory)) {
    const kind = (await hasApiData(directory)) ? 'optimizer' : 'station';
    return [{ kind, directory, home: dirname(directory) }];
  }
  const roots: DataRoot[] = [];
  for (const kind of ['station', 'optimizer'] as const) {
    if (await isFolder(join(directory, kind)))
      roots.push({ kind, directory: join(directory, kind), home: directory });
  }
  if (roots.length === 0)
    throw folderFailure(directory, new Error('neither a station nor an Optimizer has its data there'));
  return roots;
}

const holdsRecords = async (directory: string): Promise<boolean> =>
  (await isFolder(join(directory, 'transactions'))) || (await isFolder(join(directory, 'evidence')));

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
