/** The registry of checks, in the order in which they are printed. */
import type { Check } from './checked.ts';
import { windowsConsole } from './console.ts';
import { network } from './network.ts';
import { software } from './software.ts';
import { machine } from './this-machine.ts';

export const checks: readonly Check[] = [...software, ...machine, ...network, windowsConsole];
