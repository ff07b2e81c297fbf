import { clipboard, type Display } from 'electron';
import { openWindow, type StationWindow, type WindowHost } from './window.ts';

export interface SignerWindow extends StationWindow {
  /** True: the signer looks at the clerk's own display, and only the clerk's PIN leads back. */
  readonly sharedScreen: boolean;
  readonly displayId: number;
  /** Told once when the process behind the window has ended, or answers no more. */
  onCrash(listener: () => void): void;
  /** Destroys the window; its session, storage and grants go with it. */
  release(): void;
}

/**
 * The signer's window: full screen on their own display, or covering the clerk's display when it is the
 * only one. It cannot be closed by its own controls; `release` is the only way out.
 */
export function openSignerWindow(host: WindowHost, display: Display, sharedScreen: boolean): SignerWindow {
  const { x, y, width, height } = display.bounds;
  const opened = openWindow(host, 'signer', {
    title: 'One-Shot Signature',
    x,
    y,
    width,
    height,
    frame: false,
    closable: false,
    minimizable: false,
    fullscreen: true,
    kiosk: sharedScreen,
    skipTaskbar: true,
    backgroundColor: '#f6f7f9',
  });
  const { window } = opened;
  let onCrash: (() => void) | undefined;
  window.on('close', (event) => event.preventDefault());
  window.setContentProtection(host.packaged);
  if (sharedScreen) window.setAlwaysOnTop(true, 'screen-saver');
  return {
    ...opened,
    sharedScreen,
    displayId: display.id,
    onCrash(listener) {
      onCrash = listener;
      const once = () => {
        const told = onCrash;
        onCrash = undefined;
        told?.();
      };
      window.webContents.once('render-process-gone', once);
      window.once('unresponsive', once);
    },
    release() {
      // What is told knows the signer; the window may be held longer than they are served.
      onCrash = undefined;
      clipboard.clear();
      if (!window.isDestroyed()) window.destroy();
    },
  };
}
