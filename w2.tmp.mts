import { weighTransport } from './src/script/exact-weights.ts';
import { transports } from './src/transports/index.ts';

const N = Number(process.argv[2]);
const seen = new Map<string, Map<string, number>>();
for (let k = 0; k < N; k++)
  for (const t of transports)
    await Promise.all(
      (['https', 'h2'] as const).map(async (over) => {
        if (over === 'h2' && t.traits.notOverHttp2) return;
        try {
          const w = await weighTransport(t, { over });
          for (const [s, [x]] of Object.entries(w.stages)) {
            const key = `${t.name} ${over} ${s}`;
            const v = `${x.up}/${x.down}/${x.requests}`;
            const m = seen.get(key) ?? new Map();
            seen.set(key, m);
            m.set(v, (m.get(v) ?? 0) + 1);
          }
          if (k === 0 && process.argv[3] === t.name)
            for (const [s, [x]] of Object.entries(w.stages))
              console.log(
                over,
                s,
                x.units,
                x.fields
                  .map((f) => `${f.direction} ${f.layer} ${f.name} ${f.count}x ${f.bytes} ${f.sample ?? ''}`)
                  .join('\n   '),
              );
        } catch (e) {
          console.log(over, t.name, 'FAIL', e);
        }
      }),
    );
for (const [k, m] of seen)
  console.log(
    m.size > 1 ? '*** ' : '',
    k,
    [...m].map(([v, n]) => (m.size > 1 ? `${v} x${n}` : v)).join('  '),
  );
process.exit(0);
