import type { IpcMain } from 'electron';
import { OssError, toOssError } from '../../contract/errors.ts';
import {
  type CallOutcome,
  channelOf,
  type GroupHandlers,
  type IpcCall,
  type IpcGroup,
} from '../../contract/ipc/group.ts';
import type { Caller, KnownCallers } from '../security/sender-policy.ts';

/** Where calls of windows arrive: Electron's ipcMain. */
export type CallReceiver = Pick<IpcMain, 'handle'>;

type Handler = (argument: unknown, caller: Caller) => unknown;

/**
 * The only way to make a call reachable from a window: the sender is judged, then the argument is
 * validated (unknown keys and further arguments refused), then the handler runs.
 */
export function registerGroup<G extends IpcGroup>(
  receiver: CallReceiver,
  group: G,
  handlers: GroupHandlers<G, Caller>,
  callers: KnownCallers,
  report: (error: OssError) => void,
): void {
  for (const [verb, call] of Object.entries(group.calls)) {
    const handler = handlers[verb as keyof typeof handlers] as Handler;
    receiver.handle(channelOf(group, verb), async (event, ...received): Promise<CallOutcome<unknown>> => {
      try {
        const caller = callers.judge(event, group.roles);
        return { ok: true, value: await handler(argumentOf(call, received), caller) };
      } catch (thrown) {
        const error = toOssError(thrown);
        report(error);
        return { ok: false, error: { code: error.code, details: copyOf(error) } };
      }
    });
  }
}

function argumentOf(call: IpcCall, received: readonly unknown[]): unknown {
  if (received.length > 1) throw new OssError('OSS_REQUEST_INVALID', { reason: 'one argument at most' });
  const parsed = call.argument.safeParse(received[0]);
  if (parsed.success) return parsed.data;
  // The names of the fields only: the values may be personal data.
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || issue.code);
  throw new OssError('OSS_REQUEST_INVALID', { fields }, { cause: parsed.error });
}

const copyOf = (error: OssError) =>
  Object.fromEntries(
    Object.entries(error.details).map(([key, value]) => [key, Array.isArray(value) ? [...value] : value]),
  ) as Record<string, string | number | boolean | string[]>;
