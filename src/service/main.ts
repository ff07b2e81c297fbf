/** The signature service as a process of its own. */
import { readFileSync } from 'node:fs';
import { shownText } from '../base/untrusted-text.ts';
import { OssError, toOssError } from '../contract/errors.ts';
import { JsonFault, parseJsonText } from '../contract/json-text.ts';
import { parentChannel } from '../contract/parent-channel.ts';
import { toErrorResponse } from '../contract/service-api/error-response.ts';
import { type RunningService, startSignatureService } from './index.ts';

/**
 * Configuration: a JSON file as the first argument, or JSON in ONESHOT_SERVICE_CONFIG (for a parent that
 * forks this process). @throws OssError OSS_CONFIG_INVALID
 */
function readConfig(argument: string | undefined, environment: NodeJS.ProcessEnv): unknown {
  try {
    if (argument !== undefined) return parseJsonText(readFileSync(argument));
    const { ONESHOT_SERVICE_CONFIG: text } = environment;
    if (text !== undefined) return parseJsonText(Buffer.from(text));
  } catch (cause) {
    const why =
      cause instanceof JsonFault ? `not JSON: ${cause.message}` : (cause as NodeJS.ErrnoException).code;
    const reason = `${argument ?? 'ONESHOT_SERVICE_CONFIG'}: ${why}`;
    throw new OssError('OSS_CONFIG_INVALID', { reason }, { cause });
  }
  throw new OssError('OSS_CONFIG_INVALID', { reason: 'Name the configuration file.' });
}

const parent = parentChannel(process);

/** However the end is asked for, the calls under way are finished first; a signal after that waits for nothing. */
function stopWhenAsked(service: RunningService): void {
  let stopping = false;
  const insist = (): void => (stopping ? process.exit(1) : stop());
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    service.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGTERM', insist);
  process.on('SIGINT', insist);
  parent.onClose(stop);
  parent.onMessage((message) => {
    if ((message as { type?: unknown } | null)?.type === 'stop') stop();
  });
}

function fail(thrown: unknown): void {
  const error = toOssError(thrown);
  parent.send({ type: 'failed', ...toErrorResponse(error) });
  process.stderr.write(`${shownText(`${error.message} ${error.action}`)}\n`, () => process.exit(1));
}

try {
  const service = await startSignatureService(readConfig(process.argv[2], process.env));
  stopWhenAsked(service);
  parent.send(service.ready);
} catch (error) {
  fail(error);
}
