import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import type { ServiceConfig } from './service-config.ts';

const FILE = 'ports.json';
const portsSchema = z.object({ api: z.number().int(), public: z.number().int() });
export type Ports = z.infer<typeof portsSchema>;

/**
 * The ports to listen on. Where the configuration leaves the choice, the ones of the last start come first:
 * certificates carry the address of the public listener, and a document signed yesterday must still
 * find its CRL there.
 */
export async function choosePorts(
  config: Pick<ServiceConfig, 'api' | 'public' | 'dataDirectory'>,
): Promise<Ports> {
  const path = join(config.dataDirectory, FILE);
  const remembered = readRemembered(path);
  const choose = async (listener: ServiceConfig['public'], last: number | undefined): Promise<number> => {
    if (listener.port !== 0) return listener.port;
    return (await freePort(listener.host, last ?? 0)) ?? (await freePort(listener.host, 0)) ?? 0;
  };
  const ports = {
    public: await choose(config.public, remembered?.public),
    api: await choose(config.api, remembered?.api),
  };
  writeFileSync(path, JSON.stringify(ports));
  return ports;
}

function readRemembered(path: string): Ports | undefined {
  try {
    return portsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Absent at the first start; damaged, it is only a preference that is lost.
    return undefined;
  }
}

/** The port if it can be obtained, undefined if somebody has it. */
const freePort = (host: string, port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen({ host, port, exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
