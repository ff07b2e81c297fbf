import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { resourcesDirectory } from '../../base/resources.ts';
import { fullNameOf, identitySchema } from '../../contract/model/identity.ts';
import type { OutboundCall } from '../../optimizer/index.ts';
import { codeFromOutbox, newestSandboxSms } from '../sandbox-code.ts';
import { type SignedTransaction, signDocuments } from '../sign-documents.ts';
import { type CommandStation, openStation } from '../station.ts';
import { Terminal } from '../terminal.ts';

const SAMPLES = ['libreoffice.pdf', 'chromium.pdf', 'pdftex.pdf'];

/** A person who does not exist; no SMS leaves a sandbox, so the number reaches nobody. */
const SIGNER = identitySchema.parse({
  givenName: 'Ada',
  surname1: 'Lovelace',
  surname2: 'Byron',
  idDocument: { type: 'PAS', country: 'GB', number: '533401372' },
  email: 'ada@example.com',
  mobilePhone: '+34600111222',
  language: 'en',
});

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('sign three sample documents with an embedded sandbox service and show what happened')
    .option('--out <dir>', 'folder for the signed documents', 'signed-samples')
    .action(demo);
}

/** Exit code 0 only when every signed sample verifies. */
async function demo({ out }: { out: string }): Promise<void> {
  const terminal = new Terminal(false);
  const data = await mkdtemp(join(tmpdir(), 'oneshot-demo-'));
  const calls: OutboundCall[] = [];
  try {
    terminal.say(
      'Starting the signature service (SANDBOX: its certificates are not qualified, its SMS are simulated).',
    );
    const station = await openStation({ data }, (call) => calls.push(call));
    try {
      const signed = await signSamples(station, terminal, resolve(out));
      showFiles(signed, terminal);
    } finally {
      await station.close();
    }
    showCalls(calls, terminal);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

async function signSamples(
  station: CommandStation,
  terminal: Terminal,
  deliverTo: string,
): Promise<SignedTransaction> {
  const samples = join(resourcesDirectory(), 'samples');
  terminal.say(
    `${fullNameOf(SIGNER)} signs ${SAMPLES.length} documents made by other programs: ${SAMPLES.join(', ')}.`,
  );
  return signDocuments(
    station.optimizer,
    terminal,
    {
      identity: SIGNER,
      documents: SAMPLES.map((name) => ({ path: join(samples, name) })),
      profile: station.info.profiles[0]?.id ?? '',
      registrationAuthority: station.registrationAuthority ?? '',
      deliverTo,
    },
    async (sent, transaction) => {
      terminal.say(`On screen beside the documents: ${sent.reference}`);
      terminal.say(
        `Simulated SMS to ${sent.maskedPhone}: “${await newestSandboxSms(station.service, transaction)}”`,
      );
      return codeFromOutbox(station.service, transaction);
    },
  );
}

function showFiles({ reports }: SignedTransaction, terminal: Terminal): void {
  for (const report of reports) {
    terminal.say(`${report.verdict === 'valid' ? 'Valid' : `NOT VALID (${report.verdict})`}: ${report.file}`);
    for (const signature of report.signatures) {
      for (const { sentence } of signature.checks) terminal.say(`    ${sentence}`);
    }
    if (report.verdict !== 'valid') process.exitCode = 1;
  }
}

function showCalls(calls: readonly OutboundCall[], terminal: Terminal): void {
  terminal.say('What left the Optimizer (no document is among it, only digests):');
  for (const { method, url, bytesSent } of calls) {
    terminal.say(
      `    ${method.padEnd(4)} ${new URL(url).pathname.padEnd(52)} ${String(bytesSent).padStart(6)} bytes`,
    );
  }
  const total = calls.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
  terminal.say(`    ${calls.length} calls, ${total} bytes in all.`);
}
