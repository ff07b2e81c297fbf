import { join } from 'node:path';
import { BrowserWindow, type WebContentsPrintOptions } from 'electron';
import { OssError } from '../../contract/errors.ts';
import { appHandler } from '../documents/app-handler.ts';
import { DocumentGrants } from '../documents/grants.ts';
import { denyNavigation } from '../security/navigation.ts';
import { pageOf } from '../security/origin.ts';
import { openWindowSession } from '../security/window-session.ts';
import type { Printer, PrintJob } from './port.ts';

/** What Chromium reports when the person closes the dialog. */
const CLOSED_BY_PERSON = /cancel/i;

const PAPER: WebContentsPrintOptions = { printBackground: true, margins: { marginType: 'none' } };

/**
 * Prints through a hidden window of its own: its page draws the one document that was granted to it, with the same
 * program that shows documents on the screen, and goes away with all it held.
 * @param bundles folder of the compiled `renderer`
 */
export function hiddenWindowPrinter(bundles: string): Printer {
  return {
    async print(job) {
      const { window, address } = openPrintWindow(bundles, job);
      try {
        await window.loadURL(address);
        await window.webContents.executeJavaScript('window.printable');
        return await printContents(window);
      } catch (cause) {
        throw cause instanceof OssError ? cause : new OssError('OSS_PRINT_FAILED', {}, { cause });
      } finally {
        if (!window.isDestroyed()) window.destroy();
      }
    },
  };
}

function openPrintWindow(bundles: string, { path, bytes }: PrintJob) {
  const grants = new DocumentGrants();
  const handler = appHandler('printer', join(bundles, 'renderer'), grants);
  const { session, partition } = openWindowSession('printer', handler);
  const window = new BrowserWindow({
    title: 'One-Shot Signature Station',
    show: false,
    webPreferences: {
      partition,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      // Hidden, and yet it has to draw.
      backgroundThrottling: false,
      spellcheck: false,
      devTools: false,
    },
  });
  denyNavigation(window.webContents, 'printer');
  window.once('closed', () => {
    grants.revokeAll();
    void session.clearStorageData();
  });
  return { window, address: `${pageOf('printer')}#${grants.grant({ path, bytes })}:${bytes}` };
}

function printContents({ webContents }: BrowserWindow): Promise<boolean> {
  return new Promise((settle, fail) => {
    webContents.print(PAPER, (success, reason) => {
      if (success) settle(true);
      else if (CLOSED_BY_PERSON.test(reason)) settle(false);
      else fail(new OssError('OSS_PRINT_FAILED', { reason }));
    });
  });
}
