/** The options of `rtcompare lesson`, as commander hands them over. */

export interface LessonOptions {
  answer?: string;
  again?: number | true;
  seed: number;
  write?: string;
  try?: string;
  json?: boolean;
  lang?: string;
  ascii?: boolean;
  quiet?: boolean;
}
