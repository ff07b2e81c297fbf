/** Names as their owners write them, in scripts with shaping rules of their own; for tests that look at print. */
import { copyFileSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface WrittenName {
  readonly script: string;
  readonly givenName?: string;
  readonly surname1?: string;
}

export const NAMES_OF_SCRIPTS: readonly WrittenName[] = [
  { script: 'Latin', givenName: 'Łucja', surname1: 'Żółć-Gżegżółka' },
  { script: 'Vietnamese', givenName: 'Thị Thuỳ Dương', surname1: 'Nguyễn' },
  { script: 'Greek', givenName: 'Ελένη', surname1: 'Παπαδοπούλου' },
  { script: 'Cyrillic', givenName: 'Екатерина', surname1: 'Щербакова' },
  { script: 'Armenian', givenName: 'Արմեն', surname1: 'Հակոբյան' },
  { script: 'Georgian', givenName: 'გიორგი', surname1: 'მაისურაძე' },
  { script: 'Thai', givenName: 'สมชาย', surname1: 'ศรีสุขเจริญน้ำ' },
  { script: 'Arabic', givenName: 'محمد', surname1: 'الأحمد' },
  { script: 'Persian', givenName: 'علی\u200cرضا', surname1: 'پژمان' },
  { script: 'Hebrew', givenName: 'דוד', surname1: 'בן־גוריון' },
  { script: 'Devanagari', givenName: 'श्रीनिवास', surname1: 'क्षत्रिय' },
  { script: 'Marathi', givenName: 'हृषिकेश', surname1: 'बर्\u200dवे' },
  { script: 'Han', givenName: '小明', surname1: '王' },
  { script: 'Kana', givenName: 'さくら', surname1: 'タナカ' },
  { script: 'Hangul', givenName: '철수', surname1: '김' },
];

const FONTS = [
  '@expo-google-fonts/yusei-magic/400Regular/YuseiMagic_400Regular.ttf',
  '@expo-google-fonts/gugi/Gugi_400Regular.ttf',
];

/** A folder as an operator makes it for Chinese, Japanese and Korean. */
export function folderWithLargeFonts(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fonts-'));
  const { resolve } = createRequire(import.meta.url);
  for (const [index, font] of FONTS.entries()) copyFileSync(resolve(font), join(folder, `${index}.ttf`));
  return folder;
}
