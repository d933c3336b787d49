/** The registry of scenarios. */
import { echo } from './echo.ts';
import { push } from './push.ts';
import type { Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [echo, push];
