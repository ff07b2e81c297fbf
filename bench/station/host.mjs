// Starts an application in the host as a person does, with nothing attached, and looks at its page over DevTools.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'undici';

const PATIENCE_MS = 60_000;
const RESPONSE_DIALOG = join(import.meta.dirname, 'answer-dialog.cjs');

/** The program that Playwright and `npm start` take, too. @returns {string} */
const binary = () => createRequire(import.meta.url)('electron');

/** @typedef {Awaited<ReturnType<typeof start>>} Host */

/**
 * @param {string} application folder with its package.json
 * @param {{ userData: string, picks?: string }} options `picks`: the file that the file dialog answers
 */
export async function start(application, { userData, picks = '' }) {
  const startedAt = Date.now();
  const switches = [`--user-data-dir=${userData}`, '--remote-debugging-port=0'];
  const child = spawn(binary(), ['-r', RESPONSE_DIALOG, application, ...switches], {
    env: { ...process.env, STANDIN_HEADLESS: '1', BENCH_PICKS: picks },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const { send, page } = await attach(await debuggerOf(child));
  return {
    pid: child.pid ?? 0,
    startedAt,
    /**
     * Runs a function in the page and answers what it answers.
     * @template A, T @param {(argument: A) => T | Promise<T>} work @param {A} [argument] @returns {Promise<T>}
     */
    async evaluate(work, argument) {
      const expression = `(${work})(${JSON.stringify(argument)})`;
      const how = { awaitPromise: true, returnByValue: true, userGesture: true };
      const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, ...how }, page);
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    async close() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<string>} */
function debuggerOf(child) {
  return new Promise((resolve, reject) => {
    let told = '';
    setTimeout(() => reject(new Error(`no window: ${told}`)), PATIENCE_MS).unref();
    child.stderr?.on('data', (data) => {
      told += data;
      const address = /DevTools listening on (\S+)/.exec(told)?.[1];
      if (address) resolve(address);
    });
  });
}

/** Connects without switching anything on that would cost time or keep memory. @param {string} address */
async function attach(address) {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  let lastId = 0;
  const waiting = new Map();
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = JSON.parse(data);
    const call = waiting.get(id);
    waiting.delete(id);
    if (error) call?.reject(new Error(error.message));
    else call?.resolve(result);
  });
  /** @param {string} method @param {object} params @param {string} [sessionId] @returns {Promise<any>} */
  const send = (method, params, sessionId) =>
    new Promise((resolve, reject) => {
      waiting.set(++lastId, { resolve, reject });
      socket.send(JSON.stringify({ id: lastId, method, params, sessionId }));
    });
  for (;;) {
    const { targetInfos } = await send('Target.getTargets', {});
    const target = targetInfos.find(isOurs);
    if (target) {
      const { targetId } = target;
      const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
      return { send, page: sessionId };
    }
    await pause(20);
  }
}

/** The page of an application's window: in Electron of its scheme, on the stand-in of the host that stands for it. */
const isOurs = (/** @type {{ type: string, url: string }} */ { type, url }) =>
  type === 'page' && (url.startsWith('app://') || url.includes('.app.standin.invalid/'));
