import type { Display } from 'electron';
import { numberedDisplays } from './displays.ts';
import { openWindow, type StationWindow, type WindowHost } from './window.ts';

/** How long a display shows its number. */
const IDENTIFIED_MS = 4000;

/** Over the whole display, without controls: it shows, and takes no input. */
function openDisplayWindow(host: WindowHost, { bounds }: Display, fragment = ''): StationWindow {
  return openWindow(
    host,
    'display',
    {
      title: 'One-Shot Signature',
      ...bounds,
      frame: false,
      closable: false,
      minimizable: false,
      fullscreen: true,
      focusable: false,
      skipTaskbar: true,
      backgroundColor: '#f6f7f9',
    },
    fragment,
  );
}

/** The signer's display between customers: it shows whose desk it is, and nothing of the last one. */
export class WaitingDisplay {
  readonly #host: WindowHost;
  #window: StationWindow | undefined;
  #displayId: number | undefined;

  constructor(host: WindowHost) {
    this.#host = host;
  }

  get displayId(): number | undefined {
    return this.#displayId;
  }

  show(display: Display): void {
    this.hide();
    this.#window = openDisplayWindow(this.#host, display);
    this.#displayId = display.id;
  }

  hide(): void {
    if (this.#window && !this.#window.window.isDestroyed()) this.#window.window.destroy();
    this.#window = undefined;
    this.#displayId = undefined;
  }

  /** Every display shows its number for a moment. */
  identify(): void {
    for (const { display, number } of numberedDisplays()) {
      const { window } = openDisplayWindow(this.#host, display, `#${number}`);
      // Counted from when it is to be seen, which on a busy computer is later.
      window.once('ready-to-show', () => {
        const end = setTimeout(() => {
          if (!window.isDestroyed()) window.destroy();
        }, IDENTIFIED_MS);
        end.unref();
      });
    }
  }
}
