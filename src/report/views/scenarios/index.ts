/** The registry of views, by the name of the scenario. A scenario without one is shown by what its latency means. */
import { scenarioByName } from '../../../trial/scenarios/index.ts';
import type { Group } from '../run/groups.ts';
import { burst } from './burst-view.ts';
import { chat } from './chat-view.ts';
import { cluster } from './cluster-view.ts';
import { connect } from './connect-view.ts';
import { echo } from './echo-view.ts';
import { herd } from './herd-view.ts';
import { idle } from './idle-view.ts';
import { outage } from './outage-view.ts';
import { push } from './push-view.ts';
import { saturate } from './saturate-view.ts';
import { column, type Telling } from './scenario-view.ts';
import { slow } from './slow-view.ts';
import { stream } from './stream-view.ts';

const tellings: ReadonlyMap<string, Telling> = new Map(
  Object.entries({ connect, echo, push, chat, idle, burst, outage, herd, slow, cluster, saturate, stream }),
);

export const tellingOf = ({ scenario, kind }: Group): Telling =>
  tellings.get(scenario) ?? withOwnColumns(scenario, kind === 'echo' ? echo : push);

/** Columns of metrics that only this scenario has come first. */
function withOwnColumns(scenario: string, usual: Telling): Telling {
  const own = (scenarioByName(scenario)?.metrics ?? []).flatMap(({ head, name }) =>
    head ? [column(name)] : [],
  );
  return own.length === 0 ? usual : { ...usual, columns: [...own, ...usual.columns] };
}
