import { z } from 'zod';
import { type ErrorCode, isErrorCode } from '../errors.ts';

/**
 * How a window and the main process talk: groups of calls and events, each with its schemas. Main
 * validates every argument, the preload everything that comes back; both compile against the same group.
 */
// The printer's window is hidden, has no bridge and calls nothing; `display` shows the brand or a number, and takes no input.
export const WINDOW_ROLES = Object.freeze(['clerk', 'signer', 'admin', 'display', 'printer'] as const);
export type WindowRole = (typeof WINDOW_ROLES)[number];

export interface IpcCall {
  readonly argument: z.ZodType;
  readonly response: z.ZodType;
}

export interface IpcGroup {
  readonly name: string;
  /** Which kind of window may use the group; every other sender is refused. */
  readonly roles: readonly WindowRole[];
  readonly calls: Readonly<Record<string, IpcCall>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}

/** For calls that take nothing or answer nothing. */
export const nothing = z.undefined();

export const defineGroup = <const G extends IpcGroup>(group: G): G => Object.freeze(group);

/** `group:verb`, the name on the wire. */
export const channelOf = (group: Pick<IpcGroup, 'name'>, verb: string): string => `${group.name}:${verb}`;

/** An error as it crosses: its code and what may be said about it. The cause stays in its own process. */
export const ipcErrorSchema = z.strictObject({
  code: z.custom<ErrorCode>(isErrorCode),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
});
export type IpcError = z.infer<typeof ipcErrorSchema>;

/** Thrown errors lose their fields on the way through Electron, therefore every call answers one of these. */
export type CallOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: IpcError };

export const outcomeSchema = (response: z.ZodType) =>
  z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value: response }),
    z.strictObject({ ok: z.literal(false), error: ipcErrorSchema }),
  ]);

type Sent<C extends IpcCall> = z.input<C['argument']>;
type Received<C extends IpcCall> = z.output<C['argument']>;
type Response<C extends IpcCall> = z.output<C['response']>;
type Arguments<T> = [T] extends [undefined] ? [] : [argument: T];
type Unsubscribe = () => void;

type Subscriptions<G extends IpcGroup> = {
  readonly [E in keyof G['events'] & string as `on${Capitalize<E>}`]: (
    listener: (value: z.output<G['events'][E]>) => void,
  ) => Unsubscribe;
};

/** What the preload puts into the window: outcomes, because errors cannot cross whole. */
export type GroupBridge<G extends IpcGroup> = {
  readonly [V in keyof G['calls'] & string]: (
    ...argument: Arguments<Sent<G['calls'][V]>>
  ) => Promise<CallOutcome<Response<G['calls'][V]>>>;
} & Subscriptions<G>;

/** What a screen uses: the same, unwrapped; a failed call rejects with an OssError. */
export type GroupApi<G extends IpcGroup> = {
  readonly [V in keyof G['calls'] & string]: (
    ...argument: Arguments<Sent<G['calls'][V]>>
  ) => Promise<Response<G['calls'][V]>>;
} & Subscriptions<G>;

/** A call that answers nothing may simply return. */
// biome-ignore lint/suspicious/noConfusingVoidType: the response of a function that returns nothing
type Answered<T> = undefined extends T ? T | void : T;

/** What main implements: one handler for every call of the group. */
export type GroupHandlers<G extends IpcGroup, Caller> = {
  readonly [V in keyof G['calls'] & string]: (
    argument: Received<G['calls'][V]>,
    caller: Caller,
  ) => Promise<Answered<z.input<G['calls'][V]['response']>>> | Answered<z.input<G['calls'][V]['response']>>;
};
