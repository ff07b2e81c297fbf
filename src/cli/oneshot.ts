#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { shownText } from '../base/untrusted-text.ts';
import { PRODUCT_VERSION } from '../base/version.ts';
import { toErrorResponse } from '../contract/service-api/error-response.ts';
import { addApiKeyCommand } from './commands/api-key.ts';
import { addArchiveCommand } from './commands/archive.ts';
import { addAugmentCommand } from './commands/augment.ts';
import { addCallbacksCommand } from './commands/callbacks.ts';
import { addCaseCommand } from './commands/case.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addEvidenceCommand } from './commands/evidence.ts';
import { addInspectCommand } from './commands/inspect.ts';
import { addKeysCommand } from './commands/keys.ts';
import { addLogCommand } from './commands/log.ts';
import { addOptimizerCommand } from './commands/optimizer.ts';
import { addProvidersCommand } from './commands/providers.ts';
import { addResumeCommand } from './commands/resume.ts';
import { addServeCommand } from './commands/serve.ts';
import { addSignCommand } from './commands/sign.ts';
import { addTrustedListsCommand } from './commands/trusted-lists.ts';
import { addVerifyCommand } from './commands/verify.ts';
import { addWatchCommand } from './commands/watch.ts';
import { asUserError } from './system-error.ts';
import { Terminal } from './terminal.ts';

/**
 * Exit codes: 0 done, 1 it did not work (standard error says why), 2 the command was not understood. The doctor has its
 * own: 0 well, 1 worth a look, 2 broken.
 */
const USAGE_EXIT_CODE = 2;

const program = new Command('oneshot')
  .description('Sign PDF documents with single-use certificates; no byte of a document leaves this machine.')
  .version(PRODUCT_VERSION)
  .showHelpAfterError('See `oneshot help`.')
  // A pattern of the shell puts names of files on the command line, and they come back in what was not understood.
  .configureOutput({ outputError: (words, write) => write(`${shownText(words.trimEnd())}\n`) })
  .showSuggestionAfterError(false)
  .exitOverride();

addInspectCommand(program);
addSignCommand(program);
addCaseCommand(program);
addVerifyCommand(program);
addAugmentCommand(program);
addArchiveCommand(program);
addTrustedListsCommand(program);
addResumeCommand(program);
addEvidenceCommand(program);
addServeCommand(program);
addKeysCommand(program);
addLogCommand(program);
addOptimizerCommand(program);
addApiKeyCommand(program);
addCallbacksCommand(program);
addWatchCommand(program);
addDoctorCommand(program);
addDemoCommand(program);
addProvidersCommand(program);
for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);

try {
  await program.parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) {
    process.exitCode = thrown.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
  } else {
    const error = asUserError(thrown);
    const { file, retryAfterSeconds } = error.details;
    const wait = retryAfterSeconds === undefined ? '' : ` It is possible again in ${retryAfterSeconds} s.`;
    const cause = error.code === 'OSS_INTERNAL' && error.cause instanceof Error ? error.cause : undefined;
    new Terminal(process.argv.includes('--json')).fail(
      [
        `${file === undefined ? '' : `${file}: `}${error.message}`,
        `${error.action}${wait} [${error.code}]`,
        ...(cause?.stack ?? '').split('\n').filter(Boolean),
      ],
      toErrorResponse(error),
    );
    process.exitCode = 1;
  }
}
