/**
 * Loads our code from the build, which users run: tsx would wrap each inner function of the source in a call that keeps
 * its name, and the tap makes such functions for every write.
 */
export const built = <Module>(file: string): Promise<Module> =>
  import(new URL(`../dist/${file}.js`, import.meta.url).href);
