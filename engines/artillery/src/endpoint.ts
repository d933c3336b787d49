/** Where a target is, and what its scheme says that HTTP goes over. */
import { Misasked } from './asked.ts';

const sealed = ['https:', 'wss:'];
const clear = ['http:', 'ws:', 'tcp:'];

/** Throws `Misasked`. @param over as it was asked for; empty where the scheme decides. */
export function endpointOf<Over extends string>(
  target: string | undefined,
  over: string,
  overs: readonly Over[],
): { readonly host: string; readonly port: number; readonly over: Over } {
  if (!target) throw new Misasked('connect: no target; set config.target, or target in the step');
  const url = URL.canParse(target) ? new URL(target) : null;
  if (!url || ![...sealed, ...clear].includes(url.protocol) || url.hostname === '')
    throw new Misasked(`connect: the target ${target} is not a URL such as http://127.0.0.1:8080`);
  const isSealed = sealed.includes(url.protocol);
  const wanted = over || (isSealed ? 'https' : 'http');
  const known = overs.find((one) => one === wanted);
  if (!known) throw new Misasked(`connect: over ${wanted} is not known; known: ${overs.join(', ')}`);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (isSealed ? 443 : 80),
    over: known,
  };
}
