import { randomBytes } from 'node:crypto';

/** 128 random bits that nobody can guess, with a prefix that says what they name: req_9f…  */
export const newIdentifier = (prefix: string): string => `${prefix}_${randomBytes(16).toString('hex')}`;
