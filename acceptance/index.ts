/**
 * Checks that take minutes and are no part of `npm test`: `npm run acceptance -- NAME`. Each prints a line for every
 * repeat and ends with exit code 1 if one of them falls short.
 */

import { action } from './action.ts';
import { inspectedApplications } from './applications.ts';
import { artillery } from './artillery.ts';
import { capture } from './capture.ts';
import { claims } from './claims.ts';
import { classroom } from './classroom.ts';
import { cluster } from './cluster.ts';
import { crowd } from './crowd.ts';
import { felt } from './felt.ts';
import { projectGate } from './gate.ts';
import { grade } from './grade.ts';
import { growing } from './growing.ts';
import { herd } from './herd.ts';
import { herdLibraries } from './herd-libraries.ts';
import { lessons } from './lessons.ts';
import { oddProxies } from './odd-proxies.ts';
import { over } from './over.ts';
import { proxies } from './proxies.ts';
import { recommend } from './recommend.ts';
import { sealed } from './sealed.ts';
import { slow } from './slow.ts';
import { storm } from './storm.ts';
import { target } from './target.ts';
import { vanish } from './vanish.ts';

/** Whether everything held. */
type Check = () => Promise<boolean>;

const checks: Readonly<Record<string, Check>> = {
  action,
  'claims-alone': () => claims({ times: 3, busy: false }),
  'claims-busy': () => claims({ times: 5, busy: true }),
  'lessons-alone': () => lessons({ times: 3, busy: false }),
  applications: inspectedApplications,
  artillery,
  capture,
  classroom,
  cluster,
  crowd,
  felt,
  gate: projectGate,
  grade,
  growing,
  herd,
  'herd-libraries': herdLibraries,
  over,
  proxies,
  'lessons-busy': () => lessons({ times: 5, busy: true }),
  'odd-proxies': oddProxies,
  recommend,
  sealed,
  slow,
  storm,
  target,
  vanish,
};

const [name = ''] = process.argv.slice(2);
const check = checks[name];
if (!check) {
  console.error(`acceptance: name one of ${Object.keys(checks).join(', ')}`);
  process.exit(2);
}
process.exit((await check()) ? 0 : 1);
