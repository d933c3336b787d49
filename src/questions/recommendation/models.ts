/**
 * One model a transport: the exchanges of an hour of an application's messages, in the words of its laws. Pure; heads and
 * handshakes come in as they were weighed.
 */
import { http, longPolling, polling, sse } from './http-models.ts';
import { type Model, usesDown } from './model.ts';
import type { Demand, Need, UnitCosts } from './need.ts';
import { socketIo, socketIoPolling, ws } from './socket-models.ts';

type Unit = Exclude<keyof UnitCosts, 'setup'>;

const mayUpgrade = ({ upgrades }: Need) => upgrades !== false;

/** What each asks of the way and of the page: nothing but HTTP, an upgrade, and a library besides. */
export const models: readonly {
  readonly name: string;
  readonly model: Model;
  readonly fits: (need: Need) => boolean;
  /** The weights it needs. */
  readonly takes: readonly Unit[];
  readonly demands: readonly Demand[];
}[] = [
  { name: 'http', model: http, fits: (need) => !usesDown(need), takes: ['postAndAnswer'], demands: [] },
  { name: 'sse', model: sse, fits: usesDown, takes: ['post'], demands: [] },
  { name: 'ws', model: ws, fits: mayUpgrade, takes: [], demands: ['upgrade'] },
  {
    name: 'long-polling',
    model: longPolling,
    fits: usesDown,
    takes: ['post', 'emptyPoll', 'fullPoll'],
    demands: [],
  },
  { name: 'polling', model: polling, fits: usesDown, takes: ['post', 'emptyPoll', 'fullPoll'], demands: [] },
  {
    name: 'socket.io',
    model: socketIo,
    fits: mayUpgrade,
    takes: [],
    demands: ['upgrade', 'library'],
  },
  {
    name: 'socket.io:polling',
    model: socketIoPolling,
    fits: ({ upgrades }) => upgrades !== true,
    takes: ['socketIoPost', 'socketIoPoll'],
    demands: ['library'],
  },
];
