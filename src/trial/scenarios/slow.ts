/**
 * Slow: the server sends to all clients, and one of them stops reading. First the buffers of the operating system fill,
 * which the server does not notice; from then on the server's process keeps what that client does not read. At the end
 * the client reads on.
 */
import { text } from '../../base/text.ts';
import type { Load, Trial } from '../../document/report.ts';
import { family, figure } from '../../metrics/metric.ts';
import type { Outgoing } from '../../servers/server.ts';
import { flagAlone, whole } from '../knob.ts';
import type { Observed } from '../seen.ts';
import { type Lab, type Scenario, usual } from './scenario.ts';

const knobs = {
  slowReaders: whole(
    '--slow-readers <n>',
    text('scenario slow: how many clients stop reading', 'slow 시나리오: 읽기를 멈추는 클라이언트 수'),
    [0, 100],
    1,
  ),
  volatile: flagAlone(
    '--volatile',
    text(
      'scenario slow: Socket.IO’s server drops what a client cannot take at once',
      'slow 시나리오: Socket.IO 서버가 클라이언트가 바로 받지 못하는 메시지를 버림',
    ),
  ),
};

/** Whether messages may be dropped: then the scenario does not wait for them until the message deadline. */
export const isVolatile = ({ own }: Pick<Load, 'own'>): boolean => own?.volatile === true;
/** The wait for messages that may have been dropped, in place of the message deadline. */
const droppedMs = 1000;

/** The system goes on taking bytes as acknowledgements arrive; it is full when nothing has moved for this long. */
const stillMs = 150;
/** Before memory is measured the server sends this multiple of what a bare pair of sockets takes. */
const surplus = 1.25;

const metrics = family('slow', {}, [
  [
    'taken',
    'B',
    figure('slow.taken'),
    text(
      'Of what the slow client does not read, what the buffers of the operating system take.',
      '느린 클라이언트가 읽지 않은 것 가운데 운영체제의 버퍼에 쌓인 바이트입니다.',
    ),
    { head: text('system keeps B', '시스템에 쌓임 B') },
  ],
  [
    'bare',
    'B',
    figure('slow.bare'),
    text(
      'What the buffers of a bare pair of sockets take when one of them does not read.',
      '한쪽이 읽지 않을 때 소켓 한 쌍만의 버퍼에 쌓이는 바이트입니다.',
    ),
    { head: text('bare pair B', '소켓만 있을 때 B') },
  ],
  [
    'waiting',
    'B',
    figure('slow.waiting'),
    text(
      'What waits in the server’s process for the slow client.',
      '느린 클라이언트가 받을 것으로 서버 프로세스에 쌓인 바이트입니다.',
    ),
    { head: text('server keeps B', '서버에 쌓임 B') },
  ],
  [
    'perMessage',
    'B',
    figure('slow.perMessage'),
    text(
      'By how much the server’s memory grows with each message that the slow client does not take.',
      '느린 클라이언트가 받지 않는 메시지 하나마다 늘어나는 서버 메모리입니다.',
    ),
    { isSlope: true, head: text('B a message', '메시지당 B') },
  ],
  [
    'heard',
    'count',
    figure('slow.heard'),
    text(
      'Messages that a slow client had heard at the end.',
      '느린 클라이언트 하나가 끝까지 받은 메시지 수입니다.',
    ),
    { head: text('heard of it', '받은 수') },
  ],
  [
    'left',
    'B',
    figure('slow.left'),
    text(
      'What the server’s memory has more than before when the slow client has read everything.',
      '느린 클라이언트가 모두 읽은 뒤 처음보다 더 쓰고 있는 서버 메모리입니다.',
    ),
    { isSlope: true, head: text('B left at the end', '끝에 남음 B') },
  ],
  [
    'oldest',
    'ms',
    figure('slow.oldest'),
    text(
      'The age of the oldest message that a slow client heard.',
      '느린 클라이언트가 받은 메시지 가운데 가장 늦은 것의 지연입니다.',
    ),
    { head: text('oldest heard ms', '가장 늦게 들음 ms') },
  ],
]);

export const slowReadersOf = ({ own }: Pick<Load, 'own'>): number => Number(own?.slowReaders ?? 1);

async function starve(lab: Lab) {
  const { size, messages, clients } = lab.load;
  const readers = lab.speakers.map((_, index) => index).slice(Math.max(0, clients - slowReadersOf(lab.load)));
  const bare = await lab.bareBuffers();
  lab.found('bare', bare);
  const before = { kept: await lab.serverBytes(), sockets: await lab.outgoing() };
  for (const reader of readers) lab.stopReading(reader);
  // At most half of all messages, so that enough are left for the measurement.
  const filling = Math.min(Math.ceil((bare * surplus) / size), Math.ceil(messages / 2));
  const full = await keptAfter(lab, filling);
  const fuller = await keptAfter(lab, messages - filling);
  if (full !== null && fuller !== null && readers.length > 0)
    lab.found('perMessage', (fuller - full) / (messages - filling) / readers.length);
  findUnread(lab, await lab.outgoing(), before.sockets);
  for (const reader of readers) lab.readOn(reader);
  await lab.delivered(isVolatile(lab.load) ? droppedMs : undefined);
  if (readers.length > 0) lab.found('heard', lab.heard().cutOff / readers.length);
  const after = await keptAfter(lab, 0);
  if (after !== null && before.kept !== null) lab.found('left', after - before.kept);
}

/** Memory of the server's process (B) after this many more messages. */
async function keptAfter(lab: Lab, messages: number): Promise<number | null> {
  if (messages > 0) await lab.serverSpeaks(messages);
  await lab.othersDelivered(isVolatile(lab.load) ? droppedMs : undefined);
  for (let before = -1, taken = 0; taken !== before; ) {
    await lab.pass(stillMs);
    before = taken;
    taken = (await lab.outgoing()).reduce((sum, { takenBytes }) => sum + takenBytes, 0);
  }
  return lab.serverBytes();
}

function findUnread(lab: Lab, now: readonly Outgoing[], before: readonly Outgoing[]) {
  for (const { port, takenBytes, waitingBytes } of now) {
    if (waitingBytes === 0) continue;
    lab.found('taken', takenBytes - (before.find((one) => one.port === port)?.takenBytes ?? 0));
    lab.found('waiting', waitingBytes);
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** A figure that was not found is NaN here; `findingsOf` leaves it out. */
const figuresOf = ({ found, steady }: Observed): Trial['figures'] => ({
  ...Object.fromEntries(
    ['taken', 'bare', 'waiting', 'perMessage', 'heard', 'left'].map((name) => [
      `slow.${name}`,
      mean(found(name)),
    ]),
  ),
  'slow.oldest': (steady.book.apart.summary('age')?.max ?? Number.NaN) / 1e6,
});

export const slow = {
  ...usual,
  name: 'slow',
  question: {
    en: 'When one client stops reading, who keeps what it does not take, how much is that, and what do the others notice?',
    ko: '한 클라이언트가 읽기를 멈추면 받지 않은 메시지는 어디에 얼마나 쌓이고, 다른 클라이언트는 무엇을 느낍니까?',
  },
  behaviour: 'ticker',
  latency: 'age',
  needs: ['tick', 'outgoing'],
  needsPush: true,
  receivers: 'everyone',
  needsIdentity: true,
  timed: false,
  defaults: { clients: 5, rate: 250, messages: 1500, size: 8000, warmup: 20, arrivals: 'periodic' },
  async drive(lab) {
    if (lab.phase === 'steady') return starve(lab);
    await lab.serverSpeaks();
    await lab.delivered();
  },
  knobs,
  metrics,
  findings: (seen) => ({ figures: figuresOf(seen) }),
} satisfies Scenario;
