/** The scripts that a character is used in (Unicode UAX #24). */

/** ISO 15924 codes of the scripts of Unicode 15, those that most people write first. */
const SCRIPT_CODES =
  'Latn Grek Cyrl Arab Hebr Hani Hira Kana Hang Deva Thai Armn Geor Beng Taml Telu Gujr Guru Knda Mlym Orya Sinh ' +
  'Khmr Laoo Mymr Tibt Ethi Mong Syrc Thaa Nkoo Bopo Cher Cans Copt Tfng Yiii Adlm Aghb Ahom Armi Avst Bali Bamu ' +
  'Bass Batk Bhks Brah Brai Bugi Buhd Cakm Cari Cham Chrs Cpmn Cprt Diak Dogr Dsrt Dupl Egyp Elba Elym Glag Gong ' +
  'Gonm Goth Gran Hano Hatr Hluw Hmng Hmnp Hung Ital Java Kali Kawi Khar Khoj Kits Kthi Lana Lepc Limb Lina Linb ' +
  'Lisu Lyci Lydi Mahj Maka Mand Mani Marc Medf Mend Merc Mero Modi Mroo Mtei Mult Nagm Nand Narb Nbat Newa Nshu ' +
  'Ogam Olck Orkh Osge Osma Ougr Palm Pauc Perm Phag Phli Phlp Phnx Plrd Prti Rjng Rohg Runr Samr Sarb Saur Sgnw ' +
  'Shaw Shrd Sidd Sind Sogd Sogo Sora Soyo Sund Sylo Tagb Takr Tale Talu Tang Tavt Tglg Tirh Tnsa Toto Ugar Vaii ' +
  'Vith Wara Wcho Xpeo Xsux Yezi Zanb';

const SCRIPTS: readonly (readonly [code: string, pattern: RegExp])[] = SCRIPT_CODES.split(' ').map((code) => [
  code,
  new RegExp(`^\\p{Script_Extensions=${code}}$`, 'u'),
]);

/** More distinct characters than the names of a day hold; text from outside must not fill the memory. */
const MAX_REMEMBERED = 4096;
const remembered = new Map<string, readonly string[]>();

/**
 * Script_Extensions of one code point; empty for Common and Inherited, which go with any script, and for what
 * Unicode has not assigned.
 */
export function scriptsOf(codePoint: string): readonly string[] {
  const known = remembered.get(codePoint);
  if (known) return known;
  const scripts = SCRIPTS.filter(([, pattern]) => pattern.test(codePoint)).map(([code]) => code);
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(codePoint, scripts);
  return scripts;
}
