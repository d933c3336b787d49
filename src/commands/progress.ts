/**
 * Progress on stderr: one line that is rewritten on a terminal, a plain line a stage elsewhere. Nothing is drawn
 * while a measurement runs: the next line comes when the next trial starts.
 */
export function createProgress(stream: NodeJS.WriteStream, quiet: boolean) {
  const rewrites = stream.isTTY && stream.columns > 0 && process.env.TERM !== 'dumb';
  return {
    show(line: string) {
      if (quiet) return;
      stream.write(rewrites ? `\r\u001b[2K${line.slice(0, stream.columns - 1)}` : `${line}\n`);
    },
    end() {
      if (!quiet && rewrites) stream.write('\r\u001b[2K');
    },
  };
}
