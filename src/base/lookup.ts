/**
 * Looking up a name that somebody else has chosen. Every object also has `toString`, `constructor` and `__proto__`, which
 * nobody put there: a request for them must find nothing, or calling what was found ends the process.
 */
export const own = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
