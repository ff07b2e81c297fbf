import { createPublicKey, verify } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { KEY_ALGORITHMS } from '../../src/contract/model/key-algorithm.ts';
import type { Signer } from '../../src/pki/index.ts';
import { keyStoreConfigSchema, type Pkcs11Config } from '../../src/service/keys/config.ts';
import { openPkcs11KeyStore } from '../../src/service/keys/pkcs11/open.ts';
import type { Pkcs11KeyStore } from '../../src/service/keys/pkcs11/pkcs11-key-store.ts';
import { describeWithJudge } from '../conformance/judges/at-hand.ts';
import { makeSoftToken, type RemoteToken, remoteTokenOf, type SoftToken } from '../support/softhsm.ts';

let token: SoftToken;
let remote: RemoteToken | undefined;
const stores: Pkcs11KeyStore[] = [];
beforeEach(async () => {
  token = await makeSoftToken();
});
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  await remote?.kill();
  remote = undefined;
  await token.remove();
});

function open(more: object = {}): Pkcs11KeyStore {
  const config = keyStoreConfigSchema.parse({
    type: 'pkcs11',
    module: token.module,
    uri: token.uri,
    sessions: 4,
    ...more,
  });
  const store = openPkcs11KeyStore(config as Pkcs11Config, () => undefined);
  stores.push(store);
  return store;
}

const data = Buffer.from('signed attributes');
async function signs(signer: Signer): Promise<boolean> {
  const key = createPublicKey({ key: Buffer.from(signer.publicKeySpki), format: 'der', type: 'spki' });
  return verify('sha256', data, key, await signer.sign(data));
}
const AWAY = { code: 'OSS_KEYS_UNAVAILABLE' };

describeWithJudge('SoftHSM', 'keys of the authorities in a token', () => {
  it.each(KEY_ALGORITHMS)(
    '%s: made, found by another process, signs; OpenSSL verifies it',
    async (algorithm) => {
      const made = await open().create('issuing', algorithm);
      const found = await open().load('issuing');
      expect(Buffer.from(found?.publicKeySpki ?? [])).toEqual(Buffer.from(made.publicKeySpki));
      expect(await signs(made)).toBe(true);
      expect(found && (await signs(found))).toBe(true);
    },
  );

  it('says that the key was made there and cannot leave', async () => {
    const store = open();
    await store.create('tsa', 'ecdsa-p256');
    expect(await store.attest('tsa')).toMatchObject({
      token: { label: 'oneshot', manufacturer: 'SoftHSM project' },
      ...{ local: true, sensitive: true, alwaysSensitive: true, extractable: false, neverExtractable: true },
    });
  });

  it('a taken label is refused, an unknown one is absent, all are listed', async () => {
    const store = open();
    await store.create('root', 'ecdsa-p256');
    await expect(store.create('root', 'ecdsa-p256')).rejects.toMatchObject({ code: 'OSS_CONFIG_INVALID' });
    expect(await store.load('issuing')).toBeUndefined();
    expect(await store.list()).toEqual(['root']);
  });

  it('a key of another name is found by the URI of its object', async () => {
    await open().create('bank-ca-2026', 'ecdsa-p256');
    const store = open({ objects: { issuing: 'pkcs11:object=bank-ca-2026' } });
    expect(await signs((await store.load('issuing')) as Signer)).toBe(true);
    expect(await store.list()).toContain('issuing');
  });

  it('a wrong PIN or a token that is not there is the loss of the keys, not of the service', async () => {
    await expect(open({ uri: token.uri.replace('=oneshot', '=other') }).list()).rejects.toMatchObject(AWAY);
    await expect(
      open({ uri: token.uri.replace(/file:.*/, 'file:/etc/hostname') }).list(),
    ).rejects.toMatchObject(AWAY);
  });

  it('the line end behind a PIN is no part of it, and an empty file is no try', async () => {
    const pinFile = join(token.folder, 'pin-with-line-end');
    const uri = token.uri.replace(/file:.*/, `file:${pinFile}`);
    await writeFile(pinFile, '\r\n');
    await expect(open({ uri }).list()).rejects.toThrow('the file of the PIN is empty');
    for (const end of ['\n', '\r\n']) {
      await writeFile(pinFile, `7531${end}`);
      expect(await open({ uri }).list()).toEqual([]);
    }
  });

  it('a refused PIN is not tried again, which would lock the token; another one in its file is', async () => {
    const pinFile = join(token.folder, 'other-pin');
    await writeFile(pinFile, '1357');
    const store = open({ uri: token.uri.replace(/file:.*/, `file:${pinFile}`) });
    await expect(store.list()).rejects.toThrow('CKR_PIN_INCORRECT');
    for (let tries = 0; tries < 3; tries++) {
      await delay(550);
      await expect(store.list()).rejects.toThrow('not tried again');
    }
    await writeFile(pinFile, '7531');
    await delay(550);
    expect(await store.list()).toEqual([]);
  });

  it('leaves the event loop free, also where an RSA pair is made', async () => {
    const store = open();
    await store.list();
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    await store.create('slow', 'rsa-4096');
    clearInterval(timer);
    expect(longest).toBeLessThan(500);
  });
});

describeWithJudge('SoftHSM', 'single-use keys in the token', () => {
  it('sign at the same time in more sessions than there are, and are gone when they are destroyed', async () => {
    const store = open();
    const keys = await Promise.all(Array.from({ length: 20 }, () => store.generateSingleUse('ecdsa-p256')));
    const verdicts = await Promise.all(keys.flatMap((key) => [signs(key), signs(key)]));
    expect(verdicts.every(Boolean)).toBe(true);
    expect(new Set(keys.map(({ publicKeySpki }) => Buffer.from(publicKeySpki).toString('hex'))).size).toBe(
      20,
    );
    for (const key of keys) key.destroy();
    await expect(keys[0]?.sign(data)).rejects.toMatchObject({ code: 'OSS_INTERNAL' });
    // They are session objects: nothing of them stays in the token.
    expect(await store.list()).toEqual([]);
    expect(await open().list()).toEqual([]);
  });
});

describeWithJudge('SoftHSM', 'a token that is lost', () => {
  it('initialised again elsewhere: the keys are gone, and that is said', async () => {
    const store = open();
    const signer = await store.create('issuing', 'ecdsa-p256');
    expect(await signs(signer)).toBe(true);
    await store.close();
    token.initialiseAgain();
    await expect(signer.sign(data)).rejects.toMatchObject({ code: 'OSS_CONFIG_INVALID' });
    expect(await store.load('issuing')).toBeUndefined();
  });

  it('its process killed: those at work are told, the next ones go on in a new one', async () => {
    const store = open();
    const signer = await store.create('issuing', 'rsa-4096');
    const single = await store.generateSingleUse('ecdsa-p256');
    const { pid } = store;
    const working = Promise.allSettled(Array.from({ length: 30 }, () => signer.sign(data)));
    process.kill(pid as number, 'SIGKILL');
    const outcomes = await working;
    expect(
      outcomes.every((outcome) => outcome.status === 'fulfilled' || outcome.reason.code === AWAY.code),
    ).toBe(true);
    await expect(single.sign(data)).rejects.toMatchObject(AWAY);
    await delay(300);
    expect(await signs(signer)).toBe(true);
    // Its successor counts handles from the beginning: the old one must not open a new key.
    await store.generateSingleUse('ecdsa-p256');
    await expect(single.sign(data)).rejects.toMatchObject(AWAY);
  });

  it('a library that hangs is given up with its process', async () => {
    const store = open();
    const signer = await store.create('issuing', 'ecdsa-p256');
    process.kill(store.pid as number, 'SIGSTOP');
    const begun = performance.now();
    await expect(signer.sign(data)).rejects.toMatchObject(AWAY);
    expect(performance.now() - begun).toBeLessThan(8_000);
    await delay(300);
    expect(await signs(signer)).toBe(true);
  });
});

describeWithJudge('p11-kit', 'a device that dies under load', () => {
  it('fails at once, and signs again by itself when it is back', async () => {
    const device = remoteTokenOf(token);
    remote = device;
    await device.start();
    const store = open({ module: device.module });
    const signer = await store.create('issuing', 'ecdsa-p256');
    const counts = { signed: 0, lost: 0, other: 0 };
    let stop = false;
    const lanes = Array.from({ length: 8 }, async () => {
      while (!stop) {
        try {
          if (await signs(signer)) counts.signed += 1;
          else counts.other += 1;
        } catch (error) {
          if ((error as { code?: string }).code === AWAY.code) counts.lost += 1;
          else counts.other += 1;
          await delay(20);
        }
      }
    });
    await delay(300);
    const before = counts.signed;
    expect(before).toBeGreaterThan(0);
    await device.kill();
    const lostAt = performance.now();
    while (counts.lost === 0 && performance.now() - lostAt < 5_000) await delay(10);
    expect(counts.lost).toBeGreaterThan(0);
    await device.start();
    const after = counts.signed;
    const deadline = performance.now() + 10_000;
    while (counts.signed < after + 50 && performance.now() < deadline) await delay(20);
    stop = true;
    await Promise.all(lanes);
    expect(counts.signed).toBeGreaterThan(after + 49);
    expect(counts.other).toBe(0);
  });
});
