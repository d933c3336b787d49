/**
 * The steps of our action and workflows, run as GitHub's runner runs them: each script in a bash of its own, with
 * `-eo pipefail`, expressions filled in, outputs and summary through files.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

const read = (path: string) => parse(readFileSync(join(root, path), 'utf8')) as unknown;
export const action = read('action.yml') as Action;
export const stepsOf = (path: string): readonly Step[] =>
  path === 'action.yml'
    ? action.runs.steps
    : Object.values((read(path) as Workflow).jobs).flatMap(({ steps }) => steps);

export interface Given {
  readonly inputs?: Readonly<Record<string, string>>;
  /** What `github.…` is besides what a run on this machine has: `action_ref`, `event`. */
  readonly github?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Outputs of steps that are not run. */
  readonly before?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Where the action's own checkout is; this repository unless told. */
  readonly actionPath?: string;
}

/** Names that a script takes apart where it forgets to quote. */
const hard = "it's a *folder* [ab]";

/** A job on a runner of its own. Nothing of it is left behind. */
export function job({ inputs = {}, github = {}, env = {}, before = {}, actionPath = root }: Given = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-job-'));
  const [workspace, temp] = [join(folder, `${hard} work`), join(folder, `${hard} temp`)];
  for (const one of [workspace, temp]) mkdirSync(one);
  // What a step writes into these changes the steps after it.
  const files = { GITHUB_OUTPUT: '', GITHUB_STEP_SUMMARY: '', GITHUB_PATH: '', GITHUB_ENV: '' };
  const pathOf = (file: string) => join(folder, file);
  const usual = Object.fromEntries(Object.entries(action.inputs).map(([name, one]) => [name, one.default]));
  const steps = Object.fromEntries(Object.entries(before).map(([id, outputs]) => [id, { outputs }]));
  const context = { inputs: { ...usual, ...inputs }, github, steps, strategy: { 'job-index': '3' } };

  async function run({ id = 'step', run: script = '', env: own = {} }: Step) {
    for (const file of Object.keys(files)) writeFileSync(pathOf(file), '');
    writeFileSync(pathOf('script.sh'), script);
    const filled = Object.entries(own).map(([name, value]) => [name, fill(value, context)] as const);
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', pathOf('script.sh')], {
      cwd: workspace,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        // The job's Node is the one that runs the tests.
        PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
        HOME: process.env.HOME,
        LANG: 'C',
        NO_COLOR: '1',
        GITHUB_ACTIONS: 'true',
        CI: 'true',
        RUNNER_OS: 'Linux',
        RUNNER_ARCH: 'X64',
        GITHUB_JOB: 'wire',
        GITHUB_RUN_ATTEMPT: '2',
        GITHUB_SERVER_URL: 'http://127.0.0.1:9',
        RUNNER_TEMP: temp,
        GITHUB_ACTION_PATH: actionPath,
        GITHUB_WORKSPACE: workspace,
        ...Object.fromEntries(Object.keys(files).map((file) => [file, pathOf(file)])),
        ...env,
        ...Object.fromEntries(filled),
      },
    });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        said[name] += text;
      });
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    const [output = '', summary = '', path = '', later = ''] = Object.keys(files).map((file) =>
      readFileSync(pathOf(file), 'utf8'),
    );
    const outputs = Object.fromEntries(
      output.split('\n').flatMap((line) => {
        const at = line.indexOf('=');
        return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const];
      }),
    );
    steps[id] = { outputs };
    return { code, ...said, outputs, summary, leaves: path + later };
  }

  return {
    workspace,
    temp,
    /** A step of the action, by its id. */
    run: (id: string) => run(action.runs.steps.find((step) => step.id === id)!),
    runStep: run,
    /** What the job that uses the action gets to see. */
    outputs: () =>
      Object.fromEntries(
        Object.entries(action.outputs).map(([name, { value }]) => [name, fill(value, context)]),
      ),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** `${{ a.b }}` and `${{ a.b || c.d }}`, all that ours have where they are run here; what is not there is empty. */
const fill = (text: string, context: object): string =>
  text.replace(/\$\{\{(.+?)\}\}/g, (_, expression: string) => {
    const found = expression.split('||').map((path) => lookUp(path.trim(), context));
    return found.find((value) => value !== '') ?? '';
  });

function lookUp(path: string, context: object): string {
  let value: unknown = context;
  for (const name of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[name];
  return value === undefined || value === null ? '' : String(value);
}
