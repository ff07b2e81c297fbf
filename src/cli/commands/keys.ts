import { readFile, writeFile } from 'node:fs/promises';
import { Argument, type Command, Option } from 'commander';
import { OssError } from '../../contract/errors.ts';
import { KEY_ALGORITHMS } from '../../contract/model/key-algorithm.ts';
import { toPem } from '../../pki/index.ts';
import type { AttestedKey, AuthorityListing } from '../../service/authority-keys/index.ts';
import { AUTHORITY_NAMES, type AuthorityName } from '../../service/ca/authority.ts';
import { addSealCommands } from '../keys-of-seals.ts';
import { readServiceConfig } from '../options/service-config-file.ts';
import { Terminal } from '../terminal.ts';

interface KeysOptions {
  config: string;
  json?: boolean;
}

interface GenerateOptions extends KeysOptions {
  organization: string;
  country?: string;
  algorithm: string;
  policy?: string;
  timestampPolicy?: string;
  requests?: string;
  role?: string[];
  renew?: string[];
  rollOver?: string[];
}

interface CertifyOptions extends KeysOptions {
  request: string;
  organization: string;
  country?: string;
  policy: string;
  timestampPolicy: string;
  out: string;
}

interface CrlOptions extends KeysOptions {
  days: string;
  out: string;
}

interface ImportOptions extends KeysOptions {
  certificate: string;
  key?: string;
}

export function addKeysCommand(program: Command): void {
  const keys = program
    .command('keys')
    .description('keys and certificates of the authorities of a signature service');
  common(keys.command('generate'))
    .description('make the keys that are missing, and certificates from an own root or requests for them')
    .requiredOption('--organization <name>', 'whose authorities they are; named in every certificate')
    .option('--country <code>', 'country of the organisation, two letters')
    .addOption(
      new Option('--algorithm <name>', 'of keys that are made').choices(KEY_ALGORITHMS).default('ecdsa-p256'),
    )
    .option('--policy <oid>', 'policy of the certificates of signers')
    .option('--timestamp-policy <oid>', 'policy of the time stamps')
    .option(
      '--requests <dir>',
      'write requests (PKCS#10) for an authority elsewhere into this folder instead',
    )
    .addOption(new Option('--role <names...>', 'only these').choices(AUTHORITY_NAMES))
    .addOption(
      new Option('--renew <names...>', 'issue these again for the keys that they have').choices(
        AUTHORITY_NAMES,
      ),
    )
    .addOption(
      new Option(
        '--roll-over <names...>',
        'make the next key of these; the one in use stays until the certificate of the next one is there',
      ).choices(AUTHORITY_NAMES.filter((name) => name !== 'root')),
    )
    .action(generate);
  common(keys.command('import'))
    .description(
      'take over a certificate, with its key (PKCS#8) unless that was made here; ONESHOT_KEY_PASSPHRASE opens it',
    )
    .addArgument(new Argument('<role>').choices(AUTHORITY_NAMES))
    .requiredOption('--certificate <pem>', 'the certificate, followed by those above it')
    .option('--key <pem>', 'the private key')
    .action(importKey);
  common(keys.command('list'))
    .description('what there is for each role, and what a production start would refuse; nothing secret')
    .action(list);
  common(keys.command('attest'))
    .description('what the device says of the keys of a role: made there, cannot leave')
    .addArgument(new Argument('<role>').choices(AUTHORITY_NAMES))
    .action(attest);
  common(keys.command('certify'))
    .description('at the machine of the root: the certificate of a role for a request (PKCS#10)')
    .addArgument(new Argument('<role>').choices(AUTHORITY_NAMES.filter((name) => name !== 'root')))
    .requiredOption('--request <pem>', 'the request, as `keys generate --requests` wrote it')
    .requiredOption('--organization <name>', 'whose authorities they are')
    .option('--country <code>', 'country of the organisation, two letters')
    .requiredOption('--policy <oid>', 'policy of the certificates of signers')
    .requiredOption('--timestamp-policy <oid>', 'policy of the time stamps')
    .requiredOption('--out <pem>', 'where the certificate goes, followed by the root')
    .action(certify);
  common(keys.command('crl'))
    .description('at the machine of the root: its next revocation list, from revocations.json')
    .option('--days <number>', 'how long it holds', '90')
    .requiredOption('--out <file>', 'where it goes')
    .action(makeCrl);
  common(keys.command('import-crl'))
    .description('at the service: take over the revocation list of a root that is elsewhere')
    .argument('<file>')
    .action(importCrl);
  addSealCommands(keys, common);
  for (const command of keys.commands) command.exitOverride();
}

const common = (command: Command): Command =>
  command
    .requiredOption('--config <json>', 'configuration of the service (see docs/operations.md)')
    .option('--json', 'one JSON line for each role on standard output');

/** Loaded when it is needed, so that the other commands start without the cryptography of an authority. */
async function open({ config }: KeysOptions) {
  const keys = await import('../../service/authority-keys/index.ts');
  return { keys, custody: keys.openCustody(await readServiceConfig(config)) };
}

async function generate(options: GenerateOptions): Promise<void> {
  const { keys, custody } = await open(options);
  const { organization, country, algorithm, policy, timestampPolicy, requests, role, renew, rollOver } =
    options;
  const order = {
    organization,
    country,
    algorithm,
    policy,
    timestampPolicy,
    requestsTo: requests,
    roles: role,
    renew,
    rollOver,
  };
  const given = Object.fromEntries(Object.entries(order).filter(([, value]) => value !== undefined));
  const terminal = new Terminal(options.json === true);
  for (const done of await keys.generateAuthorityKeys(custody, given)) {
    const words = { issued: 'issued', kept: 'kept as it is', requested: `request in ${done.file}` }[
      done.outcome
    ];
    terminal.result(`${done.role}: ${words}`, done);
  }
}

async function importKey(role: AuthorityName, options: ImportOptions): Promise<void> {
  const { keys, custody } = await open(options);
  const imported = await keys.importAuthorityKey(custody, {
    role,
    certificates: await readText(options.certificate),
    key: options.key === undefined ? undefined : await readText(options.key),
    keyPassphrase: process.env.ONESHOT_KEY_PASSPHRASE,
  });
  new Terminal(options.json === true).result(
    `Stored: certificate of ${imported.certificates.join(', ')}${imported.keyStored ? `; key of ${role}` : ''}.`,
    imported,
  );
}

async function list(options: KeysOptions): Promise<void> {
  const { keys, custody } = await open(options);
  const terminal = new Terminal(options.json === true);
  for (const listing of await keys.listAuthorityKeys(custody))
    terminal.result(inWords(listing.role, listing), listing);
  for (const listing of await keys.listSeals(custody))
    terminal.result(inWords(`seal ${listing.seal}`, listing), listing);
}

function inWords(
  name: string,
  { key, certificate, findings }: Pick<AuthorityListing, 'key' | 'certificate' | 'findings'>,
): string[] {
  const lines = [`${name}: ${key === undefined ? 'no key here' : `key ${key}`}`];
  if (certificate !== undefined) {
    const { subject, issuer, notAfter, sha256 } = certificate;
    lines.push(`  ${subject}, issued by ${issuer}, until ${notAfter.slice(0, 10)}`, `  SHA-256 ${sha256}`);
  }
  return [...lines, ...findings.map((finding) => `  ! ${finding}`)];
}

async function attest(role: AuthorityName, options: KeysOptions): Promise<void> {
  const { keys, custody } = await open(options);
  const terminal = new Terminal(options.json === true);
  for (const attested of await keys.attestAuthorityKeys(custody, role)) {
    terminal.result(attestationInWords(attested), attested);
  }
}

function attestationInWords({ label, attestation }: AttestedKey): string[] {
  const { token, local, alwaysSensitive, neverExtractable } = attestation;
  const { manufacturer, model, serialNumber, firmware } = token;
  return [
    `${label}: in ${token.label} (${manufacturer} ${model}, serial number ${serialNumber}, firmware ${firmware})`,
    `  ${local ? 'made in the device' : '! not made in the device'}`,
    `  ${alwaysSensitive ? 'always sensitive' : '! not always sensitive'}`,
    `  ${neverExtractable ? 'never extractable' : '! was or is extractable'}`,
  ];
}

async function certify(role: Exclude<AuthorityName, 'root'>, options: CertifyOptions): Promise<void> {
  const { keys, custody } = await open(options);
  const { organization, country, policy, timestampPolicy, request, out } = options;
  const order = { organization, ...(country === undefined ? {} : { country }), policy, timestampPolicy };
  const certificate = await keys.certifyRequest(custody, role, await readText(request), order);
  const root = await custody.directory.read('root');
  await writeFile(
    out,
    [certificate, ...(root === undefined ? [] : [root])].map(({ der }) => toPem(der)).join(''),
  );
  new Terminal(options.json === true).result(`${role}: certificate in ${out}`, { role, file: out });
}

async function makeCrl(options: CrlOptions): Promise<void> {
  const { keys, custody } = await open(options);
  await writeFile(options.out, await keys.makeRootCrl(custody, Number(options.days)));
  new Terminal(options.json === true).result(`list of root in ${options.out}`, { file: options.out });
}

async function importCrl(file: string, options: KeysOptions): Promise<void> {
  const { keys, custody } = await open(options);
  const der = await readFile(file).catch((cause: unknown) => {
    throw new OssError('OSS_FILE_NOT_FOUND', { file }, { cause });
  });
  const { nextUpdate } = await keys.importRootCrl(custody, der);
  const until = nextUpdate.toISOString();
  new Terminal(options.json === true).result(`Stored: list of root, until ${until.slice(0, 10)}.`, { until });
}

const readText = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause: unknown) => {
    throw new OssError('OSS_FILE_NOT_FOUND', { file }, { cause });
  });
