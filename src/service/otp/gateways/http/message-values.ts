import { createHash } from 'node:crypto';
import { measureSms } from '../../sms-length.ts';
import type { SmsMessage } from '../port.ts';
import type { GatewayTemplate, ValueOf } from './template.ts';

/** Locales by which vendors choose a voice. */
const SPEECH = { en: 'en-GB', es: 'es-ES', ca: 'ca-ES', fr: 'fr-FR', it: 'it-IT', pt: 'pt-PT' } as const;

export interface ValueSources {
  readonly secrets: ReadonlyMap<string, string>;
  readonly from: string;
  readonly subject: string;
  /** Empty where no receipts are asked for. */
  readonly receiptUrl: string;
  readonly now: Date;
}

/** Names that a template may use, beside its own and its secrets. */
export const VALUE_NAMES: ReadonlySet<string> = new Set([
  ...['to', 'toDigits', 'text', 'code', 'spokenXml', 'speechLanguage', 'subject', 'from', 'id', 'id20'],
  ...['receiptUrl', 'alphabet', 'isUcs2', 'language', 'validSeconds', 'validMilliseconds', 'validMinutes'],
  ...['validHours', 'validUntilUnix'],
]);

const XML = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' } as const;
const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (sign) => XML[sign as keyof typeof XML]);

/** Every value of one message. The returned function throws RangeError for a name that nobody knows. */
export function messageValues(
  message: SmsMessage,
  { variables }: Pick<GatewayTemplate, 'variables'>,
  { secrets, from, subject, receiptUrl, now }: ValueSources,
): ValueOf {
  const { id, recipient, text, code = '', language = 'en', validUntil } = message;
  const { alphabet } = measureSms(text);
  const seconds = Math.max(1, Math.floor((validUntil.getTime() - now.getTime()) / 1000));
  const spoken = code === '' ? text : text.replace(code, [...code].join(', '));
  const values: Record<string, string | number> = {
    to: recipient,
    toDigits: recipient.replace(/^\+/, ''),
    text,
    code,
    spokenXml: escapeXml(spoken),
    speechLanguage: SPEECH[language],
    subject,
    from,
    id,
    id20: createHash('sha256').update(id).digest('hex').slice(0, 20),
    receiptUrl,
    alphabet,
    isUcs2: alphabet === 'ucs-2' ? 1 : 0,
    language,
    validSeconds: seconds,
    validMilliseconds: seconds * 1000,
    validMinutes: Math.ceil(seconds / 60),
    validHours: Math.max(1, Math.ceil(seconds / 3600)),
    validUntilUnix: Math.floor(validUntil.getTime() / 1000),
  };
  for (const [name, byAlphabet] of Object.entries(variables)) values[name] = byAlphabet[alphabet];
  return (name) => {
    const value = name.startsWith('secret:') ? secrets.get(name.slice('secret:'.length)) : values[name];
    if (value === undefined) throw new RangeError(`no value ${name}`);
    return value;
  };
}
