import { type BrowserWindow, dialog } from 'electron';
import { FILE_KINDS, type FileDialogs } from './port.ts';

/** The dialogs of the operating system, over the window that is there when they open. */
export function systemDialogs(window: () => BrowserWindow): FileDialogs {
  return {
    async chooseFile(kind) {
      const extensions = [...FILE_KINDS[kind]];
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        properties: ['openFile'],
        filters: [{ name: extensions.map((extension) => `.${extension}`).join(', '), extensions }],
      });
      return canceled ? undefined : filePaths[0];
    },
    async chooseTarget(defaultPath) {
      const { canceled, filePath } = await dialog.showSaveDialog(window(), { defaultPath });
      return canceled || filePath === '' ? undefined : filePath;
    },
  };
}
