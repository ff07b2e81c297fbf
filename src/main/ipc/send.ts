import type { BrowserWindow } from 'electron';
import type { z } from 'zod';
import { channelOf, type IpcGroup } from '../../contract/ipc/group.ts';

/** Tells one window about an event of a group; a window that is gone is told nothing. */
export function sendEvent<G extends IpcGroup, E extends keyof G['events'] & string>(
  window: BrowserWindow,
  group: G,
  event: E,
  value: z.input<G['events'][E]>,
): void {
  if (!window.isDestroyed()) window.webContents.send(channelOf(group, event), value);
}
