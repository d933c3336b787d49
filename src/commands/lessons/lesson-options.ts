/** What may be asked of `rtcompare lesson`, as commander hands it over. */

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
