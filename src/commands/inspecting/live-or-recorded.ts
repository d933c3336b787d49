/** What `inspect` reports: an application that spoke through its relay, or a capture or archive that it reads. */
import { UsageError } from '../../base/failure.ts';
import { text } from '../../base/text.ts';
import type { Archive } from '../../document/archive.ts';
import type { Inspection } from '../../document/inspection.ts';
import type { PcapFile } from '../files/pcap-file.ts';
import type { Inspected, Inspecting } from './inspecting.ts';

/** Inspects the application, then measures what a pass through the relay costs; if that fails, `hop` stays null. */
export async function seenLive(
  url: string,
  inspecting: Inspecting,
  signal: AbortSignal,
  pcap: PcapFile | null,
): Promise<Inspected> {
  const { inspectApplication } = await import('./inspecting.ts');
  const { seen, code } = await inspectApplication(url, inspecting, signal, pcap?.add);
  if (!seen.delay || seen.delay.p50Ns === null) return { seen, code };
  const { weighHop } = await import('../../inspection/hop-cost.ts');
  const { realClock } = await import('../../base/clock.ts');
  const hop = await weighHop(realClock, seen.durationMs / seen.delay.chunks).catch(() => null);
  return { seen: { ...seen, delay: { ...seen.delay, hop } }, code };
}

const keylessArchive = text(
  '--keylog does nothing here: an archive (HAR) has no bytes that it could open; leave it out',
  '--keylog는 여기서 하는 일이 없습니다: HAR에는 키로 열 바이트가 없습니다. 이 옵션을 빼야 합니다',
);

/** Reads a capture (pcap, pcapng) or an archive (HAR), and judges it by the same thresholds as a live inspection. */
export async function seenRecorded(
  path: string,
  { port, threshold = [], keylog, isProfiled }: Inspecting,
  signal: AbortSignal,
): Promise<Inspection | Archive> {
  const { inspectArchived, inspectRecorded, isArchiveFile } = await import('./recorded.ts');
  const { judgeInspectionThresholds, parseInspectionThreshold, refuseOfArchive } = await import(
    '../../gate/inspection-thresholds.ts'
  );
  const rules = threshold.map(parseInspectionThreshold);
  if (await isArchiveFile(path, signal)) {
    if (keylog !== undefined) throw new UsageError(keylessArchive);
    const { seen, counted } = await inspectArchived(path, signal);
    refuseOfArchive(rules, seen);
    return rules.length === 0 ? seen : { ...seen, thresholds: judgeInspectionThresholds(rules, counted) };
  }
  const seen = await inspectRecorded(path, { port: port === 0 ? null : port, isProfiled, keylog }, signal);
  return rules.length === 0 ? seen : { ...seen, thresholds: judgeInspectionThresholds(rules, seen) };
}
