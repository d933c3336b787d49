/** What a way of printing is: a report in, one document out. Terminal, Markdown, HTML, CSV and JUnit are of this shape. */
import type { Reader } from '../base/text.ts';
import type { Report } from '../document/report.ts';

export type SkinOptions = Reader;

export type Skin<Options extends SkinOptions = SkinOptions> = (report: Report, options: Options) => string;
