import { OssError } from '../contract/errors.ts';
import { codeFromOutbox } from './sandbox-code.ts';
import type { CodeSource } from './sign-documents.ts';
import type { CommandStation } from './station.ts';
import type { Terminal } from './terminal.ts';

/** As `--otp` says: the code itself, the simulated SMS of a sandbox, or the person at the terminal. */
export function codeSourceOf(
  otp: string | undefined,
  station: CommandStation,
  terminal: Terminal,
): CodeSource {
  if (otp === 'sandbox') {
    if (station.info.mode !== 'sandbox') throw new OssError('OSS_OTP_SANDBOX_ONLY');
    return (_sent, transaction) => codeFromOutbox(station.service, transaction);
  }
  if (otp !== undefined) return async () => otp;
  return (sent) =>
    terminal.askCode(
      sent.withoutReference
        ? 'Code that the signer got from the provider:'
        : `Code from the SMS to ${sent.maskedPhone} (reference ${sent.reference}, ${sent.digits} digits, ${sent.triesLeft} tries):`,
    );
}
