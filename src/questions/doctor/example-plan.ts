/** The smallest plan there is, for asking whether a server process can start. */

import { ws } from '../../transports/ws.ts';
import { usualPlan } from '../../trial/knobs.ts';
import { echo } from '../../trial/scenarios/echo.ts';

export const examplePlan = usualPlan({ transport: ws, scenario: echo });
