import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { beforeEach, describe, expect, it } from 'vitest';
import { callbackConnections } from '../../src/optimizer-api/core/callback-guard.ts';
import { Callbacks } from '../../src/optimizer-api/core/callbacks.ts';
import type { CallbackQueue } from '../../src/optimizer-api/store/callback-queue.ts';
import { RecordStore } from '../../src/optimizer-api/store/record-store.ts';
import { type ApiRequestRecord, openCallbackQueue } from '../../src/optimizer-api/store/records.ts';

interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
}

let store: RecordStore;
let path: string;
let queue: CallbackQueue;
let server: Server;
let url: string;
/** What the receiver was told: request and state. */
let told: string[];
let reply: (request: number) => Reply;
let time: number;
let logged: string[];
let gone: number[];
let callbacks: Callbacks;

beforeEach(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'callbacks-'));
  path = join(directory, 'records.db');
  store = new RecordStore(path);
  queue = openCallbackQueue(store);
  [told, logged, gone, time] = [[], [], [], Date.parse('2026-11-30T10:00:00Z')];
  reply = () => ({ status: 200 });
  server = createServer(async (incoming, response) => {
    let text = '';
    for await (const chunk of incoming) text += chunk;
    const { request, status: state } = JSON.parse(text) as { request: number; status: string };
    const { status, headers = {} } = reply(request);
    told.push(`${request} ${state} ${status}`);
    response.writeHead(status, headers).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  callbacks = new Callbacks(queue, callbackConnections(['127.0.0.1']), {
    secret: undefined,
    now: () => new Date(time),
    warn: (line) => logged.push(line),
    onGone: (pk) => gone.push(pk),
  });
  return async () => {
    await callbacks.close();
    server.closeAllConnections();
    server.close();
    store.close();
    await rm(directory, { recursive: true });
  };
});

function announce(pk: number, to: 'ENROLLREADY' | 'ISSUED' | 'CANCELLED'): void {
  const record = { pk, dialect: 'classic', callback: url, registrationAuthority: '1' } as ApiRequestRecord;
  callbacks.announce({ record, from: 'CREATED', to });
}

/** Whatever is written is refused from now on, as on a full disk. @returns what ends it */
function refuseWrites(): () => void {
  const kinds = ['INSERT', 'UPDATE', 'DELETE'];
  const inside = (statements: readonly string[]): void => {
    const database = new Libsql(path);
    database.exec(statements.join(''));
    database.close();
  };
  const full = "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END;";
  inside(kinds.map((kind) => `CREATE TRIGGER full_${kind} BEFORE ${kind} ON record ${full}`));
  return () => inside(kinds.map((kind) => `DROP TRIGGER full_${kind};`));
}

async function deliver(seconds: number): Promise<string[]> {
  time += seconds * 1000;
  told.length = 0;
  // Each round tells at most one of each request.
  for (let round = 0; round < 5; round++) await callbacks.deliverDue();
  return told;
}

describe('callbacks', () => {
  it('tell the states of one request in their order, and no request waits for another', async () => {
    announce(1, 'ENROLLREADY');
    announce(1, 'ISSUED');
    announce(2, 'CANCELLED');
    reply = (request) => ({ status: request === 1 ? 500 : 200 });
    expect(await deliver(0)).toEqual(['1 ENROLLREADY 500', '2 CANCELLED 200']);
    announce(1, 'CANCELLED');
    expect(await deliver(4)).toEqual([]);
    reply = () => ({ status: 200 });
    expect(await deliver(1)).toEqual(['1 ENROLLREADY 200', '1 ISSUED 200', '1 CANCELLED 200']);
    expect(await deliver(1e6)).toEqual([]);
  });

  it('end for a request with 410, what waits included', async () => {
    announce(1, 'ENROLLREADY');
    announce(1, 'ISSUED');
    announce(2, 'ISSUED');
    reply = (request) => ({ status: request === 1 ? 410 : 200 });
    expect((await deliver(0)).sort()).toEqual(['1 ENROLLREADY 410', '2 ISSUED 200']);
    expect(await deliver(1e6)).toEqual([]);
    expect(gone).toEqual([1]);
  });

  it.each([
    ['seconds', '90', 90],
    ['a date', 'Mon, 30 Nov 2026 10:02:00 GMT', 120],
    ['less than our own pause', '1', 5],
    ['no time at all', 'soon', 5],
    ['more than a day', '999999999', 24 * 3600],
  ])('come again when the receiver says so: %s', async (_, header, seconds) => {
    announce(1, 'ISSUED');
    reply = () => ({ status: 503, headers: { 'retry-after': header } });
    expect(await deliver(0)).toHaveLength(1);
    expect(await deliver(seconds - 1)).toEqual([]);
    expect(await deliver(1)).toHaveLength(1);
  });

  it('that fail are logged and listed, with the reason and without address or content', async () => {
    announce(1, 'ISSUED');
    reply = () => ({ status: 500 });
    await deliver(0);
    expect(queue.failing().waiting).toMatchObject([{ pk: 1, attempts: 1, failure: 'HTTP 500' }]);
    for (let attempt = 0; attempt < 7; attempt++) await deliver(24 * 3600);
    expect(queue.failing()).toMatchObject({
      waiting: [],
      givenUp: [{ pk: 1, attempts: 8, failure: 'HTTP 500' }],
    });
    expect(logged.at(-1)).toBe('callback of request 1 was given up after 8 attempts: HTTP 500');
    expect(logged).toHaveLength(8);
    for (const line of logged) expect(line).not.toMatch(/127\.0\.0\.1|\n/);
    queue.forget([1]);
    expect(queue.failing().givenUp).toEqual([]);
  });

  it.each([200, 410, 500])(
    'are not sent again because a full disk did not take what came of it (%i), and go on when there is room',
    async (status) => {
      announce(1, 'ENROLLREADY');
      announce(1, 'ISSUED');
      reply = () => ({ status });
      const allow = refuseWrites();
      expect(await deliver(0)).toEqual([`1 ENROLLREADY ${status}`]);
      expect(await deliver(1e6)).toEqual([]);
      expect(logged.filter((line) => line.startsWith('callbacks wait'))).toHaveLength(1);
      allow();
      const next = { 200: ['1 ISSUED 200'], 410: [], 500: [] }[status];
      expect(await deliver(0)).toEqual(next);
      expect(await deliver(5)).toEqual(status === 500 ? ['1 ENROLLREADY 500'] : []);
    },
  );

  it('cost nothing while none is due', async () => {
    announce(1, 'ISSUED');
    reply = () => ({ status: 500 });
    await deliver(0);
    expect(queue.due(time, 8)).toEqual([]);
    store.close();
    // The file is not even read.
    expect(queue.due(time + 1000, 8)).toEqual([]);
    store = new RecordStore(':memory:');
  });
});
