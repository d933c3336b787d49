/** A way of telling a run: a report in, one document out. */
import type { Reader } from '../../../base/text.ts';
import type { Report } from '../../../document/report.ts';

export type RunSkin<Options extends Reader = Reader> = (report: Report, options: Options) => string;
