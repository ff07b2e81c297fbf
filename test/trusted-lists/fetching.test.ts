import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeTrustedLists, refreshTrustedLists, workInPlace } from '../../src/optimizer/index.ts';
import { toPem } from '../../src/pki/index.ts';
import { oneshot } from '../integration/command-line.ts';
import { certify } from '../support/own-pki/certificates.ts';
import { type ListPlan, listSigner, makeList } from '../support/trusted-lists/make-list.ts';

const DAY = 24 * 3600 * 1000;
const journal = listSigner('Official Journal');
const successor = listSigner('Successor');
const spain = listSigner('Scheme Operator ES');
const france = listSigner('Scheme Operator FR');
const stranger = listSigner('Somebody');
const service = { identity: certify({ name: 'Trusted CA' }) };

/** What the servers of this Union have, by path. */
const served = new Map<string, string>();
const asked: string[] = [];
let server: Server;
let base: string;
let folder: string;

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const body = served.get(url);
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => server.close(done)));
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'oss-fetched-')), 'trusted-lists');
  served.clear();
  asked.length = 0;
});

const POINTERS = [
  { territory: 'EU', signers: [journal.party] },
  { territory: 'ES', signers: [spain.party] },
  { territory: 'FR', signers: [france.party] },
];

function publish({
  listOfLists = {},
  es = {},
  fr = {},
}: Partial<Record<'listOfLists' | 'es' | 'fr', Partial<ListPlan>>> = {}): void {
  const common = { services: [service], server: base };
  served.set(
    '/lotl.xml',
    makeList({ territory: 'EU', signer: journal, server: base, pointers: POINTERS, ...listOfLists }),
  );
  served.set('/ES.xml', makeList({ territory: 'ES', signer: spain, ...common, ...es }));
  served.set('/FR.xml', makeList({ territory: 'FR', signer: france, ...common, ...fr }));
}

const lists = () => ({ folder, pinned: [journal.party.certificate.der] });
const fetchAll = () => refreshTrustedLists(lists(), `${base}/lotl.xml`, workInPlace, () => new Date());
const numbers = async () => {
  const { listOfLists, national } = await describeTrustedLists(lists(), workInPlace, () => new Date());
  return [listOfLists, ...national].map(({ territory, sequenceNumber }) => [territory, sequenceNumber]);
};

describe('fetching the trusted lists', () => {
  it('brings all that the list of lists names, verified, and says when', async () => {
    publish();
    const state = await fetchAll();
    expect(state).toMatchObject({
      listOfLists: { territory: 'EU', sequenceNumber: 1 },
      national: [
        { territory: 'ES', sequenceNumber: 1 },
        { territory: 'FR', sequenceNumber: 1 },
      ],
    });
    expect(JSON.stringify(state)).not.toContain('problem');
    expect((await readdir(folder)).sort()).toEqual([
      'eu-lotl.xml',
      'fetched.json',
      'list-ES.xml',
      'list-FR.xml',
    ]);
    expect(await describeTrustedLists(lists(), workInPlace, () => new Date())).toEqual(state);
  });

  it('replaces lists by newer ones, never by older ones', async () => {
    publish({ es: { sequenceNumber: 7 } });
    await fetchAll();
    publish({ listOfLists: { sequenceNumber: 2 }, es: { sequenceNumber: 6 }, fr: { sequenceNumber: 3 } });
    const { national } = await fetchAll();
    expect(national[0]).toMatchObject({ territory: 'ES', sequenceNumber: 7, problem: 'older' });
    expect(await numbers()).toEqual([
      ['EU', 2],
      ['ES', 7],
      ['FR', 3],
    ]);
    publish();
    expect((await fetchAll()).listOfLists).toMatchObject({ sequenceNumber: 2, problem: 'older' });
    expect(await numbers()).toContainEqual(['EU', 2]);
  });

  it.each<[what: string, change: Parameters<typeof publish>[0], problem: string]>([
    [
      'signed by a stranger',
      { listOfLists: { signer: stranger, sequenceNumber: 9 } },
      'listOfListsNotAuthentic',
    ],
    [
      'out of date',
      { listOfLists: { sequenceNumber: 9, nextUpdate: new Date(Date.now() - DAY) } },
      'listOfListsStale',
    ],
  ])('keeps everything where the list of lists is %s', async (_, change, problem) => {
    publish();
    await fetchAll();
    publish(change);
    expect((await fetchAll()).listOfLists.problem).toBe(problem);
    expect(await numbers()).toEqual([
      ['EU', 1],
      ['ES', 1],
      ['FR', 1],
    ]);
  });

  it('keeps one country where its new list is not authentic, or its server has none', async () => {
    publish();
    await fetchAll();
    publish({ es: { signer: stranger, sequenceNumber: 2 }, fr: { sequenceNumber: 2 } });
    const { national } = await fetchAll();
    expect(national).toMatchObject([
      { territory: 'ES', sequenceNumber: 1, problem: 'listNotAuthentic' },
      { territory: 'FR', sequenceNumber: 2 },
    ]);
    served.delete('/ES.xml');
    expect((await fetchAll()).national[0]).toMatchObject({ sequenceNumber: 1, problem: 'unreachable' });
  });

  it('keeps everything where nobody answers, or what comes is no list', async () => {
    publish();
    await fetchAll();
    for (const body of [undefined, '<html/>', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'x'.repeat(100)]) {
      served.delete('/lotl.xml');
      if (body !== undefined) served.set('/lotl.xml', body);
      expect((await fetchAll()).listOfLists.problem).toBeDefined();
      expect(await numbers()).toHaveLength(3);
    }
  });

  it('goes over the pivots that the list of lists names, where the Official Journal is older than its signer', async () => {
    const pivotPointers = [{ territory: 'EU', signers: [successor.party] }];
    publish({ listOfLists: { signer: successor, sequenceNumber: 300, pivots: [290] } });
    served.set(
      '/eu-lotl-pivot-290.xml',
      makeList({ territory: 'EU', signer: journal, sequenceNumber: 290, pointers: pivotPointers }),
    );
    const { listOfLists } = await fetchAll();
    expect(listOfLists).toMatchObject({ sequenceNumber: 300 });
    expect(listOfLists.problem).toBeUndefined();
    expect(asked).toContain('/eu-lotl-pivot-290.xml');
  });

  it('asks no machine of this network but the one that the administrator named', async () => {
    publish({ listOfLists: { server: base.replace('127.0.0.1', 'localhost') } });
    const { national } = await fetchAll();
    expect(national.map(({ problem }) => problem)).toEqual(['unreachable', 'unreachable']);
    expect(asked).toEqual(['/lotl.xml']);
  });

  it('leaves nothing half done behind: what an interrupted attempt staged is gone with the next one', async () => {
    publish();
    await fetchAll();
    const staging = `${folder}.fetching`;
    await rm(staging, { recursive: true, force: true });
    await fetchAll();
    expect(await readdir(join(folder, '..'))).toEqual(['trusted-lists']);
  });

  it('is a command, which tells of each list and ends with 1 where one is not as it should be', async () => {
    publish();
    const pinned = join(folder, '..', 'journal.pem');
    await writeFile(pinned, toPem(journal.party.certificate.der));
    const run = (...args: string[]) =>
      oneshot(['trusted-lists', ...args, folder, '--lotl-certificates', pinned]);
    const fetched = await run('fetch', '--from', `${base}/lotl.xml`);
    expect(fetched).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/3 lists, fetched .*\n {2}EU: no. 1, until/),
    });
    served.delete('/FR.xml');
    const again = await run('fetch', '--from', `${base}/lotl.xml`, '--json');
    expect(again.code).toBe(1);
    expect(JSON.parse(again.stdout)).toMatchObject({
      national: [{}, { territory: 'FR', problem: 'unreachable' }],
    });
    expect(JSON.parse(await readFile(join(folder, 'fetched.json'), 'utf8'))).toEqual(
      JSON.parse(again.stdout),
    );
  });
});
