/** Where a server can listen, how many connections there can be, and whether others on the local network could join. */
import { createServer } from 'node:net';
import { type Adapter, clientPorts, localAdapter } from '../../base/platform.ts';
import type { Text } from '../../base/text.ts';
import { type Check, type Diagnosis, ok, problem, warning } from './checked.ts';

/** Resolves with null, or with the system's error code. */
const listening = (host: string) =>
  new Promise<string | null>((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'error'));
    server.listen({ host, port: 0 }, () => server.close(() => resolve(null)));
  });

function address(host: string, missing: 'warning' | 'problem', remedy: Text): Check {
  return {
    name: host,
    title: { en: `listens on ${host}`, ko: `${host}에서 연결을 받음` },
    async look() {
      const code = await listening(host);
      if (code === null) return ok(host);
      return missing === 'problem' ? problem(code, remedy) : warning(code, remedy);
    },
  };
}

const ports: Check = {
  name: 'ports',
  title: { en: 'client ports', ko: '클라이언트 포트' },
  async look() {
    const range = clientPorts();
    if (!range) return ok('–');
    const count = range.to - range.from + 1;
    const found = `${range.from}–${range.to} (${count})`;
    return count >= 10_000
      ? ok(found)
      : warning(found, {
          en: 'few: leave keep-alive on, or widen net.ipv4.ip_local_port_range',
          ko: '포트가 적습니다: keep-alive를 켜 두거나 net.ipv4.ip_local_port_range를 넓히십시오',
        });
  },
};

/** @param found the adapter by which others would come. */
export async function lookForOthers(found: Adapter | undefined): Promise<Diagnosis> {
  if (found === undefined) return warning('–', remedies.alone);
  const told = `${found.address} (${found.name})`;
  const code = await listening(found.address);
  if (code !== null) return warning(`${code}, ${told}`, remedies.alone);
  return found.isVirtual ? warning(told, remedies.virtual) : ok(told);
}

const remedies = {
  alone: {
    en: 'others cannot join; use bots instead',
    ko: '다른 사람이 참여할 수 없습니다. 대신 봇을 쓰십시오',
  },
  virtual: {
    en: 'an adapter of a virtual machine, container or VPN, which no phone reaches; connect to Wi-Fi first',
    ko: '가상 머신, 컨테이너, VPN의 어댑터라서 휴대전화가 접속할 수 없습니다. 먼저 Wi-Fi에 연결하십시오',
  },
} as const;

const classroom: Check = {
  name: 'classroom',
  title: { en: 'local network', ko: '로컬 네트워크' },
  classroom: true,
  look: () => lookForOthers(localAdapter()),
};

export const network: readonly Check[] = [
  address('127.0.0.1', 'problem', {
    en: 'without loopback nothing can be measured',
    ko: '루프백 없이는 아무것도 측정할 수 없습니다',
  }),
  address('::1', 'warning', {
    en: '--host ::1 will not work here',
    ko: '여기서는 --host ::1을 쓸 수 없습니다',
  }),
  ports,
  classroom,
];
