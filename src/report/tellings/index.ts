/** The registry of tellings, by the name of the scenario. What is not here is told by what its latency means. */
import type { Group } from '../groups.ts';
import { burst } from './burst.ts';
import { chat } from './chat.ts';
import { connect } from './connect.ts';
import { echo } from './echo.ts';
import { idle } from './idle.ts';
import { outage } from './outage.ts';
import { push } from './push.ts';
import { saturate } from './saturate.ts';
import { stream } from './stream.ts';
import type { Telling } from './telling.ts';

const tellings: ReadonlyMap<string, Telling> = new Map(
  Object.entries({ connect, echo, push, chat, idle, burst, outage, saturate, stream }),
);

export const tellingOf = ({ scenario, kind }: Group): Telling =>
  tellings.get(scenario) ?? (kind === 'echo' ? echo : push);
