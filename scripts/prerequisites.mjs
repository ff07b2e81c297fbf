// What the tests need from outside this project: what is available, and how the rest is installed.
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findChromium } from './hosts.mjs';
import { outputOf, ROOT } from './run.mjs';

/**
 * @typedef {object} Prerequisite
 * @property {string} name
 * @property {string} purpose    what cannot be tested without it
 * @property {readonly string[]} packages  Debian packages that bring it
 * @property {() => string | undefined} missing  why it cannot be used, or undefined
 */

/** Where setup.sh of test/conformance/judges installs what judges. */
export const JUDGES_FOLDER = join(ROOT, '.cache', 'judges');
export const PYHANKO_PYTHON = join(JUDGES_FOLDER, 'venv', 'bin', 'python');
export const TYPST_PYTHON = join(JUDGES_FOLDER, 'typst', 'bin', 'python');
export const SCHEMATHESIS = join(JUDGES_FOLDER, 'schemathesis', 'bin', 'st');
/** In the same environment, with `requests`. */
export const REQUESTS_PYTHON = join(JUDGES_FOLDER, 'schemathesis', 'bin', 'python');
export const CSC_DUMMY = join(JUDGES_FOLDER, 'csc-dummy', 'bin', 'certomancer-csc');
/** In the same environment: an authority with a time-stamp service. */
export const CERTOMANCER = join(JUDGES_FOLDER, 'csc-dummy', 'bin', 'certomancer');
export const PKILINT_PYTHON = join(JUDGES_FOLDER, 'pkilint', 'bin', 'python');
export const TLOG_JUDGE = join(JUDGES_FOLDER, 'tlog', 'tlogjudge');
/** @param {string} judge */
const classPath = (judge) =>
  [join(JUDGES_FOLDER, judge, 'lib', '*'), join(JUDGES_FOLDER, judge)].join(delimiter);
export const DSS_CLASS_PATH = classPath('dss');
export const VERAPDF_CLASS_PATH = classPath('verapdf');
export const SMSC_CLASS_PATH = classPath('smsc');

const JAVA_NEEDED = 17;

/** @returns {string | undefined} */
function missingJava() {
  const version = /version "(\d+)/.exec(outputOf('java', ['-version']) ?? '')?.[1];
  if (!version) return 'there is no java';
  return Number(version) < JAVA_NEEDED ? `java is version ${version}, ${JAVA_NEEDED} is needed` : undefined;
}

/** @returns {string | undefined} */
function missingPostgres() {
  const debianFolder = '/usr/lib/postgresql';
  const installed = existsSync(debianFolder)
    ? readdirSync(debianFolder).some((version) => existsSync(join(debianFolder, version, 'bin', 'initdb')))
    : outputOf('initdb', ['--version']) !== undefined;
  return installed ? undefined : 'PostgreSQL is not installed';
}

/**
 * @param {string} program
 * @param {string} argument
 * @returns {() => string | undefined}
 */
const missingProgram = (program, argument) => () =>
  outputOf(program, [argument]) === undefined ? `there is no ${program}` : undefined;

/** @returns {string | undefined} */
export const missingChromium = () => (findChromium() ? undefined : 'there is no Chromium');

/** Programs of the system. @type {readonly Prerequisite[]} */
export const PROGRAMS = [
  {
    name: 'OpenSSL',
    purpose: 'an independent word on certificates, CRL, OCSP and time stamps',
    packages: ['openssl'],
    missing: missingProgram('openssl', 'version'),
  },
  {
    name: 'qpdf',
    purpose: 'an independent word on the structure of the signed PDF',
    packages: ['qpdf'],
    missing: missingProgram('qpdf', '--version'),
  },
  {
    name: 'poppler',
    purpose: 'an independent word on signatures (pdfsig)',
    packages: ['poppler-utils'],
    missing: missingProgram('pdfsig', '-v'),
  },
  {
    name: 'PostgreSQL',
    purpose: 'the store of the signature service on its second database',
    packages: ['postgresql'],
    missing: missingPostgres,
  },
  {
    name: 'SoftHSM',
    purpose: 'the keys of the signature service in a PKCS#11 token',
    packages: ['softhsm2', 'opensc'],
    missing: missingProgram('softhsm2-util', '--version'),
  },
  {
    name: 'p11-kit',
    purpose: 'a token whose process can be killed',
    packages: ['p11-kit', 'p11-kit-modules'],
    missing: missingProgram('p11-kit', 'list-modules'),
  },
  {
    name: 'Chromium',
    purpose: 'the windows of the station, on the stand-in for Electron',
    packages: ['chromium'],
    missing: missingChromium,
  },
];

/**
 * What a judge in Java needs beforehand.
 * @param {string} judge
 * @returns {Prerequisite[]}
 */
const forJava = (judge) => [
  { name: 'Java', purpose: `running ${judge}`, packages: ['default-jdk-headless'], missing: missingJava },
  {
    name: 'a Java compiler',
    purpose: `building the program that calls ${judge}`,
    packages: ['default-jdk-headless'],
    missing: missingProgram('javac', '-version'),
  },
  {
    name: 'Maven',
    purpose: `fetching ${judge}`,
    packages: ['maven'],
    missing: missingProgram('mvn', '-version'),
  },
];

/**
 * @param {string} judge
 * @param {string} folder
 * @param {string} program
 */
const missingJavaJudge = (judge, folder, program) =>
  missingJava() ??
  (existsSync(join(JUDGES_FOLDER, folder, `${program}.class`)) ? undefined : `${judge} is not installed`);

/** @type {Prerequisite} */
const PYTHON = {
  name: 'Python with venv',
  purpose: 'installing judges written in Python',
  packages: ['python3', 'python3-venv'],
  missing: () =>
    outputOf('python3', ['-c', 'import venv, ensurepip']) === undefined
      ? 'there is no python3 with venv'
      : undefined,
};

/** Validators that setup.sh installs, each with what it needs beforehand. */
export const JUDGES = [
  {
    name: 'pyHanko',
    setup: 'pyhanko',
    purpose: 'an independent word on signatures',
    needs: [PYTHON],
    missing: () =>
      outputOf(PYHANKO_PYTHON, ['-c', 'import pyhanko, pyhanko.cli, time_machine']) === undefined
        ? 'pyHanko is not installed'
        : undefined,
  },
  {
    name: 'Typst',
    setup: 'typst',
    purpose: 'documents of every flavour of PDF/A and PDF/UA that are not ours',
    needs: [PYTHON],
    missing: () =>
      outputOf(TYPST_PYTHON, ['-c', 'import typst']) === undefined ? 'Typst is not installed' : undefined,
  },
  {
    name: 'Schemathesis',
    setup: 'schemathesis',
    purpose: "an independent word on whether the Optimizer's API answers as it is described",
    needs: [PYTHON],
    missing: () =>
      outputOf(SCHEMATHESIS, ['--version']) === undefined ? 'Schemathesis is not installed' : undefined,
  },
  {
    name: 'certomancer-csc-dummy',
    setup: 'csc-dummy',
    purpose: 'a signing provider with the CSC API that is not ours',
    needs: [PYTHON],
    missing: () =>
      existsSync(CSC_DUMMY) && outputOf(CERTOMANCER, ['--version']) !== undefined
        ? undefined
        : 'certomancer-csc-dummy is not installed',
  },
  {
    name: 'pkilint',
    setup: 'pkilint',
    purpose: 'an independent word on certificates, CRL and OCSP responses by EN 319 412 and RFC 5280',
    needs: [PYTHON],
    missing: () =>
      outputOf(PKILINT_PYTHON, ['-c', 'import pkilint.bin.lint_etsi_cert']) === undefined
        ? 'pkilint is not installed'
        : undefined,
  },
  {
    name: 'DSS',
    setup: 'dss',
    purpose: "the European Commission's word on signatures and their PAdES level",
    needs: forJava('DSS'),
    missing: () => missingJavaJudge('DSS', 'dss', 'DssJudge'),
  },
  {
    name: 'veraPDF',
    setup: 'verapdf',
    purpose: 'an independent word on PDF/A',
    needs: forJava('veraPDF'),
    missing: () => missingJavaJudge('veraPDF', 'verapdf', 'VeraPdfJudge'),
  },
  {
    name: 'jsmpp',
    setup: 'smsc',
    purpose: 'an SMSC that is not ours, for the SMPP gateway',
    needs: forJava('jsmpp'),
    missing: () => missingJavaJudge('jsmpp', 'smsc', 'TestSmsc'),
  },
  {
    name: 'the Go verifiers of logs',
    setup: 'tlog',
    purpose: 'an independent word on the transparency log: x/mod/sumdb and transparency-dev/merkle',
    needs: [
      {
        name: 'Go',
        purpose: 'building the program that calls them',
        packages: ['golang-go'],
        missing: missingProgram('go', 'version'),
      },
    ],
    missing: () => (existsSync(TLOG_JUDGE) ? undefined : 'they are not installed'),
  },
];
