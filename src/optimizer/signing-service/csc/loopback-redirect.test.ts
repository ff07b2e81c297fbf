import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { codeByBrowser } from './loopback-redirect.ts';

/** One request as it is written; settles with what came back. */
const say = (port: number, target: string): Promise<string> =>
  new Promise((settle, fail) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`),
    );
    socket.on('data', (bytes) => {
      said += bytes.toString();
    });
    socket.on('close', () => settle(said));
    socket.on('error', fail);
  });

it('says nothing to what other pages ask, and goes on waiting', async () => {
  const strangers: string[] = [];
  const { code } = await codeByBrowser({
    state: 'of-this-time',
    addressFor: (redirectUri) => redirectUri,
    async openBrowser(redirectUri) {
      const port = Number(new URL(redirectUri).port);
      for (const target of ['//', '///', '//[', '/cb', '/cb?state=other&code=1', '*', 'http://['])
        strangers.push(await say(port, target));
      await say(port, '/cb?state=of-this-time&code=right');
    },
  });
  expect(code).toBe('right');
  expect(strangers.filter((answer) => !/^HTTP\/1\.1 40[04]/.test(answer))).toEqual([]);
});
