/** autocannon has no types; these cover what the bench uses. */
declare module 'autocannon' {
  interface Options {
    readonly url: string;
    readonly method: 'POST';
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration: number;
    /** Milliseconds between autocannon's samples; it can only end at one of them. */
    readonly sampleInt: number;
  }

  interface Result {
    readonly errors: number;
    readonly non2xx: number;
  }

  interface Instance extends Promise<Result> {
    on(event: 'response', listener: () => void): void;
    stop(): void;
  }

  function autocannon(options: Options): Instance;
  export = autocannon;
}
