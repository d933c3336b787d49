/** The report's format as JSON Schema (draft 2020-12), for programs that read reports without this package. */
import { z } from 'zod';
import { reportSchema } from './report.ts';

export const reportJsonSchema = () => ({
  $id: 'https://rtcompare.example/schema/report-1.json',
  title: 'rtcompare report, version 1',
  ...z.toJSONSchema(reportSchema, { io: 'output' }),
});
