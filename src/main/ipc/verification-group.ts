import { type BrowserWindow, dialog } from 'electron';
import type { GroupHandlers } from '../../contract/ipc/group.ts';
import type { ClerkGroups } from '../../contract/ipc/index.ts';
import { SIGNED_CONTAINERS } from '../../contract/model/verification.ts';
import type { Desk } from '../desk/desk.ts';
import type { ChooseFolder } from '../dialogs/choose-folder.ts';
import type { Printer } from '../printing/port.ts';
import type { Caller } from '../security/sender-policy.ts';
import type { VerificationDesk } from '../verification/verification-desk.ts';
import { printBytes } from './result-groups.ts';

export interface VerificationParts {
  readonly verification: VerificationDesk;
  readonly desk: Desk;
  readonly printer: Printer;
  readonly chooseFolder: ChooseFolder;
  readonly window: BrowserWindow;
}

export function verificationHandlers({
  verification,
  desk,
  printer,
  chooseFolder,
  window,
}: VerificationParts): GroupHandlers<ClerkGroups['verification'], Caller> {
  return {
    async choose() {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        properties: ['openFile'],
        filters: [
          { name: `PDF, ${SIGNED_CONTAINERS.join(', ')}`, extensions: ['pdf', ...SIGNED_CONTAINERS] },
        ],
      });
      const [path] = filePaths;
      return canceled || path === undefined ? null : verification.open(path);
    },
    addDropped: ({ paths: [path = ''] }) => verification.open(path),
    openResult: async ({ id, index }) => verification.open(await desk.papers.resultPath(id, index)),
    verify: ({ id, password }) => verification.verify(id, password),
    cancel: () => verification.cancel(),
    drawVersions: ({ id, field, page }) => verification.drawVersions(id, field, page),
    async saveReport({ id }) {
      const folder = await chooseFolder();
      return { saved: folder === undefined ? [] : await verification.saveReport(id, folder) };
    },
    async saveInside({ id }) {
      const folder = await chooseFolder();
      return { saved: folder === undefined ? [] : await verification.saveInside(id, folder) };
    },
    printReport: async ({ id }) => ({ printed: await printBytes(printer, await verification.report(id)) }),
  };
}
