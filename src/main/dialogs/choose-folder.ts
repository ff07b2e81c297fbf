import { type BrowserWindow, dialog } from 'electron';

/** Asks the person for a folder; undefined where they closed the dialog. */
export type ChooseFolder = () => Promise<string | undefined>;

/** The system's folder dialog above one window. */
export const folderDialogOf =
  (window: BrowserWindow): ChooseFolder =>
  async () => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      properties: ['openDirectory', 'createDirectory'],
    });
    return canceled ? undefined : filePaths[0];
  };
