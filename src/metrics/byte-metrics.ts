/** Metrics of bytes: by direction, by layer, and for each message. */
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import type { Trial } from '../document/report.ts';
import { layers } from '../protocols/layers.ts';
import { unlessSilent } from './message-metrics.ts';
import { family } from './metric.ts';

const nothingUp = text('in {scenario} only the server speaks', '{scenario}에서는 서버만 메시지를 보냄');

export const wire = family('wire', {}, [
  [
    'up',
    'B',
    (trial) => trial.wire.up,
    text(
      'Bytes from clients to the server, in all phases.',
      '모든 단계에서 클라이언트가 서버로 보낸 바이트입니다.',
    ),
  ],
  [
    'down',
    'B',
    (trial) => trial.wire.down,
    text(
      'Bytes from the server to clients, in all phases.',
      '모든 단계에서 서버가 클라이언트로 보낸 바이트입니다.',
    ),
  ],
]);

export const perMessage = family('perMessage', { never: unlessSilent }, [
  [
    'up',
    'B',
    (trial) => trial.perMessage.up,
    text(
      'Bytes that clients sent in the measured phase, content included, for each message that they sent.',
      '측정 단계에서 클라이언트가 보낸 바이트(내용 포함)를 클라이언트가 보낸 메시지 수로 나눈 값입니다.',
    ),
    { never: (asked) => unlessSilent(asked) ?? (asked.onlyServerSpeaks ? nothingUp : null) },
  ],
  [
    'down',
    'B',
    (trial) => trial.perMessage.down,
    text(
      'Bytes that clients received in the measured phase, content included, for each message that they received.',
      '측정 단계에서 클라이언트가 받은 바이트(내용 포함)를 클라이언트가 받은 메시지 수로 나눈 값입니다.',
    ),
  ],
  [
    'overhead',
    'B',
    (trial) => trial.perMessage.overhead,
    text(
      'Bytes of the measured phase that are no message’s content: those up for each message up, and those down for each message down. Where only one side speaks, both are for each of its messages.',
      '측정 단계의 바이트에서 메시지 내용을 뺀 것입니다. 보낸 방향은 보낸 메시지 하나마다, 받은 방향은 받은 메시지 하나마다 세어 더합니다. 한쪽만 메시지를 보내면 양쪽 모두 그 메시지 하나마다 셉니다.',
    ),
    { head: text('overhead B/msg', '오버헤드 B/메시지'), graphed: true },
  ],
]);

export const setup = family('setup', {}, [
  [
    'requests',
    'count',
    (trial) => trial.setup.requests,
    text('Requests while clients connect.', '클라이언트가 연결하는 동안의 요청 수입니다.'),
  ],
  [
    'connections',
    'count',
    (trial) => trial.setup.connections,
    text('TCP connections opened while clients connect.', '클라이언트가 연결하는 동안 연 TCP 연결 수입니다.'),
  ],
  [
    'bytes',
    'B',
    (trial) => trial.setup.bytes,
    text(
      'Bytes in both directions while clients connect.',
      '클라이언트가 연결하는 동안 양쪽으로 오간 바이트입니다.',
    ),
    { graphed: true },
  ],
]);

/** Bytes of a layer in all phases and both directions. */
export const bytesOfLayer = ({ layers: rows }: Pick<Trial['wire'], 'layers'>, layer: string): number =>
  rows.filter((row) => row.layer === layer).reduce((sum, { bytes }) => sum + bytes, 0);

/** The meaning of a layer's bytes, of a trial or an inspection. */
export const meaningOfLayer = (layer: string): Text =>
  inEveryLanguage(
    text('Bytes of the layer {layer}, in both directions.', '양쪽으로 오간 {layer} 계층의 바이트입니다.'),
    { layer },
  );

export const byLayer = family(
  'wire',
  {},
  layers.map(
    (layer) =>
      [layer, 'B', (trial: Trial) => bytesOfLayer(trial.wire, layer), meaningOfLayer(layer)] as const,
  ),
);
