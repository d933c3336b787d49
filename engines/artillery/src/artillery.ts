/** What an engine is to Artillery, as far as this one needs it. Checked against Artillery 2.0.34. */

/** What a virtual user carries from step to step. */
export interface Context {
  readonly _uid?: string;
  readonly vars: Record<string, unknown>;
}

export type Done = (error: unknown, context?: Context) => void;
export type Step = (context: Context, done: Done) => void;

/** Of a scenario: where an engine says what happened. */
export interface Events {
  emit(event: 'started'): unknown;
  emit(event: 'counter' | 'histogram', name: string, value: number): unknown;
  emit(event: 'error', code: string): unknown;
}

export interface Helpers {
  /** Fills in `{{ name }}`. */
  template(value: unknown, context: Context): unknown;
  createThink(step: object, defaults: object): Step;
  createLoopWithCount(count: number | string, steps: readonly Step[], options: object): Step;
}

export type FlowStep = Readonly<Record<string, unknown>>;

export interface ScenarioSpec {
  readonly name?: string;
  readonly flow: readonly FlowStep[];
}

export interface Script {
  readonly config: {
    readonly target?: string;
    readonly engines?: Readonly<Record<string, unknown>>;
    readonly defaults?: { readonly think?: object };
    readonly processor?: Readonly<Record<string, unknown>>;
  };
}
