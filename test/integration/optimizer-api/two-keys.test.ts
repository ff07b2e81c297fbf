import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ZodType, z } from 'zod';
import { API_ROUTES } from '../../../src/optimizer-api/routes/index.ts';
import type { ApiRoute } from '../../../src/optimizer-api/routes/route.ts';
import { jsonLines, oneshot } from '../command-line.ts';
import { ApiClient, corpus, formOf, newSigner, type Response } from './client.ts';
import { type OptimizerProcess, startOptimizer } from './optimizer-process.ts';

/**
 * Two applications on one API. For every call of the route table that names something, in its path or in its body,
 * the second one naming what the first one made is answered as if it had named nothing that exists.
 */

const CODE = { secret: '000000' };
const PICTURE = join(import.meta.dirname, '../../conformance/handwriting.png');
const PREFIXES = { classic: '/api/v1', newer: '/oneshot/api/v1' } as const;
type DialectName = keyof typeof PREFIXES;

let data: string;
let optimizer: OptimizerProcess;
/** The last two try every field of every body, so that nothing of theirs stays as it was. */
type Application = 'first' | 'second' | 'third' | 'fourth';
let keys: Record<Application, string>;
let made: Made;

/** What an application made, each under the name of the path parameter or body field that may hold it. */
interface Made {
  readonly pks: readonly number[];
  readonly uids: readonly string[];
  readonly token: string;
  readonly metadata: string;
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'two-keys-'));
  keys = {
    first: await makeKey('first'),
    second: await makeKey('second'),
    third: await makeKey('third'),
    fourth: await makeKey('fourth'),
  };
  optimizer = await startOptimizer({ data, args: ['--sandbox', '--fixed-otp', '000000'] });
  made = await makeEverything(client('first'));
}, 60_000);
afterAll(async () => {
  await optimizer?.stop();
  await rm(data, { recursive: true, force: true });
});

async function makeKey(name: string): Promise<string> {
  const [line] = jsonLines(await oneshot(['api-key', name, '--data', data, '--json']));
  return String(line?.key);
}

class KeyedClient extends ApiClient {
  readonly #key: string;

  constructor(url: string, key: string, prefix?: string) {
    super(url, prefix);
    this.#key = key;
  }

  override async call(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string>), 'x-api-key': this.#key };
    const response = await fetch(`${this.base}${path}`, { method, ...init, headers });
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const text = await response.text();
    return { http: response.status, body: isJson && text !== '' ? JSON.parse(text) : `${text.length} bytes` };
  }
}

const client = (who: Application, dialect: DialectName = 'classic'): KeyedClient =>
  new KeyedClient(optimizer.url, keys[who], PREFIXES[dialect]);

async function makeEverything(of: ApiClient): Promise<Made> {
  const token = await of.token();
  const plain = await of.readyToSign(corpus('pdftex.pdf'));
  const signed = await of.readyToSign(corpus('libreoffice.pdf'));
  expect((await of.post(`/sign/${signed.pk}`, CODE)).http).toBe(200);
  const asynchronous = await of.readyToSign(corpus('pdftex.pdf'), { useasync: true });
  const video = (await of.post('/videoid', newSigner())).body.details;
  const image: string = (await of.upload('/image', { image: PICTURE })).body.details;
  const metadata: string = (await of.post('/metadata', { metadata: 'AAAA', metadata_oid: '1.2.3' })).body
    .details.metadata;
  expect((await of.post('/settings', { billing: { billing_username: 'planted-billing' } })).http).toBe(200);
  return {
    pks: [plain.pk, signed.pk, asynchronous.pk, video.request_pk, video.videoid_pk],
    uids: [plain.uid, signed.uid, asynchronous.uid, image],
    token,
    metadata,
  };
}

/** Everything that one application sees, as text; times of this machine apart. */
async function everythingOf(of: ApiClient, { pks, uids, metadata, token }: Made): Promise<string> {
  const paths = [
    ...[
      '/tokens',
      '/requests',
      '/images',
      '/metadata',
      '/settings',
      `/token/${token}`,
      `/metadata/${metadata}`,
    ],
    ...pks.flatMap((pk) => [`/request/${pk}`, `/documents/${pk}`, `/async/status/${pk}`]),
    ...pks.flatMap((pk) =>
      uids.flatMap((uid) => [`/document/${pk}/original/${uid}`, `/document/${pk}/signed/${uid}`]),
    ),
    ...uids.map((uid) => `/image/${uid}`),
  ];
  const responses: Record<string, Response> = {};
  for (const path of paths) responses[path] = await of.get(path);
  return JSON.stringify(responses, null, 1);
}

/** Same shape, and nobody ever made it. */
const NOBODYS = {
  pk: ['1234567890', '1999999999', '7'],
  uid: ['00000000-0000-4000-8000-000000000000'],
  token: ['0123456789abcdef0123456789abcdef', '01234567-89ab-cdef-0123-456789abcdef'],
  metadata: ['fedcba9876543210fedcba9876543210'],
} as const;

const asUuid = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Of each kind of id: those of the first application, and those of nobody. */
const ids = (): Record<keyof typeof NOBODYS, { theirs: readonly string[]; nobodys: readonly string[] }> => ({
  pk: { theirs: made.pks.map(String), nobodys: NOBODYS.pk },
  uid: { theirs: made.uids, nobodys: NOBODYS.uid },
  token: { theirs: [made.token, asUuid(made.token)], nobodys: NOBODYS.token },
  metadata: { theirs: [made.metadata], nobodys: NOBODYS.metadata },
});

/** What a parameter of a path names; a new one has to be said here. */
function kindsOf(route: ApiRoute, parameter: string): readonly (keyof typeof NOBODYS)[] | 'word' {
  if (parameter === 'pk') return ['pk'];
  if (parameter === 'uid') return route.tag === 'tokens' ? ['token'] : ['uid'];
  if (parameter === 'id') return ['metadata'];
  if (parameter === 'type') return 'word';
  throw new Error(`what :${parameter} of ${route.name} names is not known to this test`);
}

interface PathPair {
  readonly theirs: string;
  readonly nobodys: string;
  /** What stands for what in the responses. */
  readonly replaced: readonly (readonly [string, string])[];
}

/** A path with the ids of the first application, and the same with those of nobody. */
function pathPairs(route: ApiRoute, path: string): PathPair[] {
  let pairs: PathPair[] = [{ theirs: path, nobodys: path, replaced: [] }];
  for (const [, name = ''] of path.matchAll(/:(\w+)/g)) {
    const kinds = kindsOf(route, name);
    if (kinds === 'word') {
      const fill = (text: string, word: string) => text.replace(`:${name}`, word);
      pairs = pairs.flatMap((pair) =>
        ['original', 'signed'].map((word) => ({
          ...pair,
          theirs: fill(pair.theirs, word),
          nobodys: fill(pair.nobodys, word),
        })),
      );
      continue;
    }
    pairs = pairs.flatMap((pair) =>
      kinds.flatMap((kind) =>
        ids()[kind].theirs.map((id) => {
          const [shape = '', other = shape] = ids()[kind].nobodys;
          const nobodys = kind === 'token' && id.includes('-') ? other : shape;
          return {
            theirs: pair.theirs.replace(`:${name}`, id),
            nobodys: pair.nobodys.replace(`:${name}`, nobodys),
            replaced: [...pair.replaced, [id, nobodys] as const],
          };
        }),
      ),
    );
  }
  return pairs;
}

/** The response with what was named taken out: what is left has to be the same. */
function withoutNames(answer: Response, names: readonly string[]): string {
  let text = JSON.stringify(answer);
  // Some answers repeat the beginning only.
  const said = names.flatMap((name) => [name, name.slice(0, 20)]);
  for (const name of said.sort((a, b) => b.length - a.length)) text = text.replaceAll(name, '<named>');
  return text;
}

/** A form, where a route takes one. */
function bodyOf(route: ApiRoute): RequestInit {
  if (route.body === undefined) return {};
  if (route.body.media[0] === 'multipart/form-data' && route.body.media.length === 1) {
    return { body: formOf({ file: corpus('pdftex.pdf') }) };
  }
  return json(route.name === 'sign' ? CODE : {});
}

const json = (body: unknown): RequestInit => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

const NAMING = API_ROUTES.filter((route) =>
  [...route.classic, ...route.newer].some((path) => path.includes(':')),
);

describe.each(['classic', 'newer'] as const)('the %s dialect: an id of somebody else', (dialect) => {
  it.each(NAMING.filter((route) => route[dialect].length > 0).map((route) => [route.name, route] as const))(
    'in the path of %s is answered as one that does not exist',
    async (_name, route) => {
      const second = client('second', dialect);
      for (const path of route[dialect]) {
        for (const pair of pathPairs(route, path)) {
          const responses: Record<string, string> = {};
          for (const which of ['theirs', 'nobodys'] as const) {
            const names = pair.replaced.map(([their, nobodys]) => (which === 'theirs' ? their : nobodys));
            const answer = await second.call(route.method, pair[which], bodyOf(route));
            responses[which] = withoutNames(answer, names);
            expect(answer.http, pair[which]).toBeGreaterThanOrEqual(400);
          }
          expect(responses.theirs, pair.theirs).toBe(responses.nobodys);
        }
      }
    },
    60_000,
  );
});

describe('two applications', () => {
  it('see nothing of each other in any list', async () => {
    const listing = API_ROUTES.filter(
      ({ method, classic: [path = ':'] }) => method === 'GET' && !path.includes(':'),
    );
    expect(listing.map(({ name }) => name)).toContain('listRequests');
    const known = [
      ...made.pks.map(String),
      ...made.uids,
      made.token,
      asUuid(made.token),
      made.metadata,
      'planted',
    ];
    for (const { classic, newer } of listing) {
      for (const [dialect, [path = '']] of [['classic', classic] as const, ['newer', newer] as const]) {
        const { body } = await client('second', dialect).get(path);
        for (const id of known) expect(JSON.stringify(body), `${path}: ${id}`).not.toContain(id);
      }
    }
    const paged = await client('second').get(`/requests?after=${Math.min(...made.pks) - 1}&limit=50`);
    for (const pk of made.pks) expect(paged.body.details).not.toHaveProperty(String(pk));
  });

  it('cannot remove, change or sign what the other made', async () => {
    const before = await everythingOf(client('first'), made);
    const second = client('second');
    for (const route of API_ROUTES) {
      for (const path of route.classic) {
        for (const { theirs } of pathPairs(route, path)) {
          if (!theirs.includes('undefined')) await second.call(route.method, theirs, bodyOf(route));
        }
      }
    }
    expect(await everythingOf(client('first'), made)).toBe(before);
    expect(before).toContain('planted-billing');
  }, 120_000);

  it('may be the same officer', async () => {
    const officer = { username: 'officer', password: 'sandbox-password', pin: '482913', env: 'sandbox' };
    const [one, other] = [
      await client('first').post('/token', officer),
      await client('second').post('/token', officer),
    ];
    expect(other.http).toBe(one.http);
  });

  it('get numbers that say nothing of those of the other', async () => {
    const pks: number[] = [];
    for (let count = 0; count < 6; count++) pks.push(await client(count % 2 ? 'first' : 'second').request());
    const gaps = pks.slice(1).map((pk, index) => Math.abs(pk - (pks[index] ?? 0)));
    expect(Math.min(...gaps)).toBeGreaterThan(1000);
    expect(pks).not.toEqual([...pks].sort((a, b) => a - b));
    for (const pk of pks) expect(String(pk)).toMatch(/^[12]\d{9}$/);
  });
});

/** Each place of a body that holds text or anything, as a path of names. */
function places(schema: ZodType): string[][] {
  const walk = (part: Record<string, unknown>, at: string[]): string[][] => {
    const properties = Object.entries((part.properties ?? {}) as Record<string, Record<string, unknown>>);
    const inner = properties.flatMap(([name, value]) => walk(value, [...at, name]));
    const variants = [...((part.anyOf ?? []) as Record<string, unknown>[])].flatMap((one) => walk(one, at));
    const below = [...inner, ...variants];
    return below.length > 0 || at.length === 0 ? below : [at];
  };
  const all = walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), []);
  return [...new Map(all.map((place) => [place.join('.'), place])).values()];
}

function withValue(base: object, [name = '', ...rest]: string[], value: string): object {
  const inner = (base as Record<string, unknown>)[name];
  return {
    ...base,
    [name]:
      rest.length === 0 ? value : withValue(typeof inner === 'object' && inner ? inner : {}, rest, value),
  };
}

describe.each(['classic', 'newer'] as const)('the %s dialect: an id of somebody else', (dialect) => {
  const WITH_JSON = API_ROUTES.filter(
    (route) => route[dialect].length > 0 && route.body?.media.includes('application/json'),
  );
  const caller = dialect === 'classic' ? 'third' : 'fourth';
  let own: { pk: number; uid: string };

  beforeAll(async () => {
    own = await client(caller).readyToSign(corpus('pdftex.pdf'));
  }, 30_000);

  /** As complete as it takes to come to what a field names, and never so complete that something is made. */
  const baseOf = (route: ApiRoute): object => {
    switch (route.name) {
      case 'createRequest':
        // The signer is missing: the officer is looked for before.
        return {};
      case 'sign':
        return dialect === 'classic'
          ? { secret: '999999', options: { [own.uid]: { position: '1,1,9,9', page: 0 } } }
          : { secret: '999999', signature: { appearance: { position: '1,1,9,9', page: 0 } } };
      case 'refuse':
        return { reason: 'no' };
      default:
        return {};
    }
  };

  it.each(WITH_JSON.map((route) => [route.name, route] as const))(
    'anywhere in the body of %s is answered as one that does not exist',
    async (_name, route) => {
      if (route.body === undefined) return;
      const second = client(caller, dialect);
      const schema = (dialect === 'newer' && route.body.newer) || route.body.classic;
      const path = (route[dialect][0] ?? '').replace(':pk', String(own.pk));
      const extra = route.name === 'sign' && dialect === 'classic' ? [['options', own.uid, 'image']] : [];
      for (const place of [...places(schema), ...extra]) {
        for (const kind of ['pk', 'uid', 'token', 'metadata'] as const) {
          const { theirs, nobodys } = ids()[kind];
          const [nobody = ''] = nobodys;
          const ask = async (id: string): Promise<string> => {
            const body = withValue(baseOf(route), place, id);
            const answer = withoutNames(await second.call(route.method, path, json(body)), [id]);
            // What it makes has a name of its own.
            return answer.replaceAll(/[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<new>');
          };
          // What a call may well do with any text (a setting, a reason) it does with both.
          const [their = ''] = theirs;
          expect(await ask(their), `${place.join('.')}: ${kind}`).toBe(await ask(nobody));
        }
      }
      if (route.name === 'sign' && dialect === 'classic') {
        const [theirDocument = ''] = made.uids;
        const [nobody] = NOBODYS.uid;
        const ask = async (id: string): Promise<string> =>
          withoutNames(
            await second.call(route.method, path, json({ ...CODE, options: { [id]: { page: 0 } } })),
            [id],
          );
        expect(await ask(theirDocument)).toBe(await ask(nobody));
      }
    },
    120_000,
  );
});
