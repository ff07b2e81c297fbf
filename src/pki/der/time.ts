/** UTCTime and GeneralizedTime in the one form that RFC 5280 §4.1.2.5 allows: seconds present, UTC, `Z`. */
import { malformed } from '../errors.ts';
import { TAG } from './tags.ts';

const FORMS: Readonly<Record<number, RegExp>> = {
  [TAG.utcTime]: /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/,
  // RFC 3161 §2.4.2 permits a fraction without trailing zeros.
  [TAG.generalizedTime]: /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d*[1-9]))?Z$/,
};

/** RFC 5280 §4.1.2.5.1: two-digit years from 50 are of the twentieth century. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year >= 50 ? 1900 + year : 2000 + year;
}

/** @throws PkiError `malformed` for any other form and for times that do not exist. */
export function decodeTime(tag: number, content: Uint8Array): Date {
  const text = Buffer.from(content).toString('latin1');
  const match = FORMS[tag]?.exec(text);
  if (!match) throw malformed('time not in the required form');
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = ''] = match;
  const millis = Math.floor(Number(`0.${fraction || '0'}`) * 1000);
  const time = new Date(
    Date.UTC(
      fullYear(year),
      Number(month) - 1,
      Number(day),
      Number(hour),
      Number(minute),
      Number(second),
      millis,
    ),
  );
  // Date.UTC rolls 31 February over; the round trip shows it.
  const canonical = `${month}-${day}T${hour}:${minute}:${second}`;
  if (time.toISOString().slice(5, 19) !== canonical) throw malformed('time does not exist');
  return time;
}

/** `YYYYMMDDHHMMSSZ`; milliseconds are dropped. */
export function generalizedTimeText(time: Date): string {
  return `${time.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
}
