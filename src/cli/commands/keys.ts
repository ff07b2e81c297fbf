import { readFile } from 'node:fs/promises';
import { Argument, type Command, Option } from 'commander';
import { OssError } from '../../contract/errors.ts';
import { KEY_ALGORITHMS } from '../../contract/model/key-algorithm.ts';
import type { AuthorityListing } from '../../service/authority-keys/index.ts';
import { AUTHORITY_NAMES, type AuthorityName } from '../../service/ca/authority.ts';
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
  const { organization, country, algorithm, policy, timestampPolicy, requests, role, renew } = options;
  const order = {
    organization,
    country,
    algorithm,
    policy,
    timestampPolicy,
    requestsTo: requests,
    roles: role,
    renew,
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
  for (const listing of await keys.listAuthorityKeys(custody)) terminal.result(inWords(listing), listing);
}

function inWords({ role, key, certificate, findings }: AuthorityListing): string[] {
  const lines = [`${role}: ${key === undefined ? 'no key here' : `key ${key}`}`];
  if (certificate !== undefined) {
    const { subject, issuer, notAfter, sha256 } = certificate;
    lines.push(`  ${subject}, issued by ${issuer}, until ${notAfter.slice(0, 10)}`, `  SHA-256 ${sha256}`);
  }
  return [...lines, ...findings.map((finding) => `  ! ${finding}`)];
}

const readText = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause: unknown) => {
    throw new OssError('OSS_FILE_NOT_FOUND', { file }, { cause });
  });
