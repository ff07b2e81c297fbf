import { utilityProcess } from 'electron';
import { z } from 'zod';
import { type MachineReadable, machineReadableSchema } from '../../contract/model/machine-readable-zone.ts';
import { isKeptSize, jpegSizeOf } from '../../contract/model/picture-size.ts';
import { endProcess } from '../work/end-process.ts';

/** Reads the machine readable zone of a picture; undefined where there is none that is right. */
export type ReadZone = (picture: Uint8Array) => Promise<MachineReadable | undefined>;

const PATIENCE_MS = 30_000;
const responseSchema = z.object({ zone: machineReadableSchema.nullable() });

/**
 * In a process of its own: the picture is hostile input, decoded by WebAssembly, and a picture that takes too long ends
 * with its process. @param entry the compiled `zone-worker`
 */
export const zoneReader =
  (entry: string): ReadZone =>
  async (picture) => {
    const size = jpegSizeOf(picture);
    if (!size || !isKeptSize(size)) return undefined;
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'One-Shot document reader',
      stdio: 'ignore',
    });
    try {
      return await new Promise<MachineReadable | undefined>((settle) => {
        const deadline = setTimeout(() => settle(undefined), PATIENCE_MS);
        deadline.unref();
        child.once('exit', () => settle(undefined));
        child.on('message', (message) => settle(responseSchema.safeParse(message).data?.zone ?? undefined));
        child.postMessage({ picture, ...size });
      });
    } finally {
      endProcess(child.pid);
    }
  };
