import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { OssError } from '../../contract/errors.ts';
import type { SignatureOptions, VisibleSignature } from '../../contract/model/transaction.ts';
import { collect } from './trust-options.ts';

export interface AppearanceOptions {
  visible?: Pick<VisibleSignature, 'page' | 'rectangle'>;
  visibleText?: string[];
  visibleImage?: string;
  reason?: string;
  location?: string;
}

export function addAppearanceOptions(command: Command): Command {
  return command
    .option('--visible <page:x1,y1,x2,y2>', 'show the signature on a page, corners in points', parsePlace)
    .option('--visible-text <line>', 'a line of the visible signature (may be repeated)', collect)
    .option('--visible-image <png>', 'a PNG picture in the visible signature')
    .option('--reason <text>', 'reason entry of the signature')
    .option('--location <text>', 'location entry of the signature');
}

function parsePlace(value: string): Pick<VisibleSignature, 'page' | 'rectangle'> {
  const match = /^(\d+):(-?[\d.]+),(-?[\d.]+),(-?[\d.]+),(-?[\d.]+)$/.exec(value);
  const [page = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0] = match?.slice(1).map(Number) ?? [];
  if (!match || page < 1 || [x1, y1, x2, y2].some(Number.isNaN)) {
    throw new InvalidArgumentError('Write it as PAGE:x1,y1,x2,y2, for example 1:50,50,250,120.');
  }
  return { page, rectangle: { x1, y1, x2, y2 } };
}

/** `defaultText` stands in the visible signature when no line was given. @throws OssError OSS_FILE_NOT_FOUND */
export async function readSignatureOptions(
  options: AppearanceOptions,
  defaultText: readonly string[],
): Promise<SignatureOptions> {
  const { visible, visibleText, visibleImage, reason, location } = options;
  const entries = {
    ...(reason === undefined ? {} : { reason }),
    ...(location === undefined ? {} : { location }),
  };
  if (!visible) return entries;
  const png = visibleImage === undefined ? undefined : await readImage(visibleImage);
  return {
    ...entries,
    visible: { ...visible, text: visibleText ?? [...defaultText], ...(png === undefined ? {} : { png }) },
  };
}

async function readImage(path: string): Promise<string> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new OssError('OSS_FILE_NOT_FOUND', { file: path }, { cause });
  });
  return bytes.toString('base64');
}
