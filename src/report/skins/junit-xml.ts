/**
 * JUnit XML as CI services read it: suites of cases, each passed, failed, in error, skipped, or passed with a remark.
 */
import { escapeControls } from './escape.ts';

export interface Case {
  readonly name: string;
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped' | 'remark';
  /** Why; missing for a case that passed. */
  readonly text?: string;
}

export interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
  readonly seconds?: number;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const xml = (text: string) =>
  escapeControls(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);

function caseOf(suite: string, { name, outcome, text = '' }: Case): string {
  const head = `<testcase classname="${xml(suite)}" name="${xml(name)}"`;
  switch (outcome) {
    case 'passed':
      return `${head}/>`;
    case 'skipped':
      return `${head}><skipped${text && ` message="${xml(text)}"`}/></testcase>`;
    case 'remark':
      return `${head}><system-out>${xml(text)}</system-out></testcase>`;
    default:
      return `${head}><${outcome} message="${xml(text)}"/></testcase>`;
  }
}

function suiteOf({ name, cases, seconds }: Suite): string {
  const counted = (wanted: Case['outcome']) => cases.filter(({ outcome }) => outcome === wanted).length;
  const attributes = [
    `name="${xml(name)}"`,
    `tests="${cases.length}"`,
    `failures="${counted('failure')}"`,
    `errors="${counted('error')}"`,
    `skipped="${counted('skipped')}"`,
    ...(seconds === undefined ? [] : [`time="${seconds.toFixed(3)}"`]),
  ];
  const body = cases.map((one) => caseOf(name, one));
  return [`<testsuite ${attributes.join(' ')}>`, ...body, '</testsuite>'].join('\n');
}

export const junitDocument = (suites: readonly Suite[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="rtcompare">',
    ...suites.map(suiteOf),
    '</testsuites>',
    '',
  ].join('\n');
