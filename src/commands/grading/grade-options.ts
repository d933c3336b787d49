/** The options of `rtcompare grade`, as commander hands them over. */
import type { Kind } from '../../questions/grading/kinds.ts';

export interface GradeOptions {
  kind?: Kind;
  start?: string;
  port?: number;
  exercise?: number;
  write?: string;
  solution?: boolean;
  atOnce: number;
  within: number;
  json?: boolean;
  lang?: string;
  wide?: boolean;
  ascii?: boolean;
  quiet?: boolean;
}
