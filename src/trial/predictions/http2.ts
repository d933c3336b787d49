/** The laws of HTTP/2, compared with every trial over it. */
import { frameHeadBytes, type Literal, repeatedBlockBytes } from '../../laws/http2.ts';
import { clientName, paths } from '../../protocols/contract.ts';
import { huffmanBytes } from '../../protocols/http2/hpack/huffman.ts';
import type { Direction } from '../../wire/span.ts';
import type { Binding, Facts, Inputs } from './binding.ts';

const frameHeads: Binding = {
  metric: 'head of a frame of HTTP/2',
  unit: 'B/frame',
  predicted: () => frameHeadBytes,
  measured({ trial }) {
    const heads = trial.fields.filter(
      ({ layer, name, phase }) => layer === 'http2' && phase === 'steady' && name.endsWith('-head'),
    );
    const count = heads.reduce((sum, row) => sum + row.count, 0);
    return count === 0 ? null : heads.reduce((sum, row) => sum + row.bytes, 0) / count;
  },
};

/** Names of the static table that are written with a value each time (RFC 7541, appendix A). */
const staticNames = { path: 4, contentLength: 28 } as const;

const literal = (nameIndex: number, value: string): Literal => ({
  nameIndex,
  valueBytes: huffmanBytes(value),
});

/** `POST /message?client=0001` with the length of its body; the other fields are indexed since earlier requests. */
const repeatedPost: Binding = {
  metric: 'head of a repeated POST',
  unit: 'B/request',
  predicted({ transport: { traits }, load, headers, heads, scenario }) {
    // Without push, only `http` echoes in the response of its POST; a transport of pieces uses another path.
    const posts = traits.push ? !traits.extendedConnect : !traits.pieces;
    if (
      !posts ||
      scenario.behaviour !== 'echo' ||
      load.size === 0 ||
      heads ||
      Object.keys(headers).length > 0
    )
      return null;
    const length = literal(staticNames.contentLength, String(load.size));
    const bytesOf = (path: string) =>
      frameHeadBytes +
      repeatedBlockBytes({ indexed: 4, literals: [literal(staticNames.path, path), length] });
    if (!traits.push) return bytesOf(paths.echo);
    // Names of clients are equally long, but not when they are Huffman-coded.
    const clients = Array.from({ length: load.clients }, (_, index) => clientName(index));
    return [...new Set(clients.map((client) => bytesOf(`${paths.message}?client=${client}`)))];
  },
  measured({ trial }, { load }) {
    const posts = trial.exchanges.filter(({ kind, phase }) => phase === 'steady' && kind.startsWith('POST '));
    const sizes = posts.flatMap(({ sizes }) => sizes.map(({ up }) => up - frameHeadBytes - load.size));
    return sizes.length === 0 ? null : [...new Set(sizes)];
  },
};

const connections: Binding = {
  metric: 'connections a client',
  unit: 'connections',
  predicted: () => 1,
  measured: ({ trial, party }) => (trial.connections === 0 ? null : trial.connections / party.clients),
};

/** Null if there were other frames too (window updates, pings). */
function perFrame({ trial }: Facts, way: Direction): number | null {
  const rows = trial.wire.layers.filter(({ direction, phase }) => direction === way && phase === 'steady');
  const of = (layer: string) => rows.find((row) => row.layer === layer);
  const [data, frames] = [of('http2'), of('websocket')];
  return data && frames && data.units === frames.units ? data.bytes / data.units : null;
}

const carriage = (way: Direction): Binding => ({
  metric: way === 'up' ? 'HTTP/2 around a frame up' : 'HTTP/2 around a frame down',
  unit: 'B/frame',
  predicted: ({ transport }: Inputs) => (transport.traits.extendedConnect ? frameHeadBytes : null),
  measured: (facts) => perFrame(facts, way),
});

export const http2Bindings: Readonly<Record<string, readonly Binding[]>> = {
  H2A: [frameHeads],
  H2B: [repeatedPost],
  H2C: [connections],
  H2D: [carriage('up'), carriage('down')],
};
