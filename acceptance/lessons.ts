/**
 * Lessons 1 to 9, measured repeatedly. On an idle machine every row with a law lies within its tolerance. Beside busy
 * loops a row on times does, or is withheld after three tries; every row on bytes and counts is as the law predicts.
 */
import { busyMachine } from './busy.ts';
import { rtcompare } from './command.ts';

interface Row {
  readonly metric?: string;
  readonly unit: string;
  readonly predicted: readonly (number | string)[];
  readonly tolerance: number;
  readonly measured: number | string | null;
  readonly withheld: boolean;
}

interface Document extends Row {
  readonly rows: readonly Row[];
}

/** Times, and figures that depend on them: messages in an answer, messages lost in a cut. */
const isTimed = ({ unit }: Row): boolean => ['ms', 'nanoseconds', 'share', 'decimal'].includes(unit);

/** Rows without a prediction or without a measurement are not judged. */
const isWithin = ({ predicted, tolerance, measured }: Row): boolean =>
  predicted.length === 0 ||
  measured === null ||
  predicted.some((one) =>
    typeof one === 'number' ? Math.abs(Number(measured) - one) <= tolerance : measured === one,
  );

export async function lessons({ times, busy }: { times: number; busy: boolean }): Promise<boolean> {
  using _machine = busy ? busyMachine() : { [Symbol.dispose]: () => {} };
  let held = true;
  for (let nth = 1; nth <= times; nth++) {
    for (let lesson = 1; lesson <= 9; lesson++) {
      const { code, stdout, stderr, seconds } = await rtcompare(
        ...['lesson', String(lesson), '--answer', '1', '--json', '--quiet'],
      );
      const rows = code === 0 ? allRows(JSON.parse(stdout)) : [];
      const withheld = rows.filter((row) => row.withheld);
      const wrong = rows.filter((row) => (row.withheld ? !busy || !isTimed(row) : !isWithin(row)));
      const holds = code === 0 && wrong.length === 0;
      held &&= holds;
      console.log(
        `${nth}: lesson ${lesson} ${holds ? 'holds' : 'FALLS SHORT'}, ${seconds.toFixed(0)} s, ${rows.length} rows; withheld: ${namesOf(withheld)}; wrong: ${namesOf(wrong)}${code === 0 ? '' : ` exit ${code}: ${stderr.trim()}`}`,
      );
    }
  }
  return held;
}

const allRows = ({ rows, ...answer }: Document): readonly Row[] => [
  { metric: 'the answer', ...answer },
  ...rows,
];

const namesOf = (rows: readonly Row[]): string =>
  rows.map(({ metric, measured }) => `${metric} (${measured})`).join(', ') || 'none';
