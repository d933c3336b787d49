/** Groups values by key, in the order in which the keys first appear: what says the same is printed once. */
export function gathered<T>(values: readonly T[], keyOf: (value: T) => unknown): [T, ...T[]][] {
  const byKey = new Map<string, [T, ...T[]]>();
  for (const value of values) {
    const key = JSON.stringify(keyOf(value));
    const known = byKey.get(key);
    if (known) known.push(value);
    else byKey.set(key, [value]);
  }
  return [...byKey.values()];
}
