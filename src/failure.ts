/**
 * The two kinds of failure that are not bugs, with their exit codes, and what is said of a port. Anything else is a bug and
 * shows its stack.
 */
import { inEveryLanguage, type Text, text } from './base/text.ts';

/** A failure that a person reads: in English as its message, and in each language. */
class Told extends Error {
  readonly told: Text;
  constructor(told: string | Text, options?: ErrorOptions) {
    super(typeof told === 'string' ? told : told.en, options);
    this.told = typeof told === 'string' ? { en: told, ko: told } : told;
  }
}

/** The command line or the configuration is wrong (exit 2): the message names the flag, the value, the remedy. */
export class UsageError extends Told {
  override readonly name = 'UsageError';
  readonly exitCode = 2;
}

/** The run could not happen or does not count (exit 3): a port in use, a file limit, a server that died. */
export class CannotRun extends Told {
  override readonly name = 'CannotRun';
  readonly exitCode = 3;
}

/** Why a port cannot be listened on, by the system's code, each with what to do about it. */
export const portRemedies = ({ host, port }: { readonly host: string; readonly port: number }) => ({
  EADDRINUSE: inEveryLanguage(
    text(
      'port {port} on {host} is in use; choose another --port, or leave it out for a free one',
      '{host}의 포트 {port}은(는) 이미 쓰이고 있습니다. 다른 --port를 고르거나, 빼면 빈 포트를 씁니다',
    ),
    { host, port: String(port) },
  ),
  EACCES: inEveryLanguage(
    text(
      'port {port} needs privileges; choose a --port from 1024 on',
      '포트 {port}에는 권한이 필요합니다. 1024 이상의 --port를 골라야 합니다',
    ),
    { port: String(port) },
  ),
});
