// Breaches of guards, each of which some test must notice (`npm run mutants`). `find` stands once in the file.
/**
 * @typedef {object} Mutant
 * @property {string} guard  what is broken
 * @property {string} file
 * @property {string} find
 * @property {string} replace
 * @property {readonly string[]} tests  the tests that must fail
 * @property {string} [survives]  why no test can notice it
 */

const PATH = ['src/pki/path'];
const REVOCATION = ['src/pki/revocation'];
const FORGED = ['test/forged-pki'];
const STRENGTH = ['src/pki/crypto-constraints'];
const SIGNATURES = ['src/pdf/signatures', 'src/pdf/difference'];
const RESPONSE = ['src/optimizer/signing-service'];
const OTP = ['src/service/otp'];
const MAIN = ['src/main/security', 'src/main/ipc', 'src/main/documents', 'src/main/desk'];
const VAULT = ['src/optimizer/vault'];
const OUTBOUND = ['src/optimizer/outbound'];

const signatures = 'src/pdf/signatures/list-signatures.ts';
const rules = 'src/pki/path/rules.ts';
const chain = 'src/pki/revocation/check-chain.ts';
const crl = 'src/pki/revocation/check-crl.ts';
const ocsp = 'src/pki/revocation/check-ocsp.ts';
const scope = 'src/pki/revocation/crl-scope.ts';
const fresh = 'src/pki/revocation/freshness.ts';
const keys = 'src/pki/crypto-constraints/key-strength.ts';
const response = 'src/optimizer/signing-service/check-response.ts';
const limits = 'src/service/otp/sending-limits.ts';
const addresses = 'src/optimizer/outbound/address-class.ts';
const deliver = 'src/optimizer/vault/deliver-file.ts';

/** @type {readonly Mutant[]} */
export const MUTANTS = [
  // Verification: what a signature covers.
  {
    guard: 'the gap is the place of the signature value',
    file: signatures,
    find: 'if (place?.start !== range[1] || place.end !== range[2]) return false;',
    replace: '',
    tests: SIGNATURES,
  },
  {
    guard: 'the gap begins where the signature value does',
    file: signatures,
    find: 'place?.start !== range[1] ||',
    replace: '',
    tests: SIGNATURES,
    survives:
      'what is left out has to begin with <, end with > and be hexadecimal in between, so one end fixes the other',
  },
  {
    guard: 'the gap ends where the signature value does',
    file: signatures,
    find: ' || place.end !== range[2])',
    replace: ')',
    tests: SIGNATURES,
    survives:
      'what is left out has to begin with <, end with > and be hexadecimal in between, so one end fixes the other',
  },
  {
    guard: 'the covered bytes begin at 0',
    file: signatures,
    find: 'if (first !== 0 || end',
    replace: 'if (end',
    tests: SIGNATURES,
  },
  {
    guard: 'the covered bytes end within the file',
    file: signatures,
    find: ' || next + rest > document.size)',
    replace: ')',
    tests: SIGNATURES,
  },
  // Verification: paths.
  {
    guard: 'a certificate is valid at the time',
    file: rules,
    find: 'if (certificate.isValidAt(at)) return;',
    replace: 'return;',
    tests: PATH,
  },
  {
    guard: 'an unknown critical extension refuses',
    file: rules,
    find: 'if (critical && !PROCESSED_CRITICAL.has(oid))',
    replace: 'if (false)',
    tests: PATH,
  },
  { guard: 'an issuer is an authority', file: rules, find: 'if (!ca)', replace: 'if (false)', tests: PATH },
  {
    guard: 'the path length of an authority',
    file: rules,
    find: 'intermediates > pathLength',
    replace: 'intermediates > pathLength + 9',
    tests: PATH,
  },
  {
    guard: 'an issuer may sign certificates',
    file: rules,
    find: "!usage.has('keyCertSign')",
    replace: 'false',
    tests: PATH,
  },
  {
    guard: 'the budget of work ends',
    file: 'src/pki/path/work-budget.ts',
    find: 'if (this.#left < 0)',
    replace: 'if (false)',
    tests: [...PATH, ...REVOCATION],
  },
  {
    guard: 'a time-stamp key is for nothing else',
    file: 'src/pki/path/purpose.ts',
    find: ' || others.length > 0',
    replace: '',
    tests: [...PATH, 'src/pki/timestamp', ...FORGED],
  },
  // Verification: revocation.
  {
    guard: 'no authority is exempt from revocation',
    file: chain,
    find: '!certificate.basicConstraints.ca && ',
    replace: '',
    tests: [...REVOCATION, ...FORGED],
  },
  {
    guard: 'without data nothing is settled',
    file: chain,
    find: 'if (first === undefined) throw refusal;',
    replace: 'if (first === undefined) return [];',
    tests: REVOCATION,
  },
  {
    guard: 'the signature of a CRL',
    file: crl,
    find: 'if (!isSigned(crl, issuer))',
    replace: 'if (false)',
    tests: REVOCATION,
  },
  {
    guard: 'the key of a CRL issuer may sign CRLs',
    file: crl,
    find: "!usage.has('cRLSign')",
    replace: 'false',
    tests: REVOCATION,
  },
  {
    guard: 'an unknown critical extension of a CRL',
    file: crl,
    find: 'if (unknown.length > 0)',
    replace: 'if (false)',
    tests: REVOCATION,
  },
  {
    guard: 'a CRL about users says nothing of authorities',
    file: scope,
    find: 'if (scope.onlyUsers && ca)',
    replace: 'if (false)',
    tests: REVOCATION,
  },
  {
    guard: 'a CRL about some reasons settles nothing',
    file: scope,
    find: 'if (scope.onlySomeReasons)',
    replace: 'if (false)',
    tests: REVOCATION,
  },
  {
    guard: 'the nonce of an OCSP response',
    file: ocsp,
    find: 'response.nonce === undefined || ',
    replace: '',
    tests: REVOCATION,
  },
  {
    guard: 'a certificate unknown to the responder',
    file: ocsp,
    find: "if (single.status === 'unknown')",
    replace: 'if (false)',
    tests: REVOCATION,
  },
  {
    guard: 'data from after it was known',
    file: fresh,
    find: 'if (isClearlyAfter(thisUpdate, knownAt))',
    replace: 'if (false)',
    tests: REVOCATION,
  },
  // Verification: strength of keys.
  {
    guard: 'RSA is long enough',
    file: keys,
    find: 'if (bits < RSA.minModulusBits)',
    replace: 'if (false)',
    tests: [...STRENGTH, ...FORGED],
  },
  {
    guard: 'the RSA exponent is large enough',
    file: keys,
    find: 'if (exponent < RSA.minExponent)',
    replace: 'if (false)',
    tests: [...STRENGTH, ...FORGED],
  },
  {
    guard: 'the RSA exponent is odd',
    file: keys,
    find: 'if (exponent % 2n === 0n)',
    replace: 'if (false)',
    tests: STRENGTH,
  },
  // What the signature service answers.
  {
    guard: 'a single-use certificate says that it is one',
    file: response,
    find: " || (expected.policy.lifetime === 'single-use' && !isMarked)",
    replace: '',
    tests: RESPONSE,
  },
  {
    guard: 'the digests are those that were sent',
    file: response,
    find: 'document.digest !== entry.digest',
    replace: 'false',
    tests: RESPONSE,
  },
  {
    guard: 'the signature value verifies',
    file: response,
    find: 'if (!verified.signatureValid)',
    replace: 'if (false)',
    tests: RESPONSE,
  },
  {
    guard: 'the certificate is the one that was signed',
    file: response,
    find: 'if (!verified.signingCertificateMatches)',
    replace: 'if (false)',
    tests: RESPONSE,
  },
  {
    guard: 'the certificate names the signer',
    file: 'src/optimizer/signing-service/check-subject.ts',
    find: 'if (!expected[name].includes(subject[name]))',
    replace: 'if (false)',
    tests: RESPONSE,
  },
  // Codes.
  {
    guard: 'codes are compared',
    file: 'src/service/otp/code.ts',
    find: 'a.length === b.length && timingSafeEqual(a, b)',
    replace: 'a.length === b.length',
    tests: OTP,
  },
  {
    guard: 'codes of a request are limited',
    file: limits,
    find: 'if (codesOfRequest >= settings.codesPerRequest)',
    replace: 'if (codesOfRequest > settings.codesPerRequest)',
    tests: OTP,
  },
  {
    guard: 'there is a pause between codes',
    file: limits,
    find: 'if (wait > 0)',
    replace: 'if (false)',
    tests: OTP,
  },
  // Delivery.
  {
    guard: 'a name that is taken is not overwritten',
    file: deliver,
    find: "return (await isSameFile(path, target)) ? 'published' : 'taken';",
    replace: "return 'published';",
    tests: VAULT,
  },
  {
    guard: 'an empty document is refused',
    file: 'src/optimizer/vault/import-document.ts',
    find: 'if (source.size === 0)',
    replace: 'if (false)',
    tests: VAULT,
  },
  // Guards of the station.
  {
    guard: 'a window has its own origin',
    file: 'src/main/security/origin.ts',
    find: ' && host === role',
    replace: '',
    tests: MAIN,
  },
  {
    guard: 'a call comes from a known window',
    file: 'src/main/security/sender-policy.ts',
    find: '!roles.includes(caller.role)',
    replace: 'false',
    tests: MAIN,
  },
  {
    guard: 'the PIN of the desk is compared',
    file: 'src/main/desk/desk-pin.ts',
    find: '!(await verifySecret(pin, this.#hash))',
    replace: 'false',
    tests: MAIN,
  },
  {
    guard: 'wrong PINs make one wait',
    file: 'src/main/desk/desk-pin.ts',
    find: 'if (seconds > 0)',
    replace: 'if (false)',
    tests: MAIN,
  },
  {
    guard: 'PINs tried at once are judged one by one',
    file: 'src/main/desk/desk-pin.ts',
    find: 'return this.#tries.run(() => this.#judge(pin));',
    replace: 'return this.#judge(pin);',
    tests: MAIN,
  },
  // Addresses that others name.
  {
    guard: 'an address with a zone is not public',
    file: addresses,
    find: " || address.includes('%')",
    replace: '',
    tests: OUTBOUND,
  },
  {
    guard: 'special IPv6 addresses are not public',
    file: addresses,
    find: " && !REFUSED_V6.check(address, 'ipv6')",
    replace: '',
    tests: OUTBOUND,
  },
];
