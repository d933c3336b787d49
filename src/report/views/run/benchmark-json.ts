/** The list that github-action-benchmark takes as `customSmallerIsBetter`: only what is better when it is smaller. */
import { metricByName } from '../../../trial/metrics.ts';
import { figureRows } from './figure-rows.ts';
import type { RunSkin } from './run-skin.ts';

export const renderBenchmark = ((report) => {
  const rows = new Map<string, { name: string; unit: string; value: number }>();
  for (const { transport, scenario, verdict, metric, value, unit } of figureRows(report)) {
    const name = `${scenario} ${transport} ${metric}`;
    // A graph over time takes one value a name: of repeats, the first that counts.
    if (verdict !== 'invalid' && metricByName(metric)?.graphed && !rows.has(name))
      rows.set(name, { name, unit, value });
  }
  return `${JSON.stringify([...rows.values()], null, 2)}\n`;
}) satisfies RunSkin;
