/**
 * What GitHub Actions shows of a check: annotations (workflow commands) and the job summary. Nothing happens elsewhere.
 * See docs.github.com, “Workflow commands for GitHub Actions”.
 */
import { appendFileSync } from 'node:fs';

/** GitHub keeps ten annotations of each kind per step, and 1 MiB of summary. */
const mostAnnotations = 10;
const mostSummaryBytes = 1024 * 1024;

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly text: string;
}

/** Escapes the characters with which a value could end a command or begin one, as the runner unescapes them. */
const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

export const annotationLine = ({ level, title, text }: Annotation): string =>
  `::${level} title=${property(title)}::${data(text)}`;

/** Writes at most ten of each kind to the stream that the runner reads; silent outside of GitHub Actions. */
export function annotate(
  annotations: readonly Annotation[],
  stream: NodeJS.WritableStream = process.stderr,
): void {
  if (process.env.GITHUB_ACTIONS !== 'true') return;
  const written = new Map<string, number>();
  for (const annotation of annotations) {
    const count = (written.get(annotation.level) ?? 0) + 1;
    written.set(annotation.level, count);
    if (count <= mostAnnotations) stream.write(`${annotationLine(annotation)}\n`);
  }
}

/** Appends Markdown to the job summary, if there is one. Text that does not fit is cut, and a note says so. */
export function summarize(markdown: string): void {
  const path = process.env.GITHUB_STEP_SUMMARY;
  if (!path) return;
  const bytes = Buffer.from(markdown);
  const cut = '\n\n(cut: the summary is full)\n';
  const room = mostSummaryBytes - Buffer.byteLength(cut);
  appendFileSync(path, bytes.length <= room ? markdown : bytes.subarray(0, room).toString() + cut);
}
