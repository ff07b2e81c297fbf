import type { FastifyInstance } from 'fastify';
import { OssError } from '../../contract/errors.ts';

export interface Listener {
  readonly server: FastifyInstance;
  readonly host: string;
  readonly port: number;
}

/**
 * Lets every server listen, or none of them.
 * @returns closes them, the calls under way first
 * @throws OssError OSS_CONFIG_INVALID naming the address that is taken or not ours
 */
export async function listen(listeners: readonly Listener[]): Promise<() => Promise<void>> {
  const stop = async (): Promise<void> => {
    await Promise.all(listeners.map(({ server }) => server.close()));
  };
  try {
    for (const { server, host, port } of listeners) {
      await server.listen({ host, port }).catch((cause: NodeJS.ErrnoException) => {
        const isTaken = cause.code === 'EADDRINUSE';
        const reason = isTaken ? `port ${port} is taken by another program` : `port ${port}: ${cause.code}`;
        throw new OssError('OSS_CONFIG_INVALID', { reason: `${host}: ${reason}` }, { cause });
      });
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
