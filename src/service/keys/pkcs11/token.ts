import pkcs11js from 'pkcs11js';
import {
  type Curve,
  KEY_KINDS,
  type KeyAlgorithm,
  rawSignatureBytes,
} from '../../../contract/model/key-algorithm.ts';
import { SHA256_INFO } from '../digest-info.ts';
import type { Attestation, ObjectName, PublicPart, TokenCalls } from './protocol.ts';
import { ecPublicPart, rsaPublicPart } from './public-part.ts';
import type { SessionPool } from './session-pool.ts';
import { TokenLost, TokenRefused } from './token-faults.ts';

type Handle = Buffer;
type Template = { type: number; value?: number | boolean | string | Buffer }[];

/** DER of the object identifier of each curve (CKA_EC_PARAMS). */
const EC_PARAMETERS: Readonly<Record<Curve, Buffer>> = {
  'P-256': Buffer.from('06082a8648ce3d030107', 'hex'),
};
const RSA_EXPONENT = Buffer.from([1, 0, 1]);
const MOST_OBJECTS = 1000;

interface FoundKey extends PublicPart {
  readonly privateKey: Handle;
}

interface SingleUse extends PublicPart {
  readonly generation: number;
  readonly privateKey: Handle;
  readonly publicKey: Handle;
}

type Calls = {
  [Name in keyof TokenCalls]: (input: TokenCalls[Name]['input']) => Promise<TokenCalls[Name]['output']>;
};

/** The calls, over a pool of sessions. */
export function tokenCalls(pool: SessionPool): Calls {
  const { library } = pool;
  const known = new Map<string, FoundKey & { readonly generation: number }>();
  const singleUse = new Map<string, SingleUse>();
  let made = 0;

  const find = (session: Handle, name: ObjectName): FoundKey | undefined => {
    const cached = known.get(JSON.stringify(name));
    if (cached?.generation === pool.generation) return cached;
    const [privateKey, second] = objects(session, [
      ...templateOf(name),
      is(pkcs11js.CKA_CLASS, pkcs11js.CKO_PRIVATE_KEY),
    ]);
    if (privateKey === undefined) return undefined;
    if (second !== undefined) throw new TokenRefused('two keys of one name');
    const found = { privateKey, ...publicPart(session, name, privateKey) };
    known.set(JSON.stringify(name), { ...found, generation: pool.generation });
    return found;
  };
  const need = (session: Handle, name: ObjectName): FoundKey => {
    const found = find(session, name);
    if (found === undefined) throw new TokenRefused(`no key ${name.label ?? name.id}`);
    return found;
  };

  const objects = (session: Handle, template: Template): Handle[] => {
    library.C_FindObjectsInit(session, [...template, is(pkcs11js.CKA_TOKEN, true)]);
    try {
      return library.C_FindObjects(session, MOST_OBJECTS);
    } finally {
      library.C_FindObjectsFinal(session);
    }
  };

  const attribute = (session: Handle, object: Handle, type: number): Buffer =>
    library.C_GetAttributeValue(session, object, [{ type }])[0]?.value as unknown as Buffer;
  const flag = (session: Handle, object: Handle, type: number): boolean =>
    attribute(session, object, type)[0] === 1;

  /** From the public object; RSA private keys carry their public part themselves where that is missing. */
  const publicPart = (session: Handle, name: ObjectName, privateKey: Handle): PublicPart => {
    const [publicKey] = objects(session, [
      ...templateOf(name),
      is(pkcs11js.CKA_CLASS, pkcs11js.CKO_PUBLIC_KEY),
    ]);
    return publicPartOf(session, publicKey ?? privateKey);
  };
  const publicPartOf = (session: Handle, object: Handle): PublicPart =>
    attribute(session, object, pkcs11js.CKA_KEY_TYPE)[0] === pkcs11js.CKK_EC
      ? ecPublicPart(attribute(session, object, pkcs11js.CKA_EC_POINT))
      : rsaPublicPart(
          attribute(session, object, pkcs11js.CKA_MODULUS),
          attribute(session, object, pkcs11js.CKA_PUBLIC_EXPONENT),
        );

  const generate = (session: Handle, algorithm: KeyAlgorithm, common: Template) => {
    const kind = KEY_KINDS[algorithm];
    const isEc = kind.family === 'ec';
    const mechanism = isEc ? pkcs11js.CKM_EC_KEY_PAIR_GEN : pkcs11js.CKM_RSA_PKCS_KEY_PAIR_GEN;
    const parameters = isEc
      ? [is(pkcs11js.CKA_EC_PARAMS, EC_PARAMETERS[kind.curve])]
      : [is(pkcs11js.CKA_MODULUS_BITS, kind.modulusBits), is(pkcs11js.CKA_PUBLIC_EXPONENT, RSA_EXPONENT)];
    return library.C_GenerateKeyPairAsync(
      session,
      { mechanism, parameter: null as unknown as Buffer },
      [...common, ...parameters, is(pkcs11js.CKA_VERIFY, true)],
      [
        ...common,
        is(pkcs11js.CKA_PRIVATE, true),
        is(pkcs11js.CKA_SENSITIVE, true),
        is(pkcs11js.CKA_EXTRACTABLE, false),
        is(pkcs11js.CKA_SIGN, true),
      ],
    );
  };

  const sign = async (
    session: Handle,
    { algorithm, privateKey }: FoundKey,
    digest: Uint8Array,
  ): Promise<Uint8Array> => {
    const kind = KEY_KINDS[algorithm];
    const isEc = kind.family === 'ec';
    const mechanism = isEc ? pkcs11js.CKM_ECDSA : pkcs11js.CKM_RSA_PKCS;
    // Both buffers stay referenced until the response: the native side does not hold them.
    const input = isEc ? Buffer.from(digest) : Buffer.concat([SHA256_INFO, digest]);
    const output = Buffer.alloc(rawSignatureBytes(kind));
    library.C_SignInit(session, { mechanism, parameter: null as unknown as Buffer }, privateKey);
    const signature = await library.C_SignAsync(session, input, output);
    return input.length > 0 ? Buffer.from(signature) : signature;
  };

  const ofSingleUse = (handle: string): SingleUse => {
    const key = singleUse.get(handle);
    if (key === undefined || key.generation !== pool.generation)
      throw new TokenLost('the key went with its session');
    return key;
  };

  return {
    find: ({ name }) =>
      pool.withSession(async (session) => {
        const found = find(session, name);
        return found && { algorithm: found.algorithm, spki: found.spki };
      }),
    list: () =>
      pool.withSession(async (session) =>
        objects(session, [is(pkcs11js.CKA_CLASS, pkcs11js.CKO_PRIVATE_KEY)])
          .map((key) => attribute(session, key, pkcs11js.CKA_LABEL).toString('utf8'))
          .filter((label) => label !== '')
          .sort(),
      ),
    create: ({ label, algorithm }) =>
      pool.withSessionOnce(async (session) => {
        if (objects(session, [is(pkcs11js.CKA_LABEL, label)]).length > 0)
          throw new TokenRefused(`key ${label} exists already`);
        const common = [
          is(pkcs11js.CKA_TOKEN, true),
          is(pkcs11js.CKA_LABEL, label),
          is(pkcs11js.CKA_ID, Buffer.from(label)),
        ];
        const { publicKey } = await generate(session, algorithm, common);
        return publicPartOf(session, publicKey);
      }),
    sign: ({ name, digest }) => pool.withSession((session) => sign(session, need(session, name), digest)),
    attest: ({ name }) =>
      pool.withSession(async (session): Promise<Attestation> => {
        const { privateKey } = need(session, name);
        const says = (type: number): boolean => flag(session, privateKey, type);
        return {
          token: pool.describe(),
          local: says(pkcs11js.CKA_LOCAL),
          sensitive: says(pkcs11js.CKA_SENSITIVE),
          alwaysSensitive: says(pkcs11js.CKA_ALWAYS_SENSITIVE),
          extractable: says(pkcs11js.CKA_EXTRACTABLE),
          neverExtractable: says(pkcs11js.CKA_NEVER_EXTRACTABLE),
        };
      }),
    generate: ({ algorithm }) =>
      pool.withSession(async (session) => {
        const { generation } = pool;
        const { privateKey, publicKey } = await generate(session, algorithm, [is(pkcs11js.CKA_TOKEN, false)]);
        const part = publicPartOf(session, publicKey);
        made += 1;
        const handle = String(made);
        singleUse.set(handle, { ...part, generation, privateKey, publicKey });
        return { ...part, handle };
      }),
    signOnce: ({ handle, digest }) =>
      pool.withSessionOnce((session) => sign(session, ofSingleUse(handle), digest)),
    async destroy({ handle }) {
      const key = singleUse.get(handle);
      singleUse.delete(handle);
      // Of an earlier generation it is gone with its session.
      if (key === undefined || key.generation !== pool.generation) return false;
      return pool.withSessionOnce(async (session) => {
        library.C_DestroyObject(session, key.privateKey);
        library.C_DestroyObject(session, key.publicKey);
        return true;
      });
    },
  };
}

const is = (type: number, value: number | boolean | string | Buffer) => ({ type, value });

const templateOf = ({ label, id }: ObjectName): Template => [
  ...(label === undefined ? [] : [is(pkcs11js.CKA_LABEL, label)]),
  ...(id === undefined ? [] : [is(pkcs11js.CKA_ID, Buffer.from(id, 'hex'))]),
];
