/** A layer: a folder, its name and its value in the registry, and the line that says which transport carries it. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { grown } from './copy.ts';
import { smokeSignals } from './transport.ts';

const value = `
/** A bell before each message. */
import { text } from '../../base/text.ts';
import { take } from '../../wire/reader.ts';
import { feed, some, type Open } from '../../wire/reader.ts';
import { type Explain, line, means } from '../explanation.ts';
import type { Layer } from '../layers.ts';
import type { Protocol } from '../protocol.ts';

export const bells: Open<Layer> = (tell, message) =>
  feed(tell, message, function* (tell) {
    yield* take(1);
    tell({ message, layer: 'bell', name: 'ring', length: 1, mark: 'unit' });
    for (let mark: 'unit' | 'more' = 'unit'; ; mark = 'more') {
      const { length } = yield* some(65_536);
      tell({ message, layer: 'payload', name: 'message', length, mark });
    }
  });

const explain: Explain = ({ field }) => (field.name === 'ring' ? means(null, line('a bell', '종소리')) : null);

export const bell = {
  name: 'bell',
  read: bells,
  explain,
  look: {
    title: text('bell', '종'),
    light: '#7a5cff',
    dark: '#b9a8ff',
    pattern: 'M4 4h2v2h-2z',
    letter: 'l',
    terminal: 'magentaBright',
  },
} satisfies Protocol;
`;

const { 'servers/smoke.ts': server, 'transports/smoke.ts': client } = smokeSignals.files;

const addition = {
  files: {
    'protocols/bell/index.ts': value,
    'servers/smoke.ts': server
      .replace('contentTypeOf(answer)', "'text/x-bell'")
      .replace('Buffer.from(answer)', 'Buffer.concat([Buffer.from([7]), Buffer.from(answer)])')
      .replace('contentTypeOf, ', ''),
    'transports/smoke.ts': client
      .replace(', payloadOf }', ' }')
      .replace(
        "payloadOf(answer.body, answer.headers['content-type'])",
        'answer.body.subarray(1).toString()',
      ),
  },
  lines: [
    ...smokeSignals.lines,
    { file: 'protocols/layers.ts', before: "  'encoding',", line: "  'bell'," },
    {
      file: 'protocols/index.ts',
      before: "import { chunk } from './chunked/index.ts';",
      line: "import { bell } from './bell/index.ts';",
    },
    { file: 'protocols/index.ts', before: '  encoding,\n', line: '  bell,' },
    {
      file: 'protocols/http1/body.ts',
      before: "import { readMailbox } from '../mailbox/mailbox.ts';",
      line: "import { bells } from '../bell/index.ts';",
    },
    {
      file: 'protocols/http1/body.ts',
      before: '  engineIoBody,\n',
      line: "  ({ contentType }) => (contentType === 'text/x-bell' ? bells : undefined),",
    },
  ],
};

interface Measured {
  readonly transport: string;
  readonly verdict: string;
  readonly messages: { readonly received: number };
  readonly wire: { readonly layers: readonly { readonly layer: string; readonly bytes: number }[] };
}

/**
 * Its bytes are owned, it is in the tables, its fields are explained, and report and page show it as its folder says.
 */
export const aLayerIsAFolderAndItsLines = (): boolean =>
  grown(addition, ({ folder, speak, say, told, written }) => {
    const asked = '--transport smoke --scenario echo --clients 2 --messages 20 --quiet --json';
    const { stdout } = speak('en', 'run', ...asked.split(' '));
    writeFileSync(join(folder, 'run.json'), stdout);
    const own = (JSON.parse(stdout).trials as readonly Measured[]).filter(
      ({ transport }) => transport === 'smoke',
    );
    say(own.length > 0 && own.every(({ verdict }) => verdict === 'valid'), 'its trials are valid');
    const rings = own.flatMap(({ wire }) => wire.layers).filter(({ layer }) => layer === 'bell');
    say(rings.length > 0 && rings.every(({ bytes }) => bytes > 0), 'its bytes are its own');
    told('ko', /종소리/, 'wire', 'smoke');
    written('en', 'html', /--bell: #7a5cff;/);
    const style = `import { styleSheet } from './dist/classroom/site/style.js'; console.log(styleSheet)`;
    const page = spawnSync(process.execPath, ['--input-type=module', '-e', style], {
      cwd: folder,
      encoding: 'utf8',
    });
    say(/--bell: #7a5cff;/.test(page.stdout), 'the page of the class has its colour');
  });
