/** What the figures are: under which conditions, with which load, and whether they may be trusted. */
import type { Report } from '../document/report.ts';
import { loadText, sharesLoad } from './load-text.ts';
import type { Block } from './table.ts';
import type { Words } from './words.ts';

const unlimited = new Set(['loopback', 'none']);

function linkText(name: string, words: Words): string {
  return unlimited.has(name) ? words.say('caption.loopback') : words.say('caption.link', { name });
}

export function caption(report: Report, words: Words): Block[] {
  const { plan, environment } = report;
  const conditions = words.say('caption.conditions', {
    compression: words.say(plan.compression ? 'caption.compressionOn' : 'caption.compressionOff'),
    node: environment.node.replace(/^v/, ''),
    link: linkText(plan.link.name, words),
  });
  const proxy = plan.proxy === 'none' ? '' : `, ${words.say('caption.proxy', { name: plan.proxy })}`;
  const settings = words.say('caption.settings', {
    keepAlive: words.say(plan.keepAlive ? 'caption.on' : 'caption.off'),
    heartbeat: plan.heartbeat === 'none' ? words.say('caption.none') : plan.heartbeat,
    seed: String(plan.seed),
  });
  const [first = ''] = plan.scenario.split(',');
  // Scenarios ask different things, and so does a sweep: then each table says its own load.
  const asked = sharesLoad(report)
    ? words.say('caption.load', { load: loadText(first, [plan.load], words), settings })
    : settings;
  const warnings: Block[] = [];
  if (report.interrupted)
    warnings.push({ kind: 'paragraph', text: words.say('caption.interrupted'), strong: true });
  if (report.verdict !== 'valid') {
    warnings.push({ kind: 'paragraph', text: words.say(`caption.${report.verdict}`), strong: true });
  }
  return [
    { kind: 'heading', text: words.say('title.report') },
    { kind: 'paragraph', text: conditions + proxy },
    { kind: 'paragraph', text: asked },
    ...warnings,
  ];
}
