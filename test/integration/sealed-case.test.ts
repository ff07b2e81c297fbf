import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OssError } from '../../src/contract/errors.ts';
import { possibleSigners, signerState } from '../../src/contract/model/case.ts';
import { type SigningService, verifyFile } from '../../src/optimizer/index.ts';
import { certificatesFromPem } from '../../src/pki/index.ts';
import { startRecordingRelay } from '../support/recording-relay.ts';
import { declineNext, newCase, person, signNext, visibleIn } from './co-signing.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { Station } from './station.ts';

const DOCUMENTS = ['libreoffice.pdf', 'chromium.pdf'].map((name) =>
  join(import.meta.dirname, '../corpus', name),
);
const BANK = 'SANDBOX Bank - NOT QUALIFIED';

let sandbox: Sandbox;
let directory: string;
beforeAll(async () => {
  sandbox = await startSandbox();
  directory = await mkdtemp(join(tmpdir(), 'sealed-case-'));
});
afterAll(async () => {
  await sandbox.close();
  await rm(directory, { recursive: true });
});

const open = (name: string, inPlaceOf?: (service: SigningService) => SigningService): Promise<Station> =>
  Station.open({
    serviceUrl: sandbox.url,
    anchor: sandbox.anchor,
    directory: join(directory, name),
    ...(inPlaceOf && { inPlaceOf }),
  });

const sealOf = async (station: Station) => ({
  ...(await station.optimizer.sealSigner()),
  documents: DOCUMENTS.map((_, document) => ({ document, options: visibleIn(3) })),
});

async function signersIn(path: string): Promise<(string | undefined)[]> {
  const report = await verifyFile(path, { anchors: certificatesFromPem(sandbox.anchor), at: new Date() });
  expect(report.signatures.map(({ verdict }) => verdict)).toEqual(report.signatures.map(() => 'valid'));
  return report.signatures.map(({ signer }) => signer);
}

describe('the seal of the bank in a case', () => {
  it('comes after the people in any order too, and leaves alone what nobody has signed', async () => {
    const station = await open('last');
    const { optimizer } = station;
    const { id } = await newCase(station, ['Ada', 'Bea'], DOCUMENTS, {
      order: 'anyOrder',
      last: [await sealOf(station)],
    });
    expect(possibleSigners(await optimizer.cases.get(id))).toEqual([0, 1]);
    await signNext(station, id, 1, [1]);
    expect(possibleSigners(await optimizer.cases.get(id))).toEqual([0]);
    await declineNext(station, id, 0);
    const sealed = await optimizer.sealCase(id, 2);
    expect(sealed).toMatchObject({ state: 'delivered', seal: 'sandbox-seal', level: 'B-LT' });
    const ended = await optimizer.cases.close(id);
    expect(ended.closed?.outcome).toBe('partly');
    const [loan = '', annex] = ended.closed?.files ?? [];
    expect(await signersIn(loan ?? '')).toEqual(['Bea Lovelace', BANK]);
    expect(annex).toBeNull();
    expect(await readdir(station.output)).toEqual(['libreoffice-signed.pdf']);
    const [record, ...ofSigners] = await optimizer.cases.evidence(id);
    expect(record?.record.content).toMatchObject({ signers: [{}, {}, { name: BANK, outcome: 'signed' }] });
    const own = ofSigners
      .map(({ record: { content } }) => content)
      .find((one) => 'signer' in one && one.signer.seal);
    expect(own).toMatchObject({
      outcome: 'signed',
      signer: { name: BANK, seal: 'sandbox-seal', idDocument: { number: 'NTRXX-SANDBOX' } },
      codes: [],
      documents: [{ deliveredAs: expect.any(String) }, { refused: true }],
      certificate: { subject: expect.stringContaining('organizationIdentifier=NTRXX-SANDBOX') },
    });
    await station.close();
  });

  it('is not set where everybody declined', async () => {
    const station = await open('nobody');
    const { id } = await newCase(station, ['Ada'], DOCUMENTS, { last: [await sealOf(station)] });
    await declineNext(station, id, 0);
    await expect(station.optimizer.sealCase(id, 1)).rejects.toMatchObject({ code: 'OSS_CASE_STATE' });
    const record = await station.optimizer.cases.get(id);
    expect(record.signers.map(signerState)).toEqual(['declined', 'waiting']);
    await station.close();
  });

  it('comes first where the case says so, and may certify for those who sign after it', async () => {
    const station = await open('first');
    const { optimizer } = station;
    const seal = await sealOf(station);
    const ada = { identity: person('Ada') };
    const { id } = await newCase(station, [], DOCUMENTS, { signers: [seal, ada], certification: 2 });
    await optimizer.sealCase(id, 0);
    await signNext(station, id, 1);
    const { closed } = await optimizer.cases.get(id);
    expect(await signersIn(closed?.files?.[0] ?? '')).toEqual([BANK, 'Ada Lovelace']);
    await station.close();
  });

  it('is set once more where the answer was lost, as at every start', async () => {
    let isLost = true;
    const lossy = (own: SigningService): SigningService =>
      like(own, {
        seals: {
          list: () => own.seals?.list() ?? Promise.resolve([]),
          check: async () => undefined,
          signer(id) {
            const signer = own.seals?.signer(id) ?? own;
            return like(signer, {
              async sign(...call) {
                const answer = await signer.sign(...call);
                if (isLost) throw new OssError('OSS_SERVICE_TIMEOUT');
                return answer;
              },
            });
          },
        },
      });
    const station = await open('lost', lossy);
    const { id } = await newCase(station, ['Ada'], DOCUMENTS, { last: [await sealOf(station)] });
    await signNext(station, id, 0);
    await expect(station.optimizer.sealCase(id, 1)).rejects.toMatchObject({ code: 'OSS_SERVICE_TIMEOUT' });
    isLost = false;
    await station.optimizer.resume();
    const { signers, closed } = await station.optimizer.cases.get(id);
    expect(signers.map(signerState)).toEqual(['signed', 'signed']);
    expect(await signersIn(closed?.files?.[0] ?? '')).toEqual(['Ada Lovelace', BANK]);
    await station.close();
  });

  it('that the service does not offer is refused before anything is written', async () => {
    const station = await open('unknown');
    const { optimizer } = station;
    await expect(optimizer.sealSigner('another')).rejects.toMatchObject({
      code: 'OSS_SEAL_NOT_OFFERED',
      details: { offered: ['sandbox-seal'] },
    });
    await station.close();
  });
});

it('sends no byte of a document to be sealed', async () => {
  const relay = await startRecordingRelay(sandbox.url);
  const station = await Station.open({
    serviceUrl: `http://127.0.0.1:${relay.port}`,
    anchor: sandbox.anchor,
    directory: join(directory, 'capture'),
  });
  const [path = ''] = DOCUMENTS;
  const { id } = await newCase(station, [], [path], { last: [await station.optimizer.sealSigner()] });
  await station.optimizer.sealCase(id, 0);
  await station.close();
  await relay.close();
  const document = await readFile(path);
  const sent = Buffer.concat(relay.recorded().sent);
  expect(sent.includes('/v1/seals/sandbox-seal/sign')).toBe(true);
  for (let at = 0; at + 32 <= document.length; at += 32) {
    const part = document.subarray(at, at + 32);
    expect(sent.includes(part) || sent.includes(part.toString('base64').slice(0, 40))).toBe(false);
  }
});

/** The same service, with something else in place of some of its parts. */
const like = (service: SigningService, change: Partial<SigningService>): SigningService => ({
  describe: () => service.describe(),
  logIn: () => service.logIn(),
  sendOtp: (...call) => service.sendOtp(...call),
  sign: (...call) => service.sign(...call),
  storedResponse: (...call) => service.storedResponse(...call),
  cancel: (id) => service.cancel(id),
  certificates: service.certificates,
  registration: service.registration,
  ...(service.sandboxInbox && { sandboxInbox: service.sandboxInbox }),
  ...(service.seals && { seals: service.seals }),
  close: () => service.close(),
  ...change,
});
