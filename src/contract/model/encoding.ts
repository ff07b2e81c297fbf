import { z } from 'zod';

/** Bytes on a JSON wire: base64 with padding (RFC 4648 §4). Sizes are bounded by the caller with `max`. */
export const base64Bytes = (maxBytes: number) =>
  z
    .base64()
    .min(4)
    .max(Math.ceil(maxBytes / 3) * 4);

/** A SHA-256 digest in base64: 32 bytes are always 44 characters. */
export const sha256Base64 = z.base64().length(44, 'A SHA-256 digest has 32 bytes (44 base64 characters).');

/** An instant in UTC with whole seconds, as PDF dates and certificates carry it: 2026-01-31T10:20:30Z. */
export const utcSeconds = z.iso.datetime({
  precision: 0,
  message: 'A UTC time with whole seconds, e.g. 2026-01-31T10:20:30Z.',
});

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
export const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

/** Drops the milliseconds: PDF dates, certificates and time stamps of this product count whole seconds. */
export const wholeSeconds = (time: Date): Date => new Date(Math.floor(time.getTime() / 1000) * 1000);

export const toUtcSeconds = (time: Date): string => wholeSeconds(time).toISOString().replace('.000Z', 'Z');
