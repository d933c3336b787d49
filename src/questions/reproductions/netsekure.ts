/** netsekure.org 2010: what TLS adds to a connection, to one that is resumed, and to data. */
import { X509Certificate } from 'node:crypto';
import { certificateFor } from '../../base/certificate.ts';
import { handshakeBytes, recordOverhead, type TlsVersion } from '../../laws/tls.ts';
import { tlsVersions } from '../../protocols/over.ts';
import { isHybrid } from '../../trial/predictions/tls.ts';
import type { Reproduced, Reproducing, Reproduction, ReproductionRow } from './reproduction.ts';
import { weighHandshakes } from './tls-handshakes.ts';

/** TLS 1.2 differs from that of 2010 in its ciphers alone; TLS 1.3 came in 2018. */
const published = {
  '1.2': { full: 6500, resumed: 330, data: 40 },
  '1.3': { full: null, resumed: null, data: null },
} as const;

async function run({ signal, onStage }: Reproducing): Promise<Reproduced> {
  const certificate = await certificateFor('rsa', '127.0.0.1');
  const certificateBytes = new X509Certificate(certificate.cert).raw.length;
  const lawful = (version: TlsVersion): number => {
    const { up, down } = handshakeBytes({
      version,
      certificateBytes,
      signatureBytes: 256,
      protocol: '',
      hybrid: isHybrid(),
    });
    return up + down;
  };
  const row = (
    version: TlsVersion,
    [en, ko]: readonly [string, string],
    figures: Pick<ReproductionRow, 'published' | 'predicted' | 'measured' | 'law'>,
  ): ReproductionRow => ({
    metric: { en: `TLS ${version}: ${en}`, ko: `TLS ${version}: ${ko}` },
    unit: 'bytes',
    tolerance: 0,
    ...figures,
  });
  const rows: ReproductionRow[] = [];
  const seen = [];
  for (const version of tlsVersions.toReversed()) {
    signal.throwIfAborted();
    onStage(`TLS ${version}`);
    const { full, resumed } = await weighHandshakes(version, certificate);
    const said = published[version];
    seen.push({ full, resumed });
    rows.push(
      row(version, ['a new session', '새 세션'], {
        published: said.full,
        law: 'TLS2',
        predicted: lawful(version),
        measured: full.handshakeBytes,
      }),
      row(version, ['a resumed session', '재개한 세션'], {
        published: said.resumed,
        law: null,
        predicted: null,
        measured: resumed.isResumed ? resumed.handshakeBytes : null,
      }),
      row(version, ['a write of data', '데이터를 한 번 쓸 때'], {
        published: said.data,
        law: 'TLS1',
        predicted: recordOverhead(version),
        measured: full.recordBytes,
      }),
    );
  }
  const saved = seen.map(({ full, resumed }) => full.handshakeBytes - resumed.handshakeBytes);
  const [least, most] = [Math.min(...saved), Math.max(...saved)];
  return {
    rows,
    findings: [
      {
        text: {
          en: `The order is that of the article: a new session costs most, a resumed one less (${least.toLocaleString('en-US')} to ${most.toLocaleString('en-US')} B less here), data next to nothing. The certificate makes the difference, and a resumption sends none.`,
          ko: `순서는 원문과 같습니다. 새 세션이 가장 비싸고, 재개한 세션은 그보다 싸며(여기서 ${least.toLocaleString('en-US')}~${most.toLocaleString('en-US')} B 적음), 데이터에는 거의 들지 않습니다. 차이를 만드는 것은 인증서이고, 재개할 때는 보내지 않습니다.`,
        },
        holds: seen.every(
          ({ full, resumed }) =>
            resumed.isResumed &&
            resumed.handshakeBytes < full.handshakeBytes &&
            full.recordBytes < resumed.handshakeBytes,
        ),
      },
    ],
    doubtful: [],
  };
}

export const netsekure = {
  name: 'netsekure',
  title: { en: 'TLS: 6.5 kB for a session, 40 B for data', ko: 'TLS: 세션 하나에 6.5 kB, 데이터에 40 B' },
  source: 'TLS overhead. netsekure.org/2010/03/tls-overhead, 2010.',
  differs: {
    en: 'The article adds up averages of its day: a chain of certificates of 1,500 B each, short hellos, a session that the server remembers. Here there is one self-signed certificate (RSA-2048, below 1 kB), hellos are at least twice as long, and a session is a ticket that the client sends along. So new sessions are lighter here and resumed ones heavier. Ciphers seal with less, too: AES-GCM needs no padding.',
    ko: '원문은 당시의 평균을 더했습니다. 1,500 B짜리 인증서 사슬, 짧은 Hello 메시지, 서버가 기억하는 세션입니다. 여기서는 자체 서명한 인증서 하나(RSA-2048, 1 kB 미만)를 쓰고, Hello 메시지는 두 배 넘게 길며, 세션은 클라이언트가 함께 보내는 티켓입니다. 그래서 새 세션은 더 가볍고 재개한 세션은 더 무겁습니다. AES-GCM에는 패딩이 없어 데이터에 더하는 것도 적습니다.',
  },
  seconds: 1,
  run,
} satisfies Reproduction;
