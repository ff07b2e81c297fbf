/** Zones that clients write and the tz database does not know. */
const ZONE_ALIASES: Readonly<Record<string, string>> = { 'Europe/Barcelona': 'Europe/Madrid' };

/** A usable time zone, whatever a client wrote: UTC rather than a failure. */
export function zoneOf(name: string | undefined): string {
  if (name === undefined) return 'UTC';
  const zone = ZONE_ALIASES[name] ?? name;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

interface ZonedParts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

function zoned(at: Date, timeZone: string): ZonedParts {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const { year = '', month = '', day = '', hour = '', minute = '', second = '' } = parts;
  return { year, month, day, hour, minute, second };
}

/** `+0100`. */
function offsetOf(at: Date, timeZone: string): string {
  const { year, month, day, hour, minute, second } = zoned(at, timeZone);
  const local = Date.UTC(+year, +month - 1, +day, +hour, +minute, +second);
  const minutes = Math.round((local - Math.floor(at.getTime() / 1000) * 1000) / 60_000);
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

const named = (at: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(at);

/** The conversions of strftime that make sense for an instant; others stay as they are written. */
export function formatDate(at: Date, format: string, timeZone: string): string {
  const { year, month, day, hour, minute, second } = zoned(at, timeZone);
  const hour12 = String(+hour % 12 || 12).padStart(2, '0');
  const conversions: Readonly<Record<string, string>> = {
    Y: year,
    y: year.slice(-2),
    m: month,
    d: day,
    e: String(+day).padStart(2, ' '),
    H: hour,
    I: hour12,
    M: minute,
    S: second,
    f: `${String(at.getUTCMilliseconds()).padStart(3, '0')}000`,
    p: +hour < 12 ? 'AM' : 'PM',
    F: `${year}-${month}-${day}`,
    T: `${hour}:${minute}:${second}`,
    R: `${hour}:${minute}`,
    D: `${month}/${day}/${year.slice(-2)}`,
    a: named(at, timeZone, { weekday: 'short' }),
    A: named(at, timeZone, { weekday: 'long' }),
    b: named(at, timeZone, { month: 'short' }),
    B: named(at, timeZone, { month: 'long' }),
    z: offsetOf(at, timeZone),
    Z: timeZone === 'UTC' ? 'UTC' : offsetOf(at, timeZone),
    '%': '%',
  };
  return format.replace(/%([a-zA-Z%])/g, (written, letter: string) => conversions[letter] ?? written);
}
