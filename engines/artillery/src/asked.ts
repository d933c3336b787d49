/** What a step may be told: each key with its usual value and what it takes. What nobody knows is refused by name. */

interface Key<Value> {
  readonly usual: Value;
  readonly takes: (value: unknown) => boolean;
  readonly expected: string;
}

type Keys = Readonly<Record<string, Key<unknown>>>;
export type Asked<Of extends Keys> = { readonly [Name in keyof Of]: Of[Name]['usual'] };

/** A script that asks for what there is not. */
export class Misasked extends Error {}

const number = (usual: number, least: number, most: number, whole = false): Key<number> => ({
  usual,
  takes: (value) =>
    typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value)),
  expected: `a ${whole ? 'whole ' : ''}number from ${least} to ${most}`,
});

const yesOrNo = (usual: boolean): Key<boolean> => ({
  usual,
  takes: (value) => typeof value === 'boolean',
  expected: 'true or false',
});

const word: Key<string> = { usual: '', takes: (value) => typeof value === 'string', expected: 'a text' };

const headers: Key<Readonly<Record<string, string>>> = {
  usual: {},
  takes: (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((one) => typeof one === 'string'),
  expected: 'names and texts',
};

const messages = number(1, 1, 1_000_000, true);
const rate = number(1, 0.001, 100_000);
const timeout = number(10, 0.1, 3600);

export const keysOf = {
  connect: {
    ...{ transport: word, target: word, over: word, prefix: word, reconnect: word },
    headers,
    // Smaller ones have no room for their number.
    size: number(64, 12, 4 * 1024 * 1024, true),
    binary: yesOrNo(false),
    compression: yesOrNo(false),
    keepAlive: yesOrNo(true),
    pollInterval: number(0.1, 0.001, 3600),
    hold: number(25, 0.1, 3600),
    timeout,
    seed: number(1, 0, 2 ** 32 - 1, true),
  },
  echo: { messages, rate, timeout },
  say: { messages, rate, timeout },
  // 0: nobody knows how often the server speaks, and no age is told.
  push: { messages, rate: number(0, 0, 100_000), timeout: number(60, 0.1, 3600) },
  listen: { seconds: number(1, 0, 86_400), rate: number(0, 0, 100_000) },
} as const satisfies Readonly<Record<string, Keys>>;

export type StepName = keyof typeof keysOf;
export type AskedOf<Name extends StepName> = Asked<(typeof keysOf)[Name]>;

/** What stands for the one key that a step is most often told. */
const inShort = {
  connect: 'transport',
  echo: 'messages',
  say: 'messages',
  push: 'messages',
  listen: 'seconds',
};

/** Templates and environment variables are texts. */
const asTyped = (value: unknown, { usual }: Key<unknown>): unknown => {
  if (typeof value !== 'string' || typeof usual === 'string') return value;
  if (typeof usual === 'number') return value.trim() === '' ? value : Number(value);
  if (typeof usual === 'boolean') return value === 'true' || (value === 'false' ? false : value);
  return value;
};

/** Throws `Misasked` with what is wrong. @param defaults for all steps of this name. */
export function asked<Name extends StepName>(
  name: Name,
  value: unknown,
  defaults: object = {},
): AskedOf<Name> {
  const keys: Keys = keysOf[name];
  const isShort = typeof value !== 'object' && value !== null && value !== undefined;
  const told: Record<string, unknown> = {
    ...defaults,
    ...(isShort ? { [inShort[name]]: value } : ((value as object | null | undefined) ?? {})),
  };
  for (const [key, one] of Object.entries(told)) {
    const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (!known) throw new Misasked(`${name}: unknown key ${key}; known: ${Object.keys(keys).join(', ')}`);
    told[key] = asTyped(one, known);
    if (!known.takes(told[key]))
      throw new Misasked(`${name}.${key}: ${JSON.stringify(one)} is not ${known.expected}`);
  }
  const usual = Object.fromEntries(Object.entries(keys).map(([key, { usual }]) => [key, usual]));
  return { ...usual, ...told } as AskedOf<Name>;
}
