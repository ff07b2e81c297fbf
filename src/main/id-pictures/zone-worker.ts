/** A process that reads the machine readable zone of a picture; it opens no connection. */
import { z } from 'zod';
import { parentChannel } from '../../contract/parent-channel.ts';
import { openPictureReader } from './picture-reader.ts';

const jobSchema = z.object({
  picture: z.instanceof(Uint8Array),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});

const parent = parentChannel(process);
parent.onMessage(async (message) => {
  const { data: job } = jobSchema.safeParse(message);
  if (!job) return parent.send({ zone: null });
  const reader = await openPictureReader();
  parent.send({ zone: reader.read(job, new Date()) ?? null });
});
