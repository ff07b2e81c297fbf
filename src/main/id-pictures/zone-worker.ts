/** A process that reads the machine readable zone of one picture after the other; it opens no connection. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { parentChannel } from '../../contract/parent-channel.ts';
import { readZone } from './machine-readable-zone.ts';

/** The part of Tesseract's API that is used here. */
interface Tesseract {
  Init(path: null, language: string, engine: number): number;
  SetVariable(name: string, value: string): void;
  SetPageSegMode(mode: number): void;
  SetImageFile(exif: number, angle: number, upscale: number): number;
  SetRectangle(left: number, top: number, width: number, height: number): void;
  Recognize(monitor: null): number;
  GetUTF8Text(): string;
}
interface Core {
  readonly FS: { writeFile(path: string, content: Uint8Array): void };
  readonly TessBaseAPI: new () => Tesseract;
}

const require = createRequire(import.meta.url);
const CORE = 'tesseract.js-core/tesseract-core-simd-lstm.js';
const DATA = '@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz';
/** OEM_LSTM_ONLY and PSM_SINGLE_BLOCK. */
const ENGINE = 1;
const SINGLE_BLOCK = 6;
const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<';
/** The zone stands at the lower edge: parts of the height that are looked at, until one says something. */
const LOWER_PARTS = [0.3, 0.45, 1];

const jobSchema = z.object({
  picture: z.instanceof(Uint8Array),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});

let opened: Promise<{ core: Core; tesseract: Tesseract }> | undefined;

async function open() {
  const load = require(CORE) as (options: object) => Promise<Core>;
  const folder = dirname(require.resolve(CORE));
  const core = await load({ locateFile: (name: string) => join(folder, name) });
  core.FS.writeFile('eng.traineddata', gunzipSync(readFileSync(require.resolve(DATA))));
  const tesseract = new core.TessBaseAPI();
  if (tesseract.Init(null, 'eng', ENGINE) !== 0) throw new Error('the reader cannot be opened');
  tesseract.SetVariable('tessedit_char_whitelist', CHARACTERS);
  tesseract.SetPageSegMode(SINGLE_BLOCK);
  return { core, tesseract };
}

const parent = parentChannel(process);
parent.onMessage(async (message) => {
  const { data: job } = jobSchema.safeParse(message);
  if (!job) return parent.send({ zone: null });
  opened ??= open();
  const { core, tesseract } = await opened;
  core.FS.writeFile('/input', job.picture);
  tesseract.SetImageFile(1, 0, 0);
  for (const part of LOWER_PARTS) {
    const top = Math.floor(job.height * (1 - part));
    tesseract.SetRectangle(0, top, job.width, job.height - top);
    tesseract.Recognize(null);
    const zone = readZone(tesseract.GetUTF8Text(), new Date());
    if (zone) return parent.send({ zone });
  }
  parent.send({ zone: null });
});
