import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SMSC_CLASS_PATH } from '../../scripts/prerequisites.mjs';
import { freePort } from './local-server.ts';

/** An SMSC of jsmpp in a process of its own. */
export interface Smsc {
  readonly port: number;
  /** What it has said so far, by lines. */
  lines(): readonly string[];
  /** The texts that `TestSmsc` took, in their order. */
  taken(): readonly string[];
  kill(): Promise<void>;
}

async function startJava(
  port: number,
  listening: RegExp,
  args: readonly string[],
  directory?: string,
): Promise<Smsc> {
  const child = spawn(
    'java',
    ['-Xmx96m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', SMSC_CLASS_PATH, ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(directory === undefined ? {} : { cwd: directory }),
    },
  );
  // Each for itself: what one stream says may come in the middle of a line of the other.
  const said = { out: '', error: '' };
  const isListening = new Promise<void>((resolve, reject) => {
    const hear = (stream: keyof typeof said) => (chunk: Buffer) => {
      said[stream] += chunk;
      if (listening.test(said[stream])) resolve();
    };
    child.stdout.on('data', hear('out'));
    child.stderr.on('data', hear('error'));
    child.once('exit', (code) => reject(new Error(`the SMSC ended with ${code}: ${said.out}${said.error}`)));
  });
  await isListening;
  const lines = () => [said.out, said.error].flatMap((text) => text.split('\n'));
  return {
    port,
    lines,
    taken: () =>
      lines().flatMap((line) => {
        const [, coding, text] = /^taken (\d+) (\S+)$/.exec(line) ?? [];
        if (coding === undefined || text === undefined) return [];
        const bytes = Buffer.from(text, 'base64');
        return [coding === '8' ? bytes.swap16().toString('utf16le') : bytes.toString('latin1')];
      }),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** Ours, on jsmpp: a rate, and receipts that come before or after the response. Its password is `secret`. */
export async function startTestSmsc(
  perSecond = 1000,
  receipts: 'before' | 'after' = 'after',
  givenPort?: number,
): Promise<Smsc> {
  const port = givenPort ?? (await freePort());
  return startJava(port, /^listening$/m, ['TestSmsc', String(port), String(perSecond), receipts]);
}

/** The simulator that jsmpp ships: system `j`, password `jpwd`. @param tls folder with its `keystore.p12` */
export async function startSimulator(tls?: string): Promise<Smsc> {
  const port = await freePort();
  const options = {
    'jsmpp.simulator.port': String(port),
    'jsmpp.client.systemId': 'j',
    'jsmpp.client.password': 'jpwd',
    ...(tls === undefined
      ? {}
      : {
          'jsmpp.simulator.ssl': 'true',
          'keystore.password': 'password',
          'javax.net.ssl.keyStorePassword': 'password',
          'javax.net.ssl.keyStoreType': 'PKCS12',
        }),
  };
  const properties = Object.entries(options).map(([name, value]) => `-D${name}=${value}`);
  return startJava(port, /Listening/, [...properties, 'org.jsmpp.examples.SMPPServerSimulator'], tls);
}
