/** Adds up records of figures by name; zeros for an empty list. */
export const sumsOf = <Name extends string>(
  names: readonly Name[],
  all: readonly Readonly<Record<Name, number>>[],
): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, all.reduce((sum, one) => sum + one[name], 0)])) as Record<
    Name,
    number
  >;
