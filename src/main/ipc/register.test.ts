import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OssError } from '../../contract/errors.ts';
import { defineGroup, type IpcGroup, nothing, outcomeSchema } from '../../contract/ipc/group.ts';
import { ADMIN_GROUPS, CLERK_GROUPS, SIGNER_GROUPS } from '../../contract/ipc/index.ts';
import { KnownCallers } from '../security/sender-policy.ts';
import { type CallReceiver, registerGroup } from './register.ts';

const group = defineGroup({
  name: 'till',
  roles: ['clerk'],
  calls: {
    double: { argument: z.strictObject({ value: z.number() }), response: z.number() },
    fail: { argument: nothing, response: nothing },
  },
  events: {},
});

type Listener = Parameters<CallReceiver['handle']>[1];
type Sender = Parameters<KnownCallers['judge']>[0];

const CLERK = 1;
const SIGNER = 2;
const ADMIN = 3;
const frame = (url: string, parent: object | null = null) => ({ url, parent });
const sender = (id: number, senderFrame: object | null): Sender =>
  ({ sender: { id }, senderFrame }) as unknown as Sender;
const clerk = sender(CLERK, frame('app://clerk/clerk.html'));

describe('a call from a window', () => {
  const listeners = new Map<string, Listener>();
  let reported: OssError[];
  let handled: unknown[];

  beforeEach(() => {
    listeners.clear();
    reported = [];
    handled = [];
    const callers = new KnownCallers();
    callers.add({ role: 'clerk', contentsId: CLERK });
    callers.add({ role: 'signer', contentsId: SIGNER });
    registerGroup(
      { handle: (channel, listener) => void listeners.set(channel, listener) },
      group,
      {
        double({ value }) {
          handled.push(value);
          return value * 2;
        },
        fail() {
          throw new Error('the name of a customer');
        },
      },
      callers,
      (error) => reported.push(error),
    );
  });

  const call = (from: Sender, channel: string, ...values: unknown[]) =>
    listeners.get(channel)?.(from as never, ...values);
  const refusedWith = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) });

  it('is answered to the window it is for', async () => {
    expect(await call(clerk, 'till:double', { value: 21 })).toEqual({ ok: true, value: 42 });
  });

  it.each([
    ['a window of another role', sender(SIGNER, frame('app://signer/signer.html'))],
    ['contents that no window of ours has', sender(9, frame('app://clerk/clerk.html'))],
    [
      'a frame inside the page',
      sender(CLERK, frame('app://clerk/clerk.html', frame('app://clerk/clerk.html'))),
    ],
    ['a frame that is gone', sender(CLERK, null)],
    ['a blank page', sender(CLERK, frame('about:blank'))],
    ['no address at all', sender(CLERK, frame(''))],
    ['the page of another role', sender(CLERK, frame('app://signer/signer.html'))],
    ['a page whose host only begins like ours', sender(CLERK, frame('app://clerk.evil.example/clerk.html'))],
    ['a page that names ours as user', sender(CLERK, frame('app://clerk@evil.example/'))],
    ['the web', sender(CLERK, frame('https://clerk/clerk.html'))],
  ])('is refused to %s', async (_who, from) => {
    expect(await call(from, 'till:double', { value: 1 })).toEqual(refusedWith('OSS_FORBIDDEN'));
    expect(handled).toEqual([]);
  });

  it.each([
    ['an unknown key', [{ value: 1, admin: true }]],
    ['another type', [{ value: '1' }]],
    ['nothing', []],
    ['a second argument', [{ value: 1 }, { value: 2 }]],
  ])('is refused with %s', async (_what, values) => {
    expect(await call(clerk, 'till:double', ...values)).toEqual(refusedWith('OSS_REQUEST_INVALID'));
    expect(handled).toEqual([]);
  });

  it('says nothing of what went wrong inside', async () => {
    const outcome = await call(clerk, 'till:fail');
    expect(outcome).toEqual({ ok: false, error: { code: 'OSS_INTERNAL', details: {} } });
    expect(JSON.stringify(outcome)).not.toContain('customer');
    expect(reported.map(({ code }) => code)).toEqual(['OSS_INTERNAL']);
  });
});

describe('every call of every group', () => {
  const groups: readonly IpcGroup[] = [CLERK_GROUPS, SIGNER_GROUPS, ADMIN_GROUPS].flatMap((ofRole) =>
    Object.values(ofRole),
  );

  it('survives whatever is sent, and lets through what its schema permits only', async () => {
    const listeners = new Map<string, Listener>();
    const callers = new KnownCallers();
    callers.add({ role: 'clerk', contentsId: CLERK });
    callers.add({ role: 'signer', contentsId: SIGNER });
    callers.add({ role: 'admin', contentsId: ADMIN });
    for (const one of new Set(groups)) {
      const handlers = Object.fromEntries(
        Object.entries(one.calls).map(([verb, { argument }]) => [
          verb,
          (value: unknown) => {
            // An IPC value that reached a handler satisfies the schema when it is judged again.
            expect(argument.safeParse(value).success).toBe(true);
          },
        ]),
      );
      registerGroup(
        { handle: (name, listener) => void listeners.set(name, listener) },
        one,
        handlers as never,
        callers,
        () => undefined,
      );
    }
    const outcome = outcomeSchema(z.unknown());
    const senders = fc.constantFrom(
      clerk,
      sender(SIGNER, frame('app://signer/signer.html')),
      sender(ADMIN, frame('app://admin/admin.html')),
      sender(9, null),
    );
    const values = fc.array(
      fc.oneof(fc.anything(), fc.object({ key: fc.constantFrom('id', 'pin', 'code', 'paths') })),
      { maxLength: 2 },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...listeners.keys()), senders, values, async (name, from, sent) => {
        expect(outcome.safeParse(await listeners.get(name)?.(from as never, ...sent)).success).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  }, 180_000);
});

describe('the groups of the administrator', () => {
  it.each(Object.values(ADMIN_GROUPS).filter(({ name }) => name !== 'station'))(
    '$name are for no other window',
    ({ roles }) => {
      expect(roles).toEqual(['admin']);
    },
  );
});
