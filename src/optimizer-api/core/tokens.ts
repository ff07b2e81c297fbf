import { randomBytes } from 'node:crypto';
import { OssError } from '../../contract/errors.ts';
import {
  createTokenFormSchema,
  type OfficerForm,
  type TokenView,
} from '../../contract/optimizer-api/index.ts';
import type { OfficerCredentials } from '../../optimizer/index.ts';
import type { TokenRecord } from '../store/records.ts';
import type { ApiCore, CallCore } from './api-core.ts';
import { assertEnvironment, environmentName } from './environment.ts';
import { parseForm } from './form-body.ts';
import type { StoredCredentials } from './officer-accounts.ts';
import { missingParameters, Refusal } from './refusal.ts';

const MAX_TOKENS = 1000;
const NO_SUCH_OFFICER = "Error getting RAO's id. Make sure the credentials are correct";

const secretOf = (uid: string): string => `token-${uid}`;

/** The newer dialect writes a token as UUID, the classic one without dashes: both name the same. */
const normalise = (uid: string): string => uid.replaceAll('-', '').toLowerCase();

export const asUuid = (uid: string): string =>
  uid.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** @returns the token, 32 hexadecimal digits @throws Refusal 400, 404 */
export async function createToken(core: CallCore, body: unknown): Promise<string> {
  const { username, password, pin, env } = parseForm(createTokenFormSchema, body);
  if (!username) throw missingParameters('username');
  assertEnvironment(env, core.policy.mode);
  return storeToken(core, {
    username,
    ...(password ? { password } : {}),
    ...(pin ? { pin } : {}),
  });
}

export async function storeToken(core: CallCore, credentials: StoredCredentials): Promise<string> {
  const { records } = core;
  const tokens = records.tokens.list();
  if (tokens.length >= MAX_TOKENS) throw new Refusal(400, `There are ${MAX_TOKENS} tokens already`);
  for (const token of tokens.filter(({ username }) => username === credentials.username)) {
    const stored = await core.accounts.stored(secretOf(token.uid));
    if (stored?.password === credentials.password && stored?.pin === credentials.pin) {
      throw new Refusal(400, 'A token with these credentials already exist!');
    }
  }
  if (credentials.password !== undefined) {
    const { username, password, pin = '' } = credentials;
    await assertKnown(core, { username, password, pin });
  }
  const uid = randomBytes(16).toString('hex');
  await core.accounts.remember(secretOf(uid), credentials);
  const environment = environmentName(core.policy.mode);
  const { username } = credentials;
  records.tokens.put(uid, { uid, username, environment, holds: heldIn(credentials) });
  return uid;
}

/** The password is judged now; a PIN only when an officer approves with it. */
async function assertKnown({ accounts }: ApiCore, credentials: OfficerCredentials): Promise<void> {
  try {
    await accounts.connection(credentials).logIn();
  } catch (cause) {
    if (cause instanceof OssError && cause.retryable) throw cause;
    throw new Refusal(404, NO_SUCH_OFFICER, { cause });
  }
}

const heldIn = ({ password, pin }: Partial<StoredCredentials>) => ({
  password: password !== undefined,
  pin: pin !== undefined,
});

export async function describeToken(core: ApiCore, uid: string): Promise<TokenView> {
  return view(core, tokenNamed(core, uid));
}

export async function listTokens(core: ApiCore): Promise<[string, TokenView][]> {
  return Promise.all(
    core.records.tokens
      .list()
      .map(async (token): Promise<[string, TokenView]> => [token.uid, await view(core, token)]),
  );
}

export async function deleteToken(core: ApiCore, uid: string): Promise<void> {
  const token = tokenNamed(core, uid);
  core.records.tokens.remove(token.uid);
  await core.accounts.forget(secretOf(token.uid));
}

async function view({ accounts }: ApiCore, { uid, username, holds }: TokenRecord): Promise<TokenView> {
  return { username, ...(holds ?? heldIn((await accounts.stored(secretOf(uid))) ?? {})) };
}

function tokenNamed({ records }: ApiCore, uid: string): TokenRecord {
  const token = records.tokens.get(normalise(uid));
  if (token === undefined) throw new Refusal(404, 'Token not found');
  return token;
}

/** Undefined where the application of the call has no such token. */
const storedWith = async (
  { records, accounts }: ApiCore,
  uid: string,
): Promise<Partial<StoredCredentials> | undefined> =>
  records.tokens.get(uid) && accounts.stored(secretOf(uid));

/**
 * The officer's credentials of a call: of its token, of its own fields, or both together.
 * @throws Refusal 400, 404
 */
export async function officerOf(core: ApiCore, form: OfficerForm): Promise<OfficerCredentials> {
  const stored = form.token ? await storedWith(core, normalise(form.token)) : {};
  if (stored === undefined) throw new Refusal(404, NO_SUCH_OFFICER);
  const username = form.username || stored.username;
  const password = form.password || stored.password;
  const pin = form.pin || stored.pin;
  const missing = Object.entries({ username, password, pin })
    .filter(([, value]) => !value)
    .map(([name]) => name);
  if (!username || !password || !pin) throw missingParameters(...missing);
  return { username, password, pin };
}
