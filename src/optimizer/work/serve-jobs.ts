/** The side that does the work: one job at a time. */
import type { ParentChannel } from '../../contract/parent-channel.ts';
import { JOBS, type Jobs } from './jobs.ts';
import { type FromWorker, fromSentError, type ToWorker, toSentError } from './messages.ts';
import type { JobTools } from './run-options.ts';

/** Between two tellings of progress, in milliseconds. */
const PROGRESS_PAUSE = 50;

interface Asked {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Does what the parent says, until the parent is gone. */
export function serveJobs(parent: ParentChannel): void {
  const asked = new Map<number, Asked>();
  let questions = 0;
  const send = (message: FromWorker): void => parent.send(message);
  const tools = (): JobTools => ({
    onBytes: paced((read, expected) => send({ type: 'bytes', read, expected })),
    ask: (name, argument) =>
      new Promise((resolve, reject) => {
        questions += 1;
        asked.set(questions, { resolve, reject });
        send({ type: 'ask', question: questions, name, argument });
      }),
  });
  const run = async (name: keyof Jobs, input: unknown): Promise<void> => {
    const job = JOBS[name] as (input: unknown, tools: JobTools) => Promise<unknown>;
    try {
      const value = await job(input, tools());
      send({ type: 'done', value, megabytes: megabytesHeld() });
    } catch (thrown) {
      send({ type: 'failed', error: toSentError(thrown), megabytes: megabytesHeld() });
    }
  };
  parent.onMessage((received) => {
    const message = received as ToWorker;
    if (message.type === 'run') {
      void run(message.name, message.input);
      return;
    }
    const waiting = asked.get(message.question);
    asked.delete(message.question);
    if (message.type === 'answer') waiting?.resolve(message.value);
    else waiting?.reject(fromSentError(message.error));
  });
  parent.onClose(() => process.exit(0));
  send({ type: 'ready' });
}

export const megabytesHeld = (): number => process.memoryUsage.rss() / 2 ** 20;

function paced(tell: (read: number, expected: number) => void): (read: number, expected: number) => void {
  let last = 0;
  return (read, expected) => {
    const now = performance.now();
    if (now - last < PROGRESS_PAUSE && read < expected) return;
    last = now;
    tell(read, expected);
  };
}
