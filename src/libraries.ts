/**
 * The client libraries whose traffic is measured. Each is loaded when a transport that speaks through it is about to
 * connect, and not before: together they take longer to load than most commands take to do their work.
 */
interface Libraries {
  readonly undici: typeof import('undici');
  readonly ws: typeof import('ws');
  readonly 'socket.io-client': typeof import('socket.io-client');
  readonly 'eventsource-parser': typeof import('eventsource-parser');
}

export type LibraryName = keyof Libraries;

/** Gives a library that has been loaded; throws for one that has not. */
export type LibraryOf = <Name extends LibraryName>(name: Name) => Libraries[Name];

const loaders: { readonly [Name in LibraryName]: () => Promise<Libraries[Name]> } = {
  undici: () => import('undici'),
  ws: () => import('ws'),
  'socket.io-client': () => import('socket.io-client'),
  'eventsource-parser': () => import('eventsource-parser'),
};

/** Loads them before anybody connects, so that the first client's time to connect is that of the others. */
export async function loadLibraries(names: readonly LibraryName[] = []): Promise<LibraryOf> {
  const loaded: Partial<Libraries> = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await loaders[name]()] as const)),
  );
  return (name) => {
    const library = loaded[name];
    if (!library) throw new Error(`${name} is not loaded: its transport must name it among its libraries`);
    return library as Libraries[typeof name];
  };
}
