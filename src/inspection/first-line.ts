/** The path a connection asked for first, as soon as its first line is there: a stream may never be complete. */
const longest = 2048;

export function watchFirstLine() {
  let text = '';
  let path: string | undefined;
  return {
    take(bytes: Uint8Array): void {
      if (path !== undefined) return;
      text += Buffer.from(bytes.subarray(0, longest)).toString('latin1');
      if (!text.includes('\n') && text.length < longest) return;
      path = /^\S+ ([^\s?]+)\S* HTTP\/1\.\d\r?\n/.exec(text)?.[1] ?? '';
    },
    path: (): string => path ?? '',
  };
}
