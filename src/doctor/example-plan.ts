/** The smallest plan there is, for asking whether a server process can start. */
import { echo } from '../scenarios/echo.ts';
import { ws } from '../transports/ws.ts';
import { usualPlan } from '../usual-plan.ts';

export const examplePlan = usualPlan({ transport: ws, scenario: echo });
