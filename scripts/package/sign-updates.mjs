// Signs what tells stations of a new version: `node scripts/package/sign-updates.mjs KEY.pem [PERCENT] [FOLDER]`, after
// `npm run package` with ONESHOT_UPDATES. KEY is an Ed25519 private key (`openssl genpkey -algorithm ed25519`); PERCENT
// of the computers get the version first. The policy of the computers holds the public key.
import { createPrivateKey, sign } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../run.mjs';

/** The same in src/main/updates/update-signature.ts. @param {string} name @param {string} text */
const signedBytes = (name, text) => Buffer.from(`one-shot update ${name}\n${text}`);

/**
 * @param {string} folder with the files that electron-builder wrote
 * @param {string} keyPem
 * @param {number} [percent] 1 to 100
 * @returns {string[]} names of the files that are signed now
 */
export function signUpdates(folder, keyPem, percent) {
  const key = createPrivateKey(keyPem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('the key has to be an Ed25519 key');
  const names = readdirSync(folder).filter(
    (name) => /^[a-z0-9-]+\.yml$/.test(name) && !name.startsWith('builder-'),
  );
  for (const name of names) {
    const path = join(folder, name);
    const plain = readFileSync(path, 'utf8').replace(/^stagingPercentage:.*\n/m, '');
    const text = percent === undefined ? plain : `${plain.trimEnd()}\nstagingPercentage: ${percent}\n`;
    writeFileSync(path, text);
    writeFileSync(`${path}.sig`, `${sign(null, signedBytes(name, text), key).toString('base64')}\n`);
  }
  return names;
}

if (process.argv[1] === import.meta.filename) {
  const [keyFile, percent, folder = join(ROOT, 'dist')] = process.argv.slice(2);
  if (keyFile === undefined || (percent !== undefined && !/^([1-9]\d?|100)$/.test(percent))) {
    console.error('node scripts/package/sign-updates.mjs KEY.pem [PERCENT] [FOLDER]');
    process.exitCode = 2;
  } else {
    const staged = percent === undefined ? undefined : Number(percent);
    for (const name of signUpdates(folder, readFileSync(keyFile, 'utf8'), staged))
      console.log(`signed: ${name}`);
  }
}
