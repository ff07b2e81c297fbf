#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { toOssError } from '../contract/errors.ts';
import { toErrorAnswer } from '../contract/service-api/error-answer.ts';
import { addApiKeyCommand } from './commands/api-key.ts';
import { addAugmentCommand } from './commands/augment.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addEvidenceCommand } from './commands/evidence.ts';
import { addInspectCommand } from './commands/inspect.ts';
import { addKeysCommand } from './commands/keys.ts';
import { addOptimizerCommand } from './commands/optimizer.ts';
import { addResumeCommand } from './commands/resume.ts';
import { addServeCommand } from './commands/serve.ts';
import { addSignCommand } from './commands/sign.ts';
import { addVerifyCommand } from './commands/verify.ts';
import { addWatchCommand } from './commands/watch.ts';

/** Exit codes: 0 done, 1 it did not work (standard error says why), 2 the command was not understood. */
const USAGE_EXIT_CODE = 2;

const program = new Command('oneshot')
  .description('Sign PDF documents with single-use certificates; no byte of a document leaves this machine.')
  .showHelpAfterError('See `oneshot help`.')
  .exitOverride();

addInspectCommand(program);
addSignCommand(program);
addVerifyCommand(program);
addAugmentCommand(program);
addResumeCommand(program);
addEvidenceCommand(program);
addServeCommand(program);
addKeysCommand(program);
addOptimizerCommand(program);
addApiKeyCommand(program);
addWatchCommand(program);
addDemoCommand(program);
for (const command of program.commands) command.exitOverride();

try {
  await program.parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) {
    process.exitCode = thrown.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
  } else {
    const error = toOssError(thrown);
    if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(toErrorAnswer(error))}\n`);
    const { file } = error.details;
    process.stderr.write(
      `${file === undefined ? '' : `${file}: `}${error.message}\n${error.action} [${error.code}]\n`,
    );
    if (error.code === 'OSS_INTERNAL' && error.cause instanceof Error)
      process.stderr.write(`${error.cause.stack}\n`);
    process.exitCode = 1;
  }
}
