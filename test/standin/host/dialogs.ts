import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type {
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron';
import type { FileWish } from '../chromium/picked-files.ts';
import { onlyProvided } from './provided.ts';

/** A window of the stand-in, as far as its dialogs need it. */
interface DialogWindow {
  chooseFiles(wish: FileWish): Promise<string[] | undefined>;
  askForPath(question: string, suggested: string): Promise<string | undefined>;
}

const CLOSED: OpenDialogReturnValue = { canceled: true, filePaths: [] };
const DOCUMENTS = join(homedir(), 'Documents');

/** The browser's own dialog for files; a folder, for which it has none, is typed. A test may replace the functions. */
export const dialog = onlyProvided('dialog', {
  async showOpenDialog(
    window: DialogWindow,
    { properties = [], filters = [] }: OpenDialogOptions,
  ): Promise<OpenDialogReturnValue> {
    if (properties.includes('openDirectory')) {
      const folder = await window.askForPath('Folder:', DOCUMENTS);
      if (folder === undefined) return CLOSED;
      mkdirSync(folder, { recursive: true });
      return { canceled: false, filePaths: [folder] };
    }
    const accept = filters
      .flatMap(({ extensions }) => extensions.map((extension) => `.${extension}`))
      .join(',');
    const paths = await window.chooseFiles({ accept, multiple: properties.includes('multiSelections') });
    return paths ? { canceled: false, filePaths: paths } : CLOSED;
  },
  async showSaveDialog(
    window: DialogWindow,
    { defaultPath = '' }: SaveDialogOptions,
  ): Promise<SaveDialogReturnValue> {
    const filePath = await window.askForPath('File:', join(DOCUMENTS, defaultPath));
    return { canceled: filePath === undefined, filePath: filePath ?? '' };
  },
  showErrorBox: (title: string, content: string) => void process.stderr.write(`${title}: ${content}\n`),
});
