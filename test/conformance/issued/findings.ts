/** What pkilint may say of what we issue, each with the reason. Nothing else may be said. */

export interface Explained {
  readonly code: string;
  readonly of: string;
  readonly reason: string;
}

export const EXPLAINED: readonly Explained[] = [
  {
    code: 'etsi.en_319_412_2.gen-4.3.11-2.crldp_extension_missing',
    of: 'certificates of signers',
    reason:
      'A short-term certificate (EN 319 412-1 §5.2.2) cannot be revoked (EN 319 411-1 REV-6.2.4-03A): no list would ever name it. It carries `noRevAvail`, and RFC 9608 §3 forbids the pointer beside it. pkilint 0.13 does not look at `ext-etsi-valassured-ST-certs`.',
  },
  {
    code: 'etsi.en_319_412_2.gen-4.4.1-8.ocsp_aia_access_method_absent',
    of: 'certificates of signers',
    reason: 'As before: no responder speaks of them (RFC 9608 §3).',
  },
  {
    code: 'etsi.en_319_412_2.gen-4.2.3.1-6.unknown_country_code',
    of: 'certificates of a sandbox',
    reason:
      'A notice: a sandbox is nowhere, and says so by a code that ISO 3166-1 leaves to its users. A hierarchy of an operator has the country that `oneshot keys` asks for.',
  },
  {
    code: 'pkix.certificate_policies_policy_has_qualifier',
    of: 'all certificates',
    reason:
      'A notice: RFC 5280 §4.2.1.4 would rather have no qualifier; the address of the practice statement is what EN 319 412-2 §4.3.3 lets relying parties find.',
  },
  {
    code: 'pkix.subject_key_identifier_method_1_identified',
    of: 'all certificates',
    reason: 'Information: the key identifier is made by the first method of RFC 5280 §4.2.1.2.',
  },
];
