/** What the operating system says of itself, asked without Electron. */
import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { arch, release, type } from 'node:os';
import { promisify } from 'node:util';

const TIMEOUT_MS = 5_000;

export const systemName = (): string => `${type()} ${release()} ${arch()}`;

/** Bytes that an account without privileges may write at a path that exists. @throws the system's error */
export async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

/** Whether there is a display to open a window on; only Linux runs without one as a matter of course. */
export const osDisplays = async (environment: NodeJS.ProcessEnv = process.env): Promise<number> =>
  process.platform !== 'linux' || environment.DISPLAY || environment.WAYLAND_DISPLAY ? 1 : 0;

/** Printers that the print system offers; none where there is no print system. */
export async function osPrinters(): Promise<number> {
  const [program, args] =
    process.platform === 'win32'
      ? (['powershell.exe', ['-NoProfile', '-Command', '(Get-Printer).Name']] as const)
      : (['lpstat', ['-e']] as const);
  try {
    const { stdout } = await promisify(execFile)(program, args, { timeout: TIMEOUT_MS });
    return stdout.split('\n').filter((name) => name.trim() !== '').length;
  } catch {
    return 0; // No print system, or none that answers: nothing can be printed either way.
  }
}
