/** What this machine allows a run: cores, memory, open files, timers, child processes. */
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { openFileLimit } from '../../base/platform.ts';
import { serve } from '../../target/server-process.ts';
import { ws } from '../../transports/ws.ts';
import { usualPlan } from '../../trial/knobs.ts';
import { reserve } from '../../trial/limits.ts';
import { echo } from '../../trial/scenarios/echo.ts';
import { serverOptions } from '../../trial/server-of.ts';
import { type Check, ok, problem, warning } from './checked.ts';

const cores: Check = {
  name: 'cores',
  title: { en: 'cores', ko: '코어' },
  async look() {
    const count = availableParallelism();
    const found = `${count}, ${cpus()[0]?.model.trim() ?? '?'}`;
    return count > 1
      ? ok(found)
      : warning(found, {
          en: 'client and server share one core: times are noisy, bytes are exact',
          ko: '클라이언트와 서버가 코어 하나를 나누어 씁니다: 시간에는 잡음이 섞이고 바이트는 정확합니다',
        });
  },
};

const gib = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
const leastFree = 2 ** 29;

const memory: Check = {
  name: 'memory',
  title: { en: 'memory', ko: '메모리' },
  async look() {
    const found = `${gib(freemem())} / ${gib(totalmem())}`;
    return freemem() > leastFree
      ? ok(found)
      : warning(found, { en: 'close other programs', ko: '다른 프로그램을 닫으십시오' });
  },
};

/** How many clients' sockets fit, if each has the two of an HTTP transport. */
const files: Check = {
  name: 'files',
  title: { en: 'open files', ko: '열린 파일' },
  async look() {
    const limit = openFileLimit();
    const clients = Math.floor((limit - reserve) / 2);
    const found = Number.isFinite(limit) ? `${limit} (--clients ≤ ${clients})` : '∞';
    return clients >= 1000
      ? ok(found)
      : warning(found, {
          en: 'for more clients: ulimit -n 65536',
          ko: '클라이언트를 늘리려면 ulimit -n 65536을 실행하십시오',
        });
  },
};

const timers = 40;
const noisyMs = 5;

const timer: Check = {
  name: 'timers',
  title: { en: 'timers late by', ko: '타이머 지연' },
  async look() {
    const late: number[] = [];
    for (let count = 0; count < timers; count++) {
      const due = performance.now() + 2;
      await new Promise((resolve) => setTimeout(resolve, 2));
      late.push(Math.max(0, performance.now() - due));
    }
    late.sort((a, b) => a - b);
    const p95 = late[Math.floor(timers * 0.95)] ?? 0;
    const found = `${p95.toFixed(1)} ms (p95)`;
    return p95 < noisyMs
      ? ok(found)
      : warning(found, {
          en: 'the machine is busy: close other programs',
          ko: '컴퓨터가 바쁩니다: 다른 프로그램을 닫으십시오',
        });
  },
};

const child: Check = {
  name: 'child',
  title: { en: 'server process', ko: '서버 프로세스' },
  async look() {
    try {
      await using server = await serve(
        'ws',
        'echo',
        serverOptions(usualPlan({ transport: ws, scenario: echo })),
      );
      return ok(`127.0.0.1:${server.endpoint.port}`);
    } catch (error) {
      return problem((error as Error).message, {
        en: 'no run can start; look for a firewall or a sandbox',
        ko: '실행을 시작할 수 없습니다. 방화벽이나 샌드박스를 확인하십시오',
      });
    }
  },
};

export const machine: readonly Check[] = [cores, memory, files, timer, child];
