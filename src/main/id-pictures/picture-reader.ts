/** Reads the machine readable zone of a picture: Tesseract in WebAssembly, with the data of a package. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { MachineReadable } from '../../contract/model/machine-readable-zone.ts';
import { ZoneCollector } from './machine-readable-zone.ts';
import { likelyLines } from './zone-lines.ts';

/** The part of Tesseract's API that is used here; angles in radians. */
interface Tesseract {
  Init(path: null, language: string, engine: number): number;
  SetVariable(name: string, value: string): void;
  SetPageSegMode(mode: number): void;
  SetImageFile(exifOrientation: number, angle: number): number;
  SetRectangle(left: number, top: number, width: number, height: number): void;
  FindLines(): number;
  GetGradient(): number;
  Recognize(monitor: null): number;
  GetUTF8Text(): string;
  Clear(): void;
}
interface Core {
  readonly FS: { writeFile(path: string, content: Uint8Array): void; unlink(path: string): void };
  readonly TessBaseAPI: new () => Tesseract;
}

export interface Picture {
  /** JPEG. */
  readonly picture: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Not called as what bundling declares in the same file. */
const fromHere = createRequire(import.meta.url);
const CORE = 'tesseract.js-core/tesseract-core-simd-lstm.js';
const DATA = '@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz';
const INPUT = '/input';
/** OEM_LSTM_ONLY, PSM_AUTO and PSM_SINGLE_BLOCK. */
const ENGINE = 1;
const AUTO = 3;
const SINGLE_BLOCK = 6;
const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<';

/** How a picture is turned, as Exif numbers it (CIPA DC-008 §4.6.4): upright, upside down, on either side. */
const UPRIGHT = 1;
const TURNED = [UPRIGHT, 3, 6, 8];
const isOnItsSide = (turned: number): boolean => turned > 4;
/** A page that hangs by less is read as it is; the engine finds no lines in one that hangs by more. */
const LEAST_SLANT = 0.005;
/**
 * The lower part of the height, where the zone stands, and a trifle of a turn: the same letters in other dots, so that
 * the engine may read now what it misread before.
 */
const CLOSER_LOOKS = [
  [0.45, 0.006],
  [0.45, 0],
  [0.45, -0.006],
  [0.6, 0.012],
  [0.6, -0.012],
  [0.3, 0],
  [0.6, 0.003],
] as const;

export interface PictureReader {
  /** Undefined where no zone is seen whose check digits are right. */
  read(picture: Picture, today: Date): MachineReadable | undefined;
}

/** @throws Error where the engine or its data are missing */
export async function openPictureReader(): Promise<PictureReader> {
  const load = fromHere(CORE) as (options: object) => Promise<Core>;
  const folder = dirname(fromHere.resolve(CORE));
  const core = await load({ locateFile: (name: string) => join(folder, name) });
  core.FS.writeFile('eng.traineddata', gunzipSync(readFileSync(fromHere.resolve(DATA))));
  const tesseract = new core.TessBaseAPI();
  if (tesseract.Init(null, 'eng', ENGINE) !== 0) throw new Error('the reader cannot be opened');
  tesseract.SetVariable('tessedit_char_whitelist', CHARACTERS);
  return {
    read(picture, today) {
      core.FS.writeFile(INPUT, picture.picture);
      try {
        return readEveryWay(tesseract, picture, today);
      } finally {
        tesseract.Clear();
        core.FS.unlink(INPUT);
      }
    },
  };
}

function readEveryWay(tesseract: Tesseract, size: Picture, today: Date): MachineReadable | undefined {
  for (const turned of TURNED) {
    const [width, height] = isOnItsSide(turned) ? [size.height, size.width] : [size.width, size.height];
    const slant = slantOf(tesseract, turned);
    const textOf = (part: number, nudge: number): string => {
      const top = Math.floor(height * (1 - part));
      tesseract.SetImageFile(turned, slant + nudge);
      tesseract.SetPageSegMode(SINGLE_BLOCK);
      tesseract.SetRectangle(0, top, width, height - top);
      tesseract.Recognize(null);
      return tesseract.GetUTF8Text();
    };
    const looks = new ZoneCollector(today);
    const whole = textOf(1, 0);
    const zone = looks.add(whole);
    if (zone) return zone;
    // Lines of a zone that are not right: the picture stands as it should, and is looked at more closely.
    if (likelyLines(whole).length === 0) continue;
    for (const [part, nudge] of CLOSER_LOOKS) {
      const found = looks.add(textOf(part, nudge));
      if (found) return found;
    }
  }
  return undefined;
}

function slantOf(tesseract: Tesseract, turned: number): number {
  tesseract.SetImageFile(turned, 0);
  tesseract.SetPageSegMode(AUTO);
  tesseract.FindLines();
  const slant = tesseract.GetGradient();
  return Math.abs(slant) < LEAST_SLANT || !Number.isFinite(slant) ? 0 : slant;
}
