import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/contract/errors.ts';
import { manifestReference } from '../../src/contract/model/manifest-reference.ts';
import type { OtpSent } from '../../src/contract/model/otp-sent.ts';
import type { Transaction } from '../../src/contract/model/transaction.ts';
import type {
  CreateRequest,
  RequestView,
  SignCall,
  SignResponse,
} from '../../src/contract/service-api/index.ts';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { Station } from '../integration/station.ts';
import { editJson, type ManInTheMiddle, type Mischief, startManInTheMiddle } from './man-in-the-middle.ts';

const DOCUMENTS = ['libreoffice.pdf', 'chromium.pdf'].map((name) => ({
  path: join(import.meta.dirname, '../corpus', name),
}));

let trusted: Sandbox;
let foreign: Sandbox;
let middle: ManInTheMiddle;
let directory: string;
let station: Station;

beforeAll(async () => {
  [trusted, foreign] = await Promise.all([startSandbox(), startSandbox()]);
  middle = await startManInTheMiddle(trusted.url);
});
afterAll(async () => {
  await middle.close();
  await Promise.all([trusted.close(), foreign.close()]);
});
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'garbage-'));
  station = await Station.open({ serviceUrl: middle.url, anchor: trusted.anchor, directory, timeout: 3000 });
});
afterEach(async () => {
  middle.behave({});
  await station.close();
  await rm(directory, { recursive: true });
});

const isSign = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'POST' && path.endsWith('/sign');
const isSignature = ({ path }: { path: string }): boolean =>
  path.endsWith('/sign') || path.endsWith('/signature');

/** Changes the response that carries the signatures. */
const inResponse = (change: (response: SignResponse) => void): Mischief => ({
  alterResponse: (call, response) =>
    isSignature(call) ? { ...response, body: editJson(response.body, change) } : response,
});

/** Flips one bit in the middle of base64 bytes. */
function damaged(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const middleOfIt = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middleOfIt) ^ 1, middleOfIt);
  return bytes.toString('base64');
}

/** The service is made to sign one document of its own choice, and the response is dressed up as ours. */
function otherDigest(): Mischief {
  const foreignDigest = Buffer.alloc(32, 7).toString('base64');
  let ours = '';
  const swap = (call: { body: Buffer }): Buffer =>
    editJson<Pick<SignCall, 'manifest'>>(call.body, ({ manifest: [first] }) => {
      if (!first) return;
      ours = first.digest;
      first.digest = foreignDigest;
    });
  return {
    alterCall: (call) => (call.path.endsWith('/otp') || isSign(call) ? { ...call, body: swap(call) } : call),
    alterResponse: (call, response) => {
      if (call.path.endsWith('/otp')) {
        const { manifest } = JSON.parse(call.body.toString('utf8')) as Pick<SignCall, 'manifest'>;
        const dressed = (otp: OtpSent): void => {
          otp.reference = manifestReference(manifest);
        };
        return { ...response, body: editJson(response.body, dressed) };
      }
      const dressed = ({ documents: [first] }: SignResponse): void => {
        if (first) first.digest = ours;
      };
      return isSign(call) ? { ...response, body: editJson(response.body, dressed) } : response;
    },
  };
}

/** Another person is registered, and the station is told that it is the right one. */
const otherPerson: Mischief = {
  alterCall: (call) => ({
    ...call,
    body: call.path === '/v1/requests' ? editJson(call.body, rename) : call.body,
  }),
  alterResponse: (call, response) => ({
    ...response,
    body: call.path === '/v1/requests' ? editJson(response.body, renameBack) : response.body,
  }),
};
function rename({ identity }: CreateRequest): void {
  identity.givenName = 'Mallory';
}
function renameBack(view: RequestView): void {
  view.signer = view.signer.replace('Mallory', 'Ada');
}

interface Case {
  readonly what: string;
  readonly code: ErrorCode;
  readonly mischief: () => Mischief;
}

const LIES: readonly Case[] = [
  {
    what: 'a certificate of another authority',
    code: 'OSS_SERVICE_WRONG_CHAIN',
    mischief: () => ({ divert: () => foreign.url }),
  },
  {
    what: 'the chain of another authority with the right certificate',
    code: 'OSS_SERVICE_WRONG_CHAIN',
    mischief: () =>
      inResponse((response) => {
        response.chain = response.chain.map(damaged);
      }),
  },
  { what: 'a signature over another document', code: 'OSS_SERVICE_WRONG_DIGEST', mischief: otherDigest },
  {
    what: 'the documents in another order',
    code: 'OSS_SERVICE_WRONG_DIGEST',
    mischief: () => inResponse(({ documents }) => void documents.reverse()),
  },
  {
    what: 'one document fewer',
    code: 'OSS_SERVICE_WRONG_DIGEST',
    mischief: () => inResponse(({ documents }) => void documents.pop()),
  },
  {
    what: 'a certificate for another person',
    code: 'OSS_SERVICE_WRONG_SUBJECT',
    mischief: () => otherPerson,
  },
  {
    what: 'a damaged signature',
    code: 'OSS_SERVICE_WRONG_SIGNATURE',
    mischief: () =>
      inResponse(({ documents }) => {
        for (const document of documents) document.signature = damaged(document.signature);
      }),
  },
  {
    what: 'the signatures of the two documents exchanged',
    code: 'OSS_SERVICE_WRONG_SIGNATURE',
    mischief: () =>
      inResponse(({ documents: [first, second] }) => {
        if (first && second) [first.signature, second.signature] = [second.signature, first.signature];
      }),
  },
  {
    what: 'the time stamps of the two documents exchanged',
    code: 'OSS_SERVICE_WRONG_TIMESTAMP',
    mischief: () =>
      inResponse(({ documents: [first, second] }) => {
        if (first && second) [first.timestamp, second.timestamp] = [second.timestamp, first.timestamp];
      }),
  },
  {
    what: 'a damaged time stamp',
    code: 'OSS_SERVICE_WRONG_TIMESTAMP',
    mischief: () =>
      inResponse(({ documents }) => {
        for (const document of documents) document.timestamp = damaged(document.timestamp);
      }),
  },
  {
    what: 'an answer that is cut off',
    code: 'OSS_SERVICE_RESPONSE_INVALID',
    mischief: () => ({
      alterResponse: (call, response) =>
        isSign(call) ? { ...response, body: response.body.subarray(0, response.body.length >> 1) } : response,
    }),
  },
  {
    what: 'a page of some other server',
    code: 'OSS_SERVICE_RESPONSE_INVALID',
    mischief: () => ({
      alterResponse: (call, response) =>
        isSign(call) ? { status: 200, body: Buffer.from('<html>It works!</html>') } : response,
    }),
  },
];

async function signWith(mischief: Mischief): Promise<{ transaction: Transaction; failure: unknown }> {
  middle.behave(mischief);
  const transaction = await station.review(DOCUMENTS);
  const code = await station.receiveCode(transaction);
  const failure = await station.optimizer
    .sign(transaction.id, { type: 'otp', code })
    .catch((error: unknown) => error);
  return { transaction, failure };
}

describe('a service that lies', () => {
  it.each(LIES)('$what: $code, and nothing is written', async ({ code, mischief }) => {
    const { transaction, failure } = await signWith(mischief());
    expect(failure).toMatchObject({ name: 'OssError', code });
    expect(await station.delivered()).toEqual([]);
    await expect(station.optimizer.deliver(transaction.id)).rejects.toMatchObject({
      code: 'OSS_TRANSACTION_STATE',
    });
    expect(await station.delivered()).toEqual([]);

    expect(await station.optimizer.cancel(transaction.id)).toMatchObject({ state: 'cancelled' });
    const vault = join(directory, 'station', 'transactions', transaction.id);
    expect(await readdir(vault)).toEqual(['journal.jsonl']);
  });

  it('the contract of another request: OSS_SERVICE_RESPONSE_INVALID, and the transaction can go on', async () => {
    middle.behave({
      alterResponse: (call, response) =>
        call.path.endsWith('/contract')
          ? { ...response, body: Buffer.from('%PDF-1.7 another contract') }
          : response,
    });
    await expect(station.review(DOCUMENTS)).rejects.toMatchObject({ code: 'OSS_SERVICE_RESPONSE_INVALID' });
    const [transaction] = await station.optimizer.list();
    expect(transaction?.state).toBe('created');
    middle.behave({});
    expect(await station.optimizer.register(transaction?.id ?? '')).toMatchObject({ state: 'registered' });
  });

  it('a code sent for other documents is noticed by its reference, before the signer types it', async () => {
    const swapped = otherDigest().alterCall;
    middle.behave(swapped ? { alterCall: swapped } : {});
    const transaction = await station.review(DOCUMENTS);
    await expect(station.optimizer.sendCode(transaction.id)).rejects.toMatchObject({
      code: 'OSS_SERVICE_WRONG_DIGEST',
    });
    expect(await station.optimizer.cancel(transaction.id)).toMatchObject({ state: 'cancelled' });
  });
});

const FAILURES: readonly Case[] = [
  {
    what: 'an internal failure',
    code: 'OSS_SERVICE_FAILED',
    mischief: () => ({
      alterResponse: (call, response) =>
        isSign(call) ? { status: 500, body: Buffer.from('{"oops":true}') } : response,
    }),
  },
  {
    what: 'no answer at all',
    code: 'OSS_SERVICE_TIMEOUT',
    mischief: () => ({ alterResponse: (call, response) => (isSign(call) ? 'hang' : response) }),
  },
];

describe('a service that has signed and whose answer is lost', () => {
  it.each(FAILURES)('$what: $code; asked again, the same signature arrives', async ({ code, mischief }) => {
    const { transaction, failure } = await signWith(mischief());
    expect(failure).toMatchObject({ code, retryable: true });
    expect(await station.delivered()).toEqual([]);
    expect(await station.optimizer.get(transaction.id)).toMatchObject({ state: 'signing' });

    middle.behave({});
    await station.optimizer.resume();
    expect(await station.optimizer.get(transaction.id)).toMatchObject({ state: 'delivered' });
    expect(await station.delivered()).toEqual(['chromium-signed.pdf', 'libreoffice-signed.pdf']);
  });
});
