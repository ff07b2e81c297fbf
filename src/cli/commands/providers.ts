import { type Command, Option } from 'commander';
import type { ConnectionFinding } from '../../contract/ipc/admin/connection-test.ts';
import { LANGUAGES, type Language } from '../../contract/model/language.ts';
import { testConnection } from '../../doctor/index.ts';
import { adminTexts } from '../../texts/admin.ts';
import { translatorOf } from '../../texts/translator.ts';
import { readProvider } from '../options/provider-option.ts';
import { readTls, type ServiceOptions } from '../options/service-options.ts';
import { readCertificatesPem } from '../options/trust-options.ts';
import { Terminal } from '../terminal.ts';

interface TestOptions extends Pick<ServiceOptions, 'anchor' | 'tlsCa' | 'tlsCert' | 'tlsKey'> {
  provider: string;
  language: Language;
  json?: boolean;
}

const texts = translatorOf('admin', adminTexts);

export function addProvidersCommand(program: Command): void {
  program
    .command('providers')
    .description('providers other than our own signature service')
    .command('test')
    .description('try a provider step by step and say what it offers; exit code 1 where a step fails')
    .requiredOption('--provider <file>', 'the provider, as JSON; secrets come from the environment')
    .option('--anchor <file>', 'trusted root certificate of its signatures, PEM or DER')
    .option('--tls-ca <pem>', 'authority that issued the TLS certificate of the provider')
    .option('--tls-cert <pem>', 'client certificate for mutual TLS')
    .option('--tls-key <pem>', 'private key of the client certificate')
    .addOption(
      new Option('--language <language>', 'language of the sentences').choices(LANGUAGES).default('en'),
    )
    .option('--json', 'the findings as one JSON line on standard output')
    .action(test);
}

async function test(options: TestOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const { choice, secrets } = await readProvider(options.provider);
  const anchors = options.anchor === undefined ? '' : await readCertificatesPem(options.anchor);
  const openBrowser = (url: string) => terminal.warn(`Open this page in a browser: ${url}`);
  const found = await testConnection(
    {
      baseUrl: choice.url,
      tls: await readTls({ ...options, data: '' }),
      credentials: undefined,
      anchors,
      profile: undefined,
      provider: { choice, secrets, openBrowser },
    },
    () => new Date(),
  );
  const words = found.findings.map((finding) => sentenceOf(finding, options.language));
  terminal.result(words, found);
  if (found.findings.some(({ outcome }) => outcome === 'failed')) process.exitCode = 1;
}

function sentenceOf({ check, outcome, reason, facts }: ConnectionFinding, language: Language): string {
  const t = texts(language);
  /** Which facts a sentence has, its check and the test of the texts see to. */
  const withFacts = t as (key: string, facts: object) => string;
  const head = `${t(`test.check.${check}`)}: ${t(`test.outcome.${outcome}`)}`;
  if (reason !== undefined) return `${head}. ${withFacts(`test.reason.${reason}`, facts)}`;
  return outcome === 'passed' ? `${head}. ${withFacts(`test.passed.${check}`, facts)}` : head;
}
