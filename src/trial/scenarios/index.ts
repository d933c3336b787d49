/** The registry of scenarios. */
import { burst } from './burst.ts';
import { chat } from './chat.ts';
import { cluster } from './cluster.ts';
import { connect } from './connect.ts';
import { echo } from './echo.ts';
import { herd } from './herd.ts';
import { idle } from './idle.ts';
import { outage } from './outage.ts';
import { push } from './push.ts';
import { saturate } from './saturate.ts';
import type { Scenario } from './scenario.ts';
import { slow } from './slow.ts';
import { stream } from './stream.ts';

export const scenarios: readonly Scenario[] = [
  connect,
  echo,
  push,
  chat,
  idle,
  burst,
  outage,
  herd,
  slow,
  cluster,
  saturate,
  stream,
];

export const scenarioByName = (name: string): Scenario | undefined =>
  scenarios.find((scenario) => scenario.name === name.trim());
