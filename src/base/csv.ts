import { shownText } from './untrusted-text.ts';

/**
 * A line of comma-separated values (RFC 4180). A text that a spreadsheet would take for a formula is marked as text:
 * names come from strangers.
 */
export const csvLine = (values: readonly string[]): string => `${values.map(cell).join(',')}\r\n`;

function cell(value: string): string {
  const shown = shownText(value);
  const text = /^\s*[=+\-@|%]/u.test(shown) ? `'${shown}` : shown;
  return /[",\r\n']/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
