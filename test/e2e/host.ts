import { resolve } from 'node:path';

/** Which host runs the windows: printed, so that a pass on the stand-in is never read as a pass on Electron. */
export const host = process.env.STATION_HOST === 'electron' ? 'electron' : 'stand-in';

export default function chooseHost(): void {
  if (host === 'stand-in') {
    process.env.ELECTRON_OVERRIDE_DIST_PATH = resolve(import.meta.dirname, '../standin/binary');
  }
  const what =
    host === 'electron' ? 'the genuine Electron binary' : 'the stand-in over Chromium (not Electron)';
  console.log(`host: ${what}`);
}
