/**
 * Loaded by Node before a student's server (`node --import`): if the server's folder lacks a package that it imports,
 * rtcompare's own copy is used, so that an exercise runs on a laptop without a network. Only for `import`: for
 * `require` NODE_PATH names the folder of packages.
 */
import * as module from 'node:module';

type Resolve = (
  specifier: string,
  context: object,
  next: (specifier: string, context: object) => unknown,
) => unknown;

const lent = ['ws', 'socket.io'];
const here = import.meta.url;

/** Node 22.15 and later; the types are those of Node 20. */
const { registerHooks } = module as unknown as { registerHooks?: (hooks: { resolve: Resolve }) => void };

/** For Node 20, whose hooks need a module and a thread of their own. */
const elsewhere = `
export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (!${JSON.stringify(lent)}.includes(specifier)) throw error;
    return next(specifier, { ...context, parentURL: ${JSON.stringify(here)} });
  }
}`;

if (registerHooks)
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (!lent.includes(specifier)) throw error;
        return next(specifier, { ...context, parentURL: here });
      }
    },
  });
else module.register(`data:text/javascript,${encodeURIComponent(elsewhere)}`);
