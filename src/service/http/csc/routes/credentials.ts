import {
  authorizeSchema,
  authorizeV1Schema,
  challengeSchema,
  credentialInfoSchema,
  extendSchema,
  listSchema,
  oneShotCredentialSchema,
  registerDigestsSchema,
} from '../../../../contract/csc-api/index.ts';
import { isOneShot } from '../../../csc/authorisations.ts';
import type { CscVersion } from '../../../csc/credentials.ts';
import { invalidParameter, missingParameter } from '../../../csc/csc-error.ts';
import { cscRoute } from '../csc-route.ts';

const tag = 'credentials';

/** Of both versions. */
export const credentialRoutes = (version: CscVersion) => [
  cscRoute({
    method: 'POST',
    path: `/csc/${version}/credentials/list`,
    summary: 'The credentials that the account may use at any time: its seals',
    tag,
    takes: { body: listSchema },
    async handle({ credentials }, { caller, body }) {
      if (body.userID !== undefined) throw invalidParameter('userID');
      const credentialIDs = await credentials.list(caller);
      if (body.credentialInfo !== true) return { value: { credentialIDs } };
      const credentialInfos = [];
      for (const credentialID of credentialIDs)
        credentialInfos.push({
          credentialID,
          ...(await credentials.info(caller, version, credentialID, body)),
        });
      return { value: { credentialIDs, credentialInfos } };
    },
  }),
  cscRoute({
    method: 'POST',
    path: `/csc/${version}/credentials/info`,
    summary: 'Key, certificate and authorisation of a credential',
    tag,
    takes: { body: credentialInfoSchema },
    handle: async ({ credentials }, { caller, body }) => ({
      value: await credentials.info(caller, version, body.credentialID, body),
    }),
  }),
  cscRoute({
    method: 'POST',
    path: `/csc/${version}/credentials/extendTransaction`,
    summary: 'Further hashes for a seal that was authorised',
    tag,
    takes: { body: extendSchema },
    async handle({ authorisations }, { caller, body }) {
      const hashes = body.hashes ?? body.hash;
      if (!hashes) throw missingParameter('hashes');
      return { value: await authorisations.extend(caller, body.credentialID, body.SAD, hashes) };
    },
  }),
];

const sendOtp = cscRoute({
  method: 'POST',
  path: '/csc/v1/credentials/sendOTP',
  summary: 'Sends the code for the registered digests',
  tag,
  takes: { body: challengeSchema },
  async handle({ authorisations }, { caller, body }) {
    await authorisations.challenge(caller, body.credentialID);
    return { value: {} };
  },
});

const getChallenge = cscRoute({
  method: 'POST',
  path: '/csc/v2/credentials/getChallenge',
  summary: 'Sends the code for the registered digests',
  tag,
  takes: { body: challengeSchema },
  async handle({ authorisations }, { caller, body }) {
    if (body.authObjectID !== undefined && body.authObjectID !== 'OTP')
      throw invalidParameter('authObjectID');
    await authorisations.challenge(caller, body.credentialID);
    return { status: 204 };
  },
});

const authorizeV1 = cscRoute({
  method: 'POST',
  path: '/csc/v1/credentials/authorize',
  summary: 'Authorises hashes with the code or the PIN',
  tag,
  takes: { body: authorizeV1Schema },
  async handle({ authorisations }, { caller, body }) {
    const { credentialID, numSignatures, hash: hashes } = body;
    const [secret, refusal] = isOneShot(credentialID)
      ? ([body.OTP, 'invalid_otp'] as const)
      : ([body.PIN, 'invalid_pin'] as const);
    return {
      value: await authorisations.authorize(caller, { credentialID, numSignatures, hashes, secret, refusal }),
    };
  },
});

const authorizeV2 = cscRoute({
  method: 'POST',
  path: '/csc/v2/credentials/authorize',
  summary: 'Authorises hashes with the code or the PIN',
  tag,
  takes: { body: authorizeSchema },
  async handle({ authorisations }, { caller, body }) {
    const { credentialID, numSignatures, hashes, authData } = body;
    const wanted = isOneShot(credentialID) ? 'OTP' : 'PIN';
    const secret = authData.find(({ id }) => id === wanted)?.value;
    const refusal = 'invalid_authentication_data';
    return {
      value: await authorisations.authorize(caller, { credentialID, numSignatures, hashes, secret, refusal }),
    };
  },
});

const createOneShot = cscRoute({
  method: 'POST',
  path: '/csc/v2/one-shot/create',
  summary:
    'Not of the standard: registers a person whom the officer has identified; the credential signs once',
  tag: 'one-shot',
  takes: { body: oneShotCredentialSchema },
  async handle({ ports }, { caller, body }) {
    const { id, expiresAt, maskedPhone, contract } = await ports.registration.create(
      caller.officer,
      body,
      undefined,
    );
    return { status: 201, value: { credentialID: id, expiresAt, maskedPhone, contract } };
  },
});

const registerDigests = cscRoute({
  method: 'POST',
  path: '/csc/v2/one-shot/digests',
  summary: 'Not of the standard: says what the next code will be good for',
  tag: 'one-shot',
  takes: { body: registerDigestsSchema },
  async handle({ authorisations }, { caller, body }) {
    await authorisations.registerDigests(caller, body.credentialID, body.hashes);
    return { status: 204 };
  },
});

export const VERSIONED_CREDENTIAL_ROUTES = [
  ...[sendOtp, authorizeV1, getChallenge, authorizeV2],
  ...[createOneShot, registerDigests],
];
