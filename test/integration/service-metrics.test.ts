import { Writable } from 'node:stream';
import pino from 'pino';
import { afterEach, expect, it } from 'vitest';
import { freePort } from '../support/local-server.ts';
import { newManifest, startTestService, type TestService } from './service-client.ts';

let running: TestService | undefined;
afterEach(() => running?.close());

/** Values by name and labels, as Prometheus reads them. */
async function scrape(url: string): Promise<Map<string, number>> {
  const response = await fetch(url);
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

it('metrics stand on a listener of their own, count what happens, and name nobody', async () => {
  const port = await freePort();
  running = await startTestService({ metrics: { port } });
  const { client, service } = running;
  const url = service.ready.metricsUrl ?? '';
  expect(url).toBe(`http://127.0.0.1:${port}/metrics`);
  const { id } = await client.registered();
  const manifest = newManifest();
  await client.sendOtp(id, manifest);
  await client.sign(id, await client.code(id), manifest);
  const values = await scrape(url);
  const value = (name: string) => values.get(name) ?? Number.NaN;
  expect(value('oneshot_requests{state="signed"}')).toBe(1);
  for (const check of ['database', 'keys', 'clock', 'timestamp', 'sms']) {
    expect(value(`oneshot_ready{check="${check}"}`), check).toBe(1);
  }
  const call = 'listener="api",method="POST",route="/v1/requests/:id/sign",status="200"';
  expect(value(`oneshot_calls_seconds_count{${call}}`)).toBe(1);
  expect(value('oneshot_messages_total{gateway="outbox",channel="sms",outcome="taken"}')).toBe(1);
  const DAY = 86_400;
  for (const issuer of ['root', 'issuing']) {
    expect(value(`oneshot_crl_remaining_seconds{issuer="${issuer}"}`)).toBeGreaterThan(0.9 * DAY);
  }
  expect(value('oneshot_certificate_remaining_seconds{role="ocsp-root"}')).toBeGreaterThan(300 * DAY);
  expect(value('oneshot_log_entries') + value('oneshot_log_entries_waiting')).toBe(2);
  expect(value('process_resident_memory_bytes')).toBeGreaterThan(0);
  expect([...values.keys()].join('\n')).not.toMatch(new RegExp(`${id}|Zoë|\\+34`));
  // Nowhere else.
  for (const other of [service.ready.apiUrl, service.ready.publicUrl]) {
    expect((await fetch(`${other}/metrics`)).status).toBe(404);
  }
});

it('every line of a call says to which trace it belongs', async () => {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  running = await startTestService({}, { log: pino({ level: 'info' }, sink) });
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
  await running.client.call('GET', '/v1/info', undefined, { traceparent });
  await running.client.get('/v1/info');
  await running.close();
  running = undefined;
  const calls = lines.filter(({ route }) => route === '/v1/info');
  expect(calls.map((line) => line.traceId)).toEqual([traceId, expect.stringMatching(/^[0-9a-f]{32}$/)]);
  expect(calls[0]).toMatchObject({ parentId: '00f067aa0ba902b7' });
  expect(calls[1]?.traceId).not.toBe(traceId);
});
