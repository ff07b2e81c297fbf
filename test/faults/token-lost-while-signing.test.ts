import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { jsonLog } from '../../src/base/json-log.ts';
import { describeWithJudge } from '../conformance/judges/at-hand.ts';
import { newManifest, startTestService, TestClock } from '../integration/service-client.ts';
import { makeSoftToken, remoteTokenOf } from '../support/softhsm.ts';

describeWithJudge('p11-kit', 'a token that dies while it signs', () => {
  it('ends the call, gives the request back, says why without secrets, and signs again when it is back', async () => {
    const token = await makeSoftToken();
    const remote = remoteTokenOf(token);
    await remote.start();
    const lines: string[] = [];
    const stream = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const clock = new TestClock();
    let killed: Promise<void> | undefined;
    let stamps = Number.POSITIVE_INFINITY;
    const running = await startTestService(
      { keys: { type: 'pkcs11', module: remote.module, uri: token.uri, sessions: 2 } },
      {
        clock: clock.now,
        log: jsonLog({ level: 'info' }, stream),
        // Each time stamp has a random serial number: in the middle of them the device goes.
        randomBytes(size) {
          stamps -= 1;
          if (stamps === 0) killed = remote.kill();
          return randomBytes(size);
        },
      },
    );
    try {
      const { client } = running;
      const { id } = await client.registered();
      const manifest = newManifest(100, clock.now());
      await client.sendOtp(id, manifest);
      stamps = 30;
      const lost = await client.sign(id, await client.code(id), manifest);
      await killed;
      // The code is used up; what was not signed can be signed with another one.
      expect([lost.status, lost.body.error]).toMatchObject([
        409,
        { code: 'OSS_SIGNING_INTERRUPTED', details: { reason: 'OSS_KEYS_UNAVAILABLE' } },
      ]);
      expect(await client.state(id)).toBe('approved');
      const { events } = (await client.get(`/v1/requests/${id}/events`)).body;
      expect(events.at(-1)).toMatchObject({
        type: 'signing.interrupted',
        data: { reason: 'OSS_KEYS_UNAVAILABLE' },
      });
      await expect.poll(() => lines.join(''), { timeout: 30_000 }).toContain('the keys are lost');
      const told = lines.join('');
      expect(told).toMatch(/CKR_[A-Z_]+/);
      for (const secret of ['7531', token.folder]) expect(told).not.toContain(secret);

      await remote.start();
      const keys = async () => (await client.get('/ready')).body.checks.keys;
      await expect.poll(keys, { timeout: 30_000, interval: 500 }).toBe('ok');
      clock.advance(61);
      const again = newManifest(2, clock.now());
      expect((await client.sendOtp(id, again)).status).toBe(200);
      expect((await client.sign(id, await client.code(id), again)).status).toBe(200);
    } finally {
      await running.close();
      await remote.kill();
      await token.remove();
    }
  }, 120_000);
});
