/** A skin of a run: takes a report, returns one document. */
import type { Reader } from '../../../base/text.ts';
import type { Report } from '../../../document/report.ts';

export type RunSkin<Options extends Reader = Reader> = (report: Report, options: Options) => string;
