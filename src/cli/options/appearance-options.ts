import { type Command, InvalidArgumentError } from 'commander';
import { OssError } from '../../contract/errors.ts';
import { type VisibleSignature, visibleSignatureSchema } from '../../contract/model/appearance.ts';
import type { SignatureOptions } from '../../contract/model/transaction.ts';
import { readGiven, readGivenJson } from '../given-file.ts';
import { collect } from './trust-options.ts';

export type Place = Pick<VisibleSignature, 'page' | 'rectangle'>;

export interface AppearanceOptions {
  visible?: Place[];
  visibleText?: string[];
  visibleImage?: string;
  appearance?: string;
  field?: string;
  reason?: string;
  location?: string;
}

export function addAppearanceOptions(command: Command): Command {
  return command
    .option(
      '--visible <page:x1,y1,x2,y2>',
      'show the signature on a page, corners in points; once for each of several signers',
      parsePlace,
    )
    .option(
      '--visible-text <line>',
      'a line of the visible signature with variables like {name} and {date} (may be repeated)',
      collect,
    )
    .option('--visible-image <file>', 'a PNG or JPEG picture in the visible signature')
    .option('--appearance <json>', 'a file that says how the visible signature looks')
    .option('--field <name>', 'sign in this empty field of the document, or name the new one')
    .option('--reason <text>', 'reason entry of the signature')
    .option('--location <text>', 'location entry of the signature');
}

export function parsePlace(value: string, earlier: Place[] = []): Place[] {
  const match = /^(\d+):(-?[\d.]+),(-?[\d.]+),(-?[\d.]+),(-?[\d.]+)$/.exec(value);
  const [page = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0] = match?.slice(1).map(Number) ?? [];
  if (!match || page < 1 || [x1, y1, x2, y2].some(Number.isNaN)) {
    throw new InvalidArgumentError('Write it as PAGE:x1,y1,x2,y2, for example 1:50,50,250,120.');
  }
  return [...earlier, { page, rectangle: { x1, y1, x2, y2 } }];
}

/**
 * How each of several signers signs: one for each place, or one for all. The options win over the file. `defaultText`
 * stands in the visible signature when nothing is to be shown.
 * @throws OssError OSS_FILE_NOT_FOUND, OSS_REQUEST_INVALID
 */
export async function readSignatureOptions(
  options: AppearanceOptions,
  defaultText: readonly string[],
): Promise<SignatureOptions[]> {
  const { field, reason, location } = options;
  const entries = {
    ...(field === undefined ? {} : { fieldName: field }),
    ...(reason === undefined ? {} : { reason }),
    ...(location === undefined ? {} : { location }),
  };
  const looks: SignatureOptions[] = [];
  for (const place of options.visible ?? [undefined]) {
    const visible = await readAppearance(options, place, defaultText);
    looks.push(visible ? { ...entries, visible } : entries);
  }
  return looks;
}

async function readAppearance(
  { visibleText, visibleImage, appearance }: AppearanceOptions,
  visible: Place | undefined,
  defaultText: readonly string[],
): Promise<VisibleSignature | undefined> {
  if (!visible && appearance === undefined) return undefined;
  const asked: Record<string, unknown> = {
    ...(appearance === undefined ? {} : await readJson(appearance)),
    ...visible,
    ...(visibleText === undefined ? {} : { text: visibleText }),
    ...(visibleImage === undefined ? {} : await readPicture(visibleImage)),
  };
  if (!SHOWN.some((key) => key in asked)) asked.text = [...defaultText];
  const parsed = visibleSignatureSchema.safeParse(asked);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new OssError('OSS_REQUEST_INVALID', { reason: `appearance: ${where} ${issue?.message ?? ''}` });
}

/** A picture from the command line stands beside the text that is always there. */
const SHOWN = ['text', 'drawing', 'qrCode'] as const;

async function readJson(path: string): Promise<object> {
  const json = await readGivenJson(path);
  if (typeof json === 'object' && json !== null) return json;
  throw new OssError('OSS_REQUEST_INVALID', { reason: 'appearance: not an object' });
}

/** By its first bytes: names of pictures lie. */
async function readPicture(path: string): Promise<Pick<VisibleSignature, 'png' | 'jpeg'>> {
  const bytes = await readGiven(path);
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  return { [isJpeg ? 'jpeg' : 'png']: bytes.toString('base64') };
}
