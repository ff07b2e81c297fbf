import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test';
import { host } from './host.ts';
import { endChromium, runningChromium } from './running-chromium.ts';

const root = resolve(import.meta.dirname, '../..');
export const corpus = (name: string): string => join(root, 'test/corpus', name);

export interface Station {
  readonly app: ElectronApplication;
  readonly clerk: Page;
  /** Folder into which signed documents go. */
  readonly delivered: string;
  readonly userData: string;
}

export interface LaunchOptions {
  readonly displays?: number;
  readonly userData?: string;
  /** Goes on with the settings that an earlier start left. */
  readonly keepSettings?: boolean;
  /** In place of what is compiled here: the program out of a package. */
  readonly program?: string;
  /** File of the policy of this computer. */
  readonly policy?: string;
  /** What a person, or the system, puts behind the name of the program. */
  readonly given?: readonly string[];
}

/** Starts the compiled station with a profile of its own. */
export async function launchStation(options: LaunchOptions = {}): Promise<Station> {
  const { displays = 2, userData, keepSettings = false, program = root, given = [], policy } = options;
  const folder = userData ?? (await mkdtemp(join(tmpdir(), 'station-')));
  const delivered = join(folder, 'delivered');
  await mkdir(delivered, { recursive: true });
  const settings = {
    language: 'en',
    theme: 'light',
    organisation: 'Banco de Prueba',
    deliveryFolder: delivered,
  };
  if (!keepSettings) await writeFile(join(folder, 'settings.json'), JSON.stringify(settings));
  const app = await _electron.launch({
    timeout: 60_000,
    args: [program, `--user-data-dir=${folder}`, ...given],
    env: {
      ...(process.env as Record<string, string>),
      STANDIN_HEADLESS: '1',
      STANDIN_DISPLAYS: String(displays),
      ...(host === 'stand-in' && { STANDIN_BROWSER: await runningChromium() }),
      // Never the one of the computer on which the tests run.
      ONESHOT_STATION_POLICY: policy ?? join(folder, 'no-policy.json'),
    },
  });
  const clerk = await windowLike(app, CLERK);
  await expect(clerk.locator('#root > *')).toBeVisible({ timeout: 60_000 });
  await clerk.setViewportSize({ width: 1440, height: 900 });
  return { app, clerk, delivered, userData: folder };
}

/** Ends the station as a power cut does, and waits until it is gone. */
export async function killStation({ app }: Station): Promise<void> {
  const gone = app.waitForEvent('close', { timeout: 30_000 });
  app.process().kill('SIGKILL');
  await gone;
}

/** Answers the system's file dialog, as a person would who chooses these files. */
export async function choose(app: ElectronApplication, clerk: Page, files: readonly string[]): Promise<void> {
  await app.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
    },
    [...files],
  );
  await clerk.getByRole('button', { name: /Choose files|Choose a file|Add more/ }).click();
}

const CLERK = /clerk\.html|clerk\.app/;
const SIGNER = /signer\.html|signer\.app/;

/** The windows of a signer: the display that waits for the next one does not count. */
export const signerWindows = (app: ElectronApplication): Page[] =>
  app.windows().filter((page) => SIGNER.test(page.url()));

/** @returns the window that an act opens, told from others, as the waiting display, that appear meanwhile */
async function openedBy(app: ElectronApplication, kind: RegExp, act: () => Promise<void>): Promise<Page> {
  const before = new Set(app.windows());
  await act();
  return windowLike(app, kind, before);
}

async function windowLike(
  app: ElectronApplication,
  kind: RegExp,
  before: ReadonlySet<Page> = new Set(),
): Promise<Page> {
  const opened = () => app.windows().find((page) => !before.has(page) && kind.test(page.url()));
  const message = `a window like ${kind.source}`;
  await expect.poll(() => opened()?.url() ?? '', { message, timeout: 60_000 }).toMatch(kind);
  const page = opened();
  if (!page) throw new Error('the window was closed at once');
  return page;
}

export const signerWindowOpenedBy = (app: ElectronApplication, act: () => Promise<void>): Promise<Page> =>
  openedBy(app, SIGNER, act);

export const adminWindowOpenedBy = (app: ElectronApplication, act: () => Promise<void>): Promise<Page> =>
  openedBy(app, /admin\.html|admin\.app/, act);

export const test = base.extend<{ station: Station; launch: LaunchOptions }, { browserOfWorker: undefined }>({
  browserOfWorker: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it that no other fixture is needed
    async ({}, use) => {
      await use(undefined);
      await endChromium();
    },
    { scope: 'worker', auto: true },
  ],
  launch: [{}, { option: true }],
  station: async ({ launch }, use) => {
    const station = await launchStation(launch);
    await use(station);
    await station.app.close();
  },
});

export { expect };
