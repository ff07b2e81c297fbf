import { GSM_BASIC, GSM_EXTENDED, measureSms } from '../../sms-length.ts';

/** data_coding (§5.2.19): the SMSC's default alphabet, which is GSM 03.38 unless agreed otherwise, and UCS-2. */
const DATA_CODING = { 'gsm-7': 0, 'ucs-2': 8 } as const;
/** esm_class: a user data header stands in front of the text (§5.2.12). */
const UDH_INDICATOR = 0x40;
/** What one part of several holds beside its header of six octets: septets, UTF-16 units (TS 23.040 §9.2.3.24.1). */
const PART_UNITS = { 'gsm-7': 153, 'ucs-2': 67 } as const;
const ESCAPE = 0x1b;
const MAX_PARTS = 8;

export interface EncodedPart {
  readonly dataCoding: number;
  readonly esmClass: number;
  readonly message: Buffer;
}

/**
 * The text in the alphabet that holds it, never in one that an SMSC may guess; cut where one message is too short.
 * @param reference 0 to 255, the same for all parts of one text
 * @throws RangeError for a text of more than eight parts
 */
export function encodeText(text: string, reference: number): readonly EncodedPart[] {
  const { alphabet, units, limit } = measureSms(text);
  const encode = alphabet === 'gsm-7' ? encodeGsm : encodeUcs2;
  const dataCoding = DATA_CODING[alphabet];
  if (units <= limit) return [{ dataCoding, esmClass: 0, message: encode(text) }];
  const parts = cut(text, PART_UNITS[alphabet]);
  if (parts.length > MAX_PARTS) throw new RangeError(`a message of ${parts.length} parts`);
  return parts.map((part, index) => ({
    dataCoding,
    esmClass: UDH_INDICATOR,
    message: Buffer.concat([Buffer.from([5, 0, 3, reference & 0xff, parts.length, index + 1]), encode(part)]),
  }));
}

/** Between characters only: an escape and what it escapes stay together, and so do surrogates. */
function cut(text: string, most: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of text) {
    if (measureSms(part + character).units > most && part !== '') {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}

const BASIC = new Map(GSM_BASIC.map((character, code) => [character, code]));

function encodeGsm(text: string): Buffer {
  const codes: number[] = [];
  for (const character of text) {
    const code = BASIC.get(character);
    const extended = GSM_EXTENDED.get(character);
    if (code !== undefined) codes.push(code);
    else if (extended !== undefined) codes.push(ESCAPE, extended);
    else throw new RangeError('a character that is not of the GSM alphabet');
  }
  return Buffer.from(codes);
}

const encodeUcs2 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
