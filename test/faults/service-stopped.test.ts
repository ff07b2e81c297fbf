import { randomBytes } from 'node:crypto';
import { Agent, fetch } from 'undici';
import { expect, it } from 'vitest';
import { newManifest, startTestService } from '../integration/service-client.ts';

/** Clients keep connections for longer than that. */
const PROMPTLY_MS = 30_000;

it('a service that is stopped while it signs answers what it began, takes nothing new, and ends', async () => {
  let stopping: Promise<void> | undefined;
  let stamps = Number.POSITIVE_INFINITY;
  const running = await startTestService(
    {},
    {
      // Each time stamp has a random serial number: in the middle of them it is stopped.
      randomBytes(size) {
        stamps -= 1;
        if (stamps === 0) stopping = running.close();
        return randomBytes(size);
      },
    },
  );
  const { client } = running;
  const dispatcher = new Agent({ keepAliveTimeout: 600_000, keepAliveMaxTimeout: 600_000 });
  try {
    // A connection that was used, and is kept.
    expect((await fetch(`${client.apiUrl}/health`, { dispatcher })).status).toBe(200);
    const { id } = await client.registered();
    const manifest = newManifest(50);
    await client.sendOtp(id, manifest);
    const code = await client.code(id);
    stamps = 10;
    const signed = await client.sign(id, code, manifest);
    expect([signed.status, signed.body.documents.length]).toEqual([200, 50]);
    expect(signed.headers.get('connection')).toBe('close');
    const began = performance.now();
    await stopping;
    expect(performance.now() - began).toBeLessThan(PROMPTLY_MS);
    await expect(client.get('/health')).rejects.toThrow();
  } finally {
    await dispatcher.destroy();
    await (stopping ?? running.close());
  }
});
