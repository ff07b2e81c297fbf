import { ipcRenderer } from 'electron';
import { z } from 'zod';
import {
  channelOf,
  type GroupBridge,
  type IpcGroup,
  type Outcome,
  outcomeSchema,
} from '../contract/ipc/group.ts';

// The page's policy forbids eval; without this zod would probe for it and report a violation.
z.config({ jitless: true });

const nonsense: Outcome<never> = { ok: false, error: { code: 'OSS_INTERNAL', details: {} } };

/**
 * The functions of one group, closed: a page gets no channel name, no event object and no generic way to
 * call. What comes back is validated before the page sees it.
 */
export function bridgeOf<G extends IpcGroup>(group: G): GroupBridge<G> {
  const calls = Object.entries(group.calls).map(([verb, call]) => {
    const answer = outcomeSchema(call.answer);
    return [verb, async (argument?: unknown) => parsed(answer, await invoke(group, verb, argument))];
  });
  const subscriptions = Object.entries(group.events).map(([name, schema]) => [
    `on${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    (listener: (value: unknown) => void) => subscribe(channelOf(group, name), schema, listener),
  ]);
  return Object.fromEntries([...calls, ...subscriptions]) as GroupBridge<G>;
}

const invoke = (group: IpcGroup, verb: string, argument: unknown): Promise<unknown> =>
  argument === undefined
    ? ipcRenderer.invoke(channelOf(group, verb))
    : ipcRenderer.invoke(channelOf(group, verb), argument);

function parsed(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  return result.success ? result.data : nonsense;
}

function subscribe(channel: string, schema: z.ZodType, listener: (value: unknown) => void): () => void {
  const forward = (_event: unknown, value: unknown) => {
    const result = schema.safeParse(value);
    if (result.success) listener(result.data);
  };
  ipcRenderer.on(channel, forward);
  return () => {
    ipcRenderer.removeListener(channel, forward);
  };
}
