/** The registry of checks, in the order in which they are told. */
import type { Check } from './check.ts';
import { windowsConsole } from './console.ts';
import { machine } from './machine.ts';
import { network } from './network.ts';
import { software } from './software.ts';

export const checks: readonly Check[] = [...software, ...machine, ...network, windowsConsole];
