/**
 * The engine: turns a scenario of an Artillery script into what one virtual user does. Each worker, which is a thread, has
 * one; what it emits is added up by Artillery.
 */
import type { Context, Events, FlowStep, Helpers, ScenarioSpec, Script, Step } from './artillery.ts';
import { asked, keysOf, Misasked, type StepName } from './asked.ts';
import { Failed, type Library, User } from './user.ts';

const isOurs = (name: string): name is StepName => Object.hasOwn(keysOf, name);

/** Of Artillery itself, and what may stand beside them in a step. */
const theirs = ['think', 'loop', 'log', 'function'];

/** @param library the package rtcompare, loaded. */
export function engineOver(library: Library) {
  return class RtcompareEngine {
    readonly #config: Script['config'];
    readonly #helpers: Helpers;

    constructor(script: Script, _events: unknown, helpers: Helpers) {
      this.#config = script.config;
      this.#helpers = helpers;
    }

    /** Throws where the scenario asks for what there is not: before its first user. */
    createScenario({ flow, name = '' }: ScenarioSpec, events: Events): Step {
      const users = new WeakMap<Context, User>();
      const step = (spec: FlowStep) => this.#step(spec, events, users);
      const steps = told(name, () => flow.map(step));
      return (context, done) => {
        events.emit('started');
        const user = new User(library, events, shortName(context._uid));
        users.set(context, user);
        void visit(steps, context, user, events).then((error) => done(error, context));
      };
    }

    #step(spec: FlowStep, events: Events, users: WeakMap<Context, User>): Step {
      const names = Object.keys(spec).filter((key) => isOurs(key) || theirs.includes(key));
      const [name = '', second] = names;
      if (name === '' || second !== undefined)
        throw new Misasked(
          `a step is one of ${[...Object.keys(keysOf), ...theirs].join(', ')}, not ${JSON.stringify(spec)}`,
        );
      if (isOurs(name)) return this.#ours(name, spec[name], users);
      if (name === 'think') return this.#helpers.createThink(spec, this.#config.defaults?.think ?? {});
      if (name === 'log')
        return (context, done) => {
          console.log(this.#helpers.template(spec.log, context));
          done(null, context);
        };
      if (name === 'function') return this.#function(String(spec.function), events);
      const inside = (spec.loop as readonly FlowStep[]).map((one) => this.#step(one, events, users));
      return this.#helpers.createLoopWithCount((spec.count as number | string | undefined) ?? -1, inside, {
        loopValue: spec.loopValue ?? '$loopCount',
        overValues: spec.over,
      });
    }

    #ours(name: StepName, spec: unknown, users: WeakMap<Context, User>): Step {
      const defaults = name === 'connect' ? (this.#config.engines?.rtcompare ?? {}) : {};
      // What has a template in it is known only when a user comes.
      if (!JSON.stringify([spec, defaults]).includes('{{')) check(name, asked(name, spec, defaults));
      const target = this.#config.target;
      return (context, done) => {
        const user = users.get(context);
        if (!user) return done(new Misasked('a user of another scenario'), context);
        void perform(user, name, this.#helpers.template({ spec, defaults }, context), target).then(
          () => done(null, context),
          (error) => done(error, context),
        );
      };
    }

    #function(name: string, events: Events): Step {
      const call = this.#config.processor?.[name];
      if (typeof call !== 'function') throw new Misasked(`the processor has no function ${name}`);
      return (context, done) => {
        const told: unknown = call(context, events, (error: unknown) => done(error ?? null, context));
        if (told instanceof Promise)
          told.then(
            () => done(null, context),
            (error) => done(error, context),
          );
      };
    }
  };

  /** A name that nobody knows is told at once. */
  function check(name: StepName, value: ReturnType<typeof asked>): void {
    if (name === 'connect')
      library.weighedClient({ ...nowhere, transport: (value as { transport: string }).transport });
  }
}

const nowhere = { host: '127.0.0.1', port: 0, onMessage: () => {} };

async function perform(
  user: User,
  name: StepName,
  templated: unknown,
  target: string | undefined,
): Promise<void> {
  const { spec, defaults } = templated as { readonly spec: unknown; readonly defaults: object };
  if (name === 'connect') return user.connect(asked(name, spec, defaults), target);
  if (name === 'echo') return user.echo(asked(name, spec));
  if (name === 'say') return user.say(asked(name, spec));
  if (name === 'push') return user.push(asked(name, spec));
  return user.listen(asked(name, spec));
}

/**
 * All steps, then the farewell, whatever happened. Artillery counts a user as failed by what it calls back with, and an
 * error only if it is emitted: both, or a failure has no name.
 */
async function visit(steps: readonly Step[], context: Context, user: User, events: Events): Promise<unknown> {
  let error: unknown = null;
  const failed = (why: unknown) => {
    error ??= why;
    events.emit(
      'error',
      why instanceof Failed ? why.code : why instanceof Misasked ? 'rtcompare_misasked' : codeOf(why),
    );
  };
  try {
    for (const step of steps) await stepDone(step, context);
  } catch (why) {
    failed(why);
  }
  await user.leave().catch(failed);
  return error;
}

const stepDone = (step: Step, context: Context): Promise<void> =>
  new Promise((resolve, reject) => step(context, (error) => (error ? reject(error) : resolve())));

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException | null)?.code ?? error);

/** Throws with the scenario's name in front. */
function told<Value>(scenario: string, make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    throw new Misasked(`rtcompare: scenario ${JSON.stringify(scenario)}: ${(error as Error).message}`);
  }
}

/** Twelve letters and digits: the name of a client among those of all workers and machines. */
function shortName(uid: string | undefined): string {
  const hex = (uid ?? globalThis.crypto.randomUUID()).replaceAll(/[^0-9a-f]/gi, '');
  return BigInt(`0x${hex || '0'}`)
    .toString(36)
    .slice(-12)
    .padStart(12, '0');
}
