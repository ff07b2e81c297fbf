/** GSM 03.38 (3GPP TS 23.038 §6.2.1): the default alphabet, one septet each. */
const GSM_BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** The extension table: an escape and a septet. */
const GSM_EXTENDED = new Set('^{}\\[~]|€\f');

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
    if (GSM_BASIC.has(character)) septets += 1;
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
  // A text that teaches people to follow links in an SMS helps whoever sends false ones.
  if (/https?:|www\.|\b[a-z0-9-]+\.(com|org|net|info|eu|es|it|pt|fr)\b/iu.test(text))
    findings.push('it holds an address of the web');
  return findings;
}
