/**
 * Compares `rtcompare recommend` with ten real applications: its predicted bytes of the application's layer lie
 * within 5 % of a relay's count in front of each, for an hour of the described traffic.
 */
import { applications, bytesInAnHour } from '../test/support/applications.ts';
import { rtcompare, tally } from './command.ts';

const tolerance = 0.05;

interface Recommendation {
  readonly costs: readonly { readonly transport: string; readonly bytesPerHour: number }[];
}

export async function recommend(): Promise<boolean> {
  const { say, held } = tally();
  for (const application of applications) {
    const { code, stdout, stderr } = await rtcompare('recommend', ...application.asked, '--json', '--quiet');
    if (code !== 0) throw new Error(`recommend: exit ${code}: ${stderr}`);
    const { costs } = JSON.parse(stdout) as Recommendation;
    const said =
      costs.find(({ transport }) => transport === application.transport)?.bytesPerHour ?? Number.NaN;
    const counted = await bytesInAnHour(application);
    const off = said / counted - 1;
    const holds = Math.abs(off) <= tolerance;
    const figures = `${Math.round(said)} B said, ${Math.round(counted)} B counted, ${(off * 100).toFixed(1)} %`;
    say(holds, `${application.name} (${application.transport}): ${figures}`);
  }
  return held();
}
