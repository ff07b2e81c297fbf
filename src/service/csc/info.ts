import { ALL_SIGN_ALGORITHMS } from './algorithms.ts';
import type { CscVersion } from './credentials.ts';
import type { CscPorts } from './port.ts';

const COMMON_METHODS = [
  ...['auth/login', 'auth/revoke', 'credentials/list', 'credentials/info', 'credentials/authorize'],
  ...['credentials/extendTransaction', 'signatures/signHash', 'signatures/timestamp'],
];
const METHODS: Readonly<Record<CscVersion, readonly string[]>> = {
  v1: [...COMMON_METHODS, 'credentials/sendOTP'],
  v2: [
    ...COMMON_METHODS,
    ...[
      'credentials/getChallenge',
      'signatures/signDoc',
      'oauth2/authorize',
      'oauth2/pushed_authorize',
      'oauth2/token',
    ],
  ],
};

/** What the service offers (CSC API §11.1). */
export function describeCsc({ issuer, baseUrl }: Pick<CscPorts, 'issuer' | 'baseUrl'>, version: CscVersion) {
  const common = {
    name: issuer,
    logo: `${baseUrl}/csc/logo.svg`,
    region: 'EU',
    lang: 'en-US',
    description:
      'Single-use certificates for people, and seals of organisations. It signs digests: documents stay where they are.',
    authType: ['basic', 'oauth2code', 'oauth2client'],
    oauth2: `${baseUrl}/csc/v2`,
    methods: METHODS[version],
  };
  if (version === 'v1') return { specs: '1.0.4.0', ...common };
  return {
    specs: '2.0.0.2',
    ...common,
    asynchronousOperationMode: false,
    validationInfo: true,
    signAlgorithms: { algos: ALL_SIGN_ALGORITHMS },
    signature_formats: { formats: ['P'], envelope_properties: [['Certification', 'Revision']] },
    conformance_levels: ['Ades-B-B', 'Ades-B-T', 'Ades-B-LT'],
  };
}

export const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0f4c81"/><path d="M8 21c4-9 7-9 8-4s3 4 8-2" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/></svg>';
