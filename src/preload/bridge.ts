import { ipcRenderer } from 'electron';
import { z } from 'zod';
import type { GroupNames } from '../contract/ipc/clerk-names.ts';
import {
  type CallOutcome,
  channelOf,
  type GroupBridge,
  type IpcGroup,
  outcomeSchema,
} from '../contract/ipc/group.ts';

// The page's policy forbids eval; without this zod would probe for it and report a violation.
z.config({ jitless: true });

const garbage: CallOutcome<never> = { ok: false, error: { code: 'OSS_INTERNAL', details: {} } };

/**
 * The functions of one group, closed: a page gets no channel name, no event object and no generic way to
 * call. What comes back is validated before the page sees it.
 */
export function bridgeOf<G extends IpcGroup>(group: G): GroupBridge<G> {
  const names = { name: group.name, calls: Object.keys(group.calls), events: Object.keys(group.events) };
  return lateBridgeOf(names, async () => group);
}

/** The same for a group whose schemas are made at the first need. */
export function lateBridgeOf<G extends IpcGroup>(names: GroupNames, load: () => Promise<G>): GroupBridge<G> {
  const calls = names.calls.map((verb) => [
    verb,
    async (argument?: unknown) => {
      const call = (await load()).calls[verb];
      if (!call) return garbage;
      return parsed(outcomeSchema(call.response), await invoke(channelOf(names, verb), argument)) ?? garbage;
    },
  ]);
  const subscriptions = names.events.map((name) => [
    `on${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    (listener: (value: unknown) => void) =>
      subscribe(channelOf(names, name), async () => (await load()).events[name], listener),
  ]);
  return Object.fromEntries([...calls, ...subscriptions]) as GroupBridge<G>;
}

const invoke = (channel: string, argument: unknown): Promise<unknown> =>
  argument === undefined ? ipcRenderer.invoke(channel) : ipcRenderer.invoke(channel, argument);

/** Undefined for what the schema refuses. */
const parsed = (schema: z.ZodType | undefined, value: unknown): unknown => schema?.safeParse(value).data;

function subscribe(
  channel: string,
  schema: () => Promise<z.ZodType | undefined>,
  listener: (value: unknown) => void,
): () => void {
  const forward = async (_event: unknown, received: unknown) => {
    const value = parsed(await schema(), received);
    if (value !== undefined) listener(value);
  };
  ipcRenderer.on(channel, forward);
  return () => {
    ipcRenderer.removeListener(channel, forward);
  };
}
