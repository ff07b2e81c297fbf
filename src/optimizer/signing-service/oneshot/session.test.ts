import { describe, expect, it } from 'vitest';
import { OssError } from '../../../contract/errors.ts';
import type { HttpClient } from '../http-client.ts';
import { Session } from './session.ts';

const CREDENTIALS = { username: 'rao', password: 'secret', pin: '1234' };

/** A service of which only the log-in and the judgement of tokens matter. */
function service() {
  let made = 0;
  const good = new Set<string>();
  return {
    /** As when its clock is set: no token is good any more. */
    forgetAll: () => good.clear(),
    get made() {
      return made;
    },
    http: {
      async repeatableJson() {
        made += 1;
        good.add(`Bearer t${made}`);
        return { token: `t${made}`, expiresAt: '2026-01-01T01:00:00Z' };
      },
    } as unknown as HttpClient,
    async call({ authorization }: { readonly authorization: string }): Promise<string> {
      await new Promise(setImmediate);
      if (good.has(authorization)) return 'done';
      throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'Log in again.' });
    },
  };
}

const open = (http: HttpClient): Session =>
  new Session(http, CREDENTIALS, () => new Date('2026-01-01T00:00:00Z'));

describe('a session whose token is not taken any more', () => {
  it('is renewed for all calls that were under way, each of which is made again', async () => {
    const { http, call, forgetAll } = service();
    const session = open(http);
    await session.logIn();
    forgetAll();
    const calls = Array.from({ length: 8 }, () => session.authorised(call));
    expect(await Promise.all(calls)).toEqual(Array(8).fill('done'));
  });

  it('is renewed where it was lost between its log-in and the first call', async () => {
    const { http, call, forgetAll } = service();
    let isFirst = true;
    const session = open(http);
    const result = await session.authorised((authorization) => {
      if (isFirst) forgetAll();
      isFirst = false;
      return call(authorization);
    });
    expect(result).toBe('done');
  });

  it('is not renewed for a PIN that is wrong', async () => {
    const wrong = service();
    const session = open(wrong.http);
    const refused = session.authorised(() => Promise.reject(new OssError('OSS_CREDENTIALS_INVALID')));
    await expect(refused).rejects.toMatchObject({ code: 'OSS_CREDENTIALS_INVALID' });
    expect(wrong.made).toBe(1);
  });
});
