/** The registry of engines. */
import type { Engine, EngineName } from '../engine.ts';
import { bun } from './bun.ts';
import { chromium } from './chromium.ts';
import { deno } from './deno.ts';
import { firefox } from './firefox.ts';
import { webkitgtk } from './webkitgtk.ts';

export const engines: Readonly<Record<EngineName, Engine>> = { chromium, firefox, webkitgtk, bun, deno };
