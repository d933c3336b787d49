/**
 * Loaded by Node before a student's server (`node --import`): a package that the server imports and its folder does not have
 * comes from rtcompare's own, so that an exercise runs on a laptop without a network. Only for `import`: for `require` the
 * folder of packages is named in NODE_PATH.
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

/** For Node 20, whose hooks are a module of their own, in a thread of their own. */
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
