/** One virtual user: a client of one transport, what it has said and heard, and what became of that. */
import type * as Rtcompare from 'rtcompare';
import type { Events } from './artillery.ts';
import { type AskedOf, Misasked } from './asked.ts';
import { emitAccount } from './counters.ts';
import { endpointOf } from './endpoint.ts';

export type Library = Pick<
  typeof Rtcompare,
  | 'weighedClient'
  | 'encodeMessage'
  | 'decodeIdentity'
  | 'firstDueTimes'
  | 'randomStream'
  | 'realClock'
  | 'sleepUntil'
  | 'overs'
>;

/** What ends a user; `code` is what Artillery counts it under. */
export class Failed extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = `rtcompare_${code}`;
  }
}

interface Waiting {
  readonly until: () => boolean;
  readonly resolve: () => void;
}

/** Artillery rounds to tenths: of a millisecond they would be the greater part of a short age. */
const nsPerUs = 1e3;

export class User {
  readonly #library: Library;
  readonly #events: Events;
  readonly #id: string;
  #client: Rtcompare.WeighedClient | null = null;
  /** What its metrics begin with, once it is known what it speaks. */
  #prefix = '';
  #asked: AskedOf<'connect'> | null = null;
  #number = 0;
  #sequence = 0;
  /** Messages whose answer is waited for, with the time they were due. */
  readonly #unanswered = new Map<number, number>();
  /** Of what the server said by itself: when it was heard, and its number, if it has one. */
  #news: { readonly atNs: number; readonly sequence: number | null }[] = [];
  #waiting: Waiting | null = null;
  #random: () => number = () => 0;
  #reconnects = 0;
  #heard = 0;
  #isGone = false;

  constructor(library: Library, events: Events, id: string) {
    this.#library = library;
    this.#events = events;
    this.#id = id;
  }

  async connect(asked: AskedOf<'connect'>, target: string | undefined): Promise<void> {
    if (this.#client) throw new Misasked('connect: this user is connected already');
    const { weighedClient, randomStream, realClock, overs } = this.#library;
    const { over, ...endpoint } = endpointOf(asked.target || target, asked.over, overs);
    this.#random = randomStream(asked.seed, this.#id);
    this.#number = 1 + Math.floor(this.#random() * 1_600_000);
    this.#asked = asked;
    const client = weighedClient({
      ...endpoint,
      over,
      ...{ transport: asked.transport, prefix: asked.prefix, name: this.#id, headers: asked.headers },
      ...{ messageBytes: asked.size, binary: asked.binary, compression: asked.compression },
      ...{ keepAlive: asked.keepAlive, pollIntervalMs: asked.pollInterval * 1000, holdMs: asked.hold * 1000 },
      ...(asked.reconnect !== '' && { reconnect: asked.reconnect as 'doubling' }),
      timeoutMs: asked.timeout * 1000,
      random: this.#random,
      onMessage: (data, atNs) => this.#hear(data, atNs),
      onTrouble: (kind) => this.#trouble(kind),
      onBack: () => {
        this.#reconnects++;
      },
      onGaveUp: () => this.#gone(),
    });
    this.#client = client;
    this.#prefix = `rtcompare.${client.transport.name}${over === 'http' ? '' : `@${over}`}`;
    const diallingNs = realClock.now();
    await client.connect().catch((error: Error) => {
      throw new Failed('unconnected', `${asked.transport}: ${error.message}`);
    });
    this.#count('clients', 1);
    this.#time('connect_us', realClock.now() - diallingNs);
  }

  /** Each message when it is due, whether the one before was answered or not; then all answers. */
  async echo({ messages, rate, timeout }: AskedOf<'echo'>): Promise<void> {
    for (const dueNs of this.#due(messages, rate)) {
      await this.#library.sleepUntil(this.#library.realClock, dueNs);
      const sequence = this.#sequence++;
      this.#unanswered.set(sequence, dueNs);
      this.#send(sequence, dueNs)?.catch(() => {});
    }
    const answered = await this.#until(() => this.#unanswered.size === 0, timeout);
    if (answered) return;
    const lost = this.#unanswered.size;
    this.#count('messages.lost', lost);
    this.#unanswered.clear();
    throw new Failed('unanswered', `${lost} of ${messages} messages were not answered`);
  }

  /** Each message when it is due; done when the transport has handed over the last. */
  async say({ messages, rate, timeout }: AskedOf<'say'>): Promise<void> {
    let open = 0;
    let lost = 0;
    for (const dueNs of this.#due(messages, rate)) {
      await this.#library.sleepUntil(this.#library.realClock, dueNs);
      open++;
      const taken = this.#send(this.#sequence++, dueNs) ?? Promise.resolve();
      void taken
        .catch(() => {
          lost++;
        })
        .finally(() => {
          open--;
          this.#look();
        });
    }
    await this.#until(() => open === 0, timeout);
    this.#count('messages.lost', lost + open);
    if (lost + open > 0) throw new Failed('unsent', `${lost + open} of ${messages} messages were not taken`);
  }

  /** Waits until the server has spoken so often by itself. */
  async push({ messages, rate, timeout }: AskedOf<'push'>): Promise<void> {
    if (!this.#connected().transport.traits.push)
      throw new Misasked(`push: with ${this.#connected().transport.name} a server never speaks first`);
    this.#news = [];
    const heard = await this.#until(() => this.#news.length >= messages, timeout);
    this.#tellAges(rate);
    if (!heard) throw new Failed('silent', `${this.#news.length} of ${messages} messages came`);
  }

  /** Stays for so long, and counts what comes. */
  async listen({ seconds, rate }: AskedOf<'listen'>): Promise<void> {
    this.#connected();
    this.#news = [];
    await this.#until(() => false, seconds);
    this.#tellAges(rate);
    if (this.#isGone) throw new Failed('closed', 'the connection was closed');
  }

  /** In whatever state it is. Throws where bytes have no owner. */
  async leave(): Promise<void> {
    if (!this.#client) return;
    const account = await this.#client.close();
    emitAccount(account, (name, value) => this.#count(name, value));
    this.#count('messages.heard', this.#heard);
    this.#count('reconnects', this.#reconnects);
    this.#count('messages.lost', 0);
    if (account.difference !== null) throw new Failed('unbalanced', account.difference);
  }

  #connected(): Rtcompare.WeighedClient {
    if (!this.#client) throw new Misasked('the first step of a scenario must be connect');
    return this.#client;
  }

  #due(messages: number, rate: number): number[] {
    this.#connected();
    const { firstDueTimes, realClock } = this.#library;
    const startNs = realClock.now();
    return firstDueTimes({ rate, arrivals: 'jittered' }, this.#random, messages).map((ns) => startNs + ns);
  }

  #send(sequence: number, dueNs: number): Promise<void> | null {
    const { encodeMessage, realClock } = this.#library;
    const { size, binary } = this.#asked as AskedOf<'connect'>;
    const message = encodeMessage({ client: this.#number, sequence }, size, binary);
    this.#time('late_us', realClock.now() - dueNs);
    this.#count('messages.sent', 1);
    return this.#connected().send(message);
  }

  #hear(data: Rtcompare.Payload, atNs: number): void {
    this.#heard++;
    const identity = this.#library.decodeIdentity(data);
    if (identity?.client === this.#number) {
      const dueNs = this.#unanswered.get(identity.sequence);
      if (this.#unanswered.delete(identity.sequence)) this.#time('echo.age_us', atNs - (dueNs ?? atNs));
    } else this.#news.push({ atNs, sequence: identity?.client === 0 ? identity.sequence : null });
    this.#look();
  }

  /**
   * Nobody here knows when a server of another machine meant to speak: clocks of two machines disagree by more than a
   * message takes. But it speaks by a schedule, so it is known how much later each message came than the freshest.
   */
  #tellAges(rate: number): void {
    if (rate === 0) return;
    const periodNs = 1e9 / rate;
    const offsets = this.#news.flatMap(({ atNs, sequence }) =>
      sequence === null ? [] : [atNs - sequence * periodNs],
    );
    const freshest = Math.min(...offsets);
    for (const offset of offsets) this.#time('push.behind_us', offset - freshest);
  }

  #trouble(kind: string): void {
    this.#count(`trouble.${kind}`, 1);
    if (this.#client?.transport.traits.reconnects === false) this.#gone();
  }

  #gone(): void {
    this.#isGone = true;
    this.#look();
  }

  /** Whether it came to that before the time was over, and before the connection was gone for good. */
  async #until(isSo: () => boolean, seconds: number): Promise<boolean> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#waiting = { until: () => isSo() || this.#isGone, resolve: done };
      this.#look();
    });
    this.#waiting = null;
    return isSo();
  }

  #look(): void {
    if (this.#waiting?.until()) this.#waiting.resolve();
  }

  #count(name: string, value: number): void {
    // One that is not finite would take its whole window with it.
    if (Number.isFinite(value)) this.#events.emit('counter', `${this.#prefix}.${name}`, value);
  }

  #time(name: string, ns: number): void {
    if (Number.isFinite(ns)) this.#events.emit('histogram', `${this.#prefix}.${name}`, ns / nsPerUs);
  }
}
