import { type Command, Option } from 'commander';
import { KEY_ALGORITHMS } from '../contract/model/key-algorithm.ts';
import { readGiven } from './given-file.ts';
import { readServiceConfig } from './options/service-config-file.ts';
import { Terminal } from './terminal.ts';

interface SealKeysOptions {
  config: string;
  json?: boolean;
}

interface SealOptions extends SealKeysOptions {
  organization: string;
  country: string;
  organizationIdentifier: string;
  commonName?: string;
  algorithm: string;
  policy?: string;
  request?: string;
  renew?: boolean;
}

interface ImportSealOptions extends SealKeysOptions {
  certificate: string;
  key?: string;
}

/** `keys seal` and `keys import-seal`. @param common adds what every command about keys takes */
export function addSealCommands(keys: Command, common: (command: Command) => Command): void {
  common(keys.command('seal'))
    .description(
      'make the key of an electronic seal, and a certificate of our own authority or a request for one',
    )
    .argument('<id>', 'of the seal, as `seals` of the configuration names it')
    .requiredOption('--organization <name>', 'whose seal it is')
    .requiredOption('--country <code>', 'country of the organisation, two letters')
    .requiredOption(
      '--organization-identifier <identifier>',
      'as EN 319 412-1 writes it: VATES-A12345678, NTRDE-HRB12345, LEIXG-…',
    )
    .option('--common-name <name>', 'what the seal is called; default: the organisation')
    .addOption(
      new Option('--algorithm <name>', 'of a key that is made').choices(KEY_ALGORITHMS).default('rsa-3072'),
    )
    .option('--policy <oid>', 'policy of the certificate')
    .option('--request <pem>', 'write a request (PKCS#10) for an authority elsewhere into this file instead')
    .option('--renew', 'issue a certificate again for the key that there is')
    .action(generate);
  common(keys.command('import-seal'))
    .description(
      'take over the certificate of a seal, with its key (PKCS#8) unless that was made here; ONESHOT_KEY_PASSPHRASE opens it',
    )
    .argument('<id>', 'of the seal')
    .requiredOption('--certificate <pem>', 'the certificate, followed by those above it')
    .option('--key <pem>', 'the private key')
    .action(importSeal);
}

async function open({ config }: SealKeysOptions) {
  const keys = await import('../service/authority-keys/index.ts');
  return { keys, custody: keys.openCustody(await readServiceConfig(config)) };
}

async function generate(id: string, options: SealOptions): Promise<void> {
  const { keys, custody } = await open(options);
  const { organization, country, organizationIdentifier, commonName, algorithm, policy, request, renew } =
    options;
  const order = {
    ...{ organization, country, organizationIdentifier, commonName, algorithm, policy },
    ...{ requestTo: request, renew },
  };
  const given = Object.fromEntries(Object.entries(order).filter(([, value]) => value !== undefined));
  const done = await keys.generateSeal(custody, id, given);
  const words = { issued: 'issued', kept: 'kept as it is', requested: `request in ${request}` }[done.outcome];
  new Terminal(options.json === true).result(`${id}: ${words}`, done);
}

async function importSeal(id: string, options: ImportSealOptions): Promise<void> {
  const { keys, custody } = await open(options);
  const text = async (path: string): Promise<string> => (await readGiven(path)).toString('utf8');
  const imported = await keys.importSeal(custody, id, {
    certificates: await text(options.certificate),
    key: options.key === undefined ? undefined : await text(options.key),
    keyPassphrase: process.env.ONESHOT_KEY_PASSPHRASE,
  });
  new Terminal(options.json === true).result(
    `Stored: certificate of ${id}${imported.keyStored ? ', and its key' : ''}.`,
    imported,
  );
}
