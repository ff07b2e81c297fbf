/** GSM 03.38 (3GPP TS 23.038 §6.2.1): the default alphabet in the order of its codes, one septet each; 27 is the escape. */
export const GSM_BASIC: readonly string[] = [
  ...'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
];
const BASIC = new Set(GSM_BASIC.filter((character) => character !== '\u001b'));
/** The extension table with its codes (§6.2.1.1): an escape and a septet. */
export const GSM_EXTENDED: ReadonlyMap<string, number> = new Map([
  ['\f', 0x0a],
  ['^', 0x14],
  ['{', 0x28],
  ['}', 0x29],
  ['\\', 0x2f],
  ['[', 0x3c],
  ['~', 0x3d],
  [']', 0x3e],
  ['|', 0x40],
  ['€', 0x65],
]);

export interface SmsLength {
  readonly alphabet: 'gsm-7' | 'ucs-2';
  /** Septets, or UTF-16 code units. */
  readonly units: number;
  /** What one message of that alphabet holds. */
  readonly limit: number;
}

export function measureSms(text: string): SmsLength {
  let septets = 0;
  for (const character of text) {
    if (BASIC.has(character)) septets += 1;
    else if (GSM_EXTENDED.has(character)) septets += 2;
    else return { alphabet: 'ucs-2', units: text.length, limit: 70 };
  }
  return { alphabet: 'gsm-7', units: septets, limit: 160 };
}

/** What is wrong with the text of a message; empty when it may be sent. */
export function lintSms(text: string, code: string): string[] {
  const findings: string[] = [];
  const { units, limit, alphabet } = measureSms(text);
  if (units > limit) findings.push(`longer than one SMS: ${units} of ${limit} (${alphabet})`);
  if (!text.endsWith(code)) findings.push('the code is not last');
  // A text that teaches people to follow links in an SMS helps anyone who sends false ones.
  if (/https?:|www\.|\b[a-z0-9-]+\.(com|org|net|info|eu|es|it|pt|fr)\b/iu.test(text))
    findings.push('it holds an address of the web');
  return findings;
}
