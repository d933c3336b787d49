/** `npm run schema`: writes the JSON Schema of the report, from the one zod schema that also types and checks it. */
import { writeFileSync } from 'node:fs';
import { reportJsonSchema } from '../src/document/report-schema.ts';

writeFileSync(
  new URL('./report-1.json', import.meta.url),
  `${JSON.stringify(reportJsonSchema(), null, 2)}\n`,
);
