/** The sandbox hierarchy: each certificate says in its name and by a policy that it proves nothing. */
import { SANDBOX_POLICY_ARC } from '../../pki/index.ts';
import type { HierarchyNaming } from './authority-profile.ts';

export const SANDBOX_NAMING: HierarchyNaming = Object.freeze({
  // Of nowhere: ISO 3166-1 leaves this code to its users.
  country: 'XX',
  organization: 'One-Shot Signature SANDBOX',
  commonNames: Object.freeze({
    root: 'SANDBOX Root CA - NOT QUALIFIED',
    issuing: 'SANDBOX Issuing CA - NOT QUALIFIED',
    tsa: 'SANDBOX Time-Stamp Unit - NOT QUALIFIED',
    'ocsp-root': 'SANDBOX Root OCSP Responder - NOT QUALIFIED',
    'ocsp-issuing': 'SANDBOX Issuing OCSP Responder - NOT QUALIFIED',
  }),
  policies: Object.freeze({ singleUse: `${SANDBOX_POLICY_ARC}1.1`, timestamp: `${SANDBOX_POLICY_ARC}1.2` }),
});
