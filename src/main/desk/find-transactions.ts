import { basename } from 'node:path';
import { fullNameOf } from '../../contract/model/identity.ts';
import { plainLetters } from '../../contract/model/plain-letters.ts';
import type { Transaction } from '../../contract/model/transaction.ts';

/** Without what people write numbers with. */
const joined = (text: string): string => plainLetters(text).replaceAll(/[\s.\-/]/g, '');

/**
 * Whether a clerk who types these words means this transaction: each of them in a name, the number of the id document,
 * a document, a delivered file, the reference, or the day as `2026-11-30` or `30/11/2026`.
 */
export function isMeant(transaction: Transaction, words: string): boolean {
  const { identity, documents, delivered = [], otp, createdAt, id } = transaction;
  const day = new Date(createdAt);
  const two = (number: number): string => String(number).padStart(2, '0');
  const [year, month, date] = [String(day.getFullYear()), two(day.getMonth() + 1), two(day.getDate())];
  const texts = [
    fullNameOf(identity),
    ...documents.map(({ name }) => name),
    ...delivered.map((path) => basename(path)),
    id,
    `${year}-${month}-${date}`,
    `${date}/${month}/${year}`,
  ].map(plainLetters);
  const numbers = [identity.idDocument.number, otp?.reference ?? ''].map(joined);
  return plainLetters(words)
    .split(/\s+/)
    .filter((word) => word !== '')
    .every(
      (word) =>
        texts.some((text) => text.includes(word)) ||
        numbers.some((number) => number !== '' && number.includes(joined(word)) && joined(word) !== ''),
    );
}
