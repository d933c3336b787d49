/** Bytes that no dissector could read: the field's name says why. */
import { type Explain, line, means } from '../explanation.ts';

export const explainUnparsed: Explain = ({ field }) =>
  means(
    null,
    line(
      `could not be read (${field.name}); counted all the same`,
      `읽을 수 없음(${field.name}). 그래도 바이트 수에는 포함`,
    ),
  );
