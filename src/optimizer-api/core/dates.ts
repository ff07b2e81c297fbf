/** The ways in which the API writes an instant; all in UTC. */
const digits = (value: number, length = 2): string => String(value).padStart(length, '0');

const parts = (at: Date) => ({
  day: digits(at.getUTCDate()),
  month: digits(at.getUTCMonth() + 1),
  year: digits(at.getUTCFullYear(), 4),
  time: at.toISOString().slice(11, 19),
});

/** `11/11/2019 18:03:07`, of documents. */
export function documentDate(at: Date): string {
  const { day, month, year, time } = parts(at);
  return `${day}/${month}/${year} ${time}`;
}

/** `2021-06-02 02:12:16.369000`, of images. */
export const imageDate = (at: Date): string => at.toISOString().replace('T', ' ').replace('Z', '000');

/** `2021-07-20T08:08:21.132000`, of classic callbacks. */
export const classicDate = (at: Date): string => at.toISOString().replace('Z', '000');

/** `20250715083633`, of newer callbacks. */
export const compactTime = (at: Date): string => at.toISOString().slice(0, 19).replace(/\D/g, '');

/** `20250715 08:36:33`, of certificates. */
export function certificateTime(utc: string): string {
  const { day, month, year, time } = parts(new Date(utc));
  return `${year}${month}${day} ${time}`;
}
