/** How wide tables may be: 80 columns, or what the terminal has with `--wide`, at least 120. */
export const widthOf = (wide: boolean | undefined): number =>
  wide ? Math.max(120, process.stdout.columns || 0) : 80;
