/**
 * Looking up a name from outside, such as a user or a client. Every object also inherits `toString`, `constructor` and
 * `__proto__`: a request for them must find nothing, or calling what was found ends the process.
 */
export const own = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
