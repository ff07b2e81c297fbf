import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, startSignatureService } from '../../src/service/index.ts';

/** A signature service in sandbox mode, running in this process on free ports. */
export interface Sandbox {
  readonly url: string;
  readonly publicUrl: string;
  /** PEM of its root. */
  readonly anchor: string;
  close(): Promise<void>;
}

export interface SandboxOptions {
  /** Data that outlives the sandbox; without it a temporary folder is used and removed. */
  readonly directory?: string;
  readonly clock?: Clock;
  readonly publicPort?: number;
  /** The address that certificates carry, where it is not that of the public listener. */
  readonly publicUrl?: string;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const dataDirectory = options.directory ?? (await mkdtemp(join(tmpdir(), 'sandbox-')));
  const service = await startSignatureService(
    {
      mode: 'sandbox',
      dataDirectory,
      logLevel: 'error',
      public: { port: options.publicPort ?? 0 },
      ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
    },
    options.clock === undefined ? {} : { clock: options.clock },
  );
  const { apiUrl, publicUrl, sandbox } = service.ready;
  if (!sandbox) throw new Error('the service is not a sandbox');
  return {
    url: apiUrl,
    publicUrl,
    anchor: sandbox.anchorPem,
    close: async () => {
      await service.close();
      if (options.directory === undefined) await rm(dataDirectory, { recursive: true });
    },
  };
}
