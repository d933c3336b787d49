/**
 * What each transport would cost an application, per hour: exchanges from the laws, with the weight of HTTP heads and
 * handshakes as they were measured, and what TLS and TCP/IP put around them. Pure: no socket is opened here.
 */

import { dateBytes } from './assumptions.ts';
import { connectionBytes, type Layers, tcpIpBytes, tlsBytes } from './below-application.ts';
import { models } from './models.ts';
import type { Need, TransportCost, UnitCosts } from './need.ts';
import { radioOf } from './radio.ts';

/** Every transport that can do it and was weighed, in no particular order of merit. */
export const costsOf = (need: Need, units: UnitCosts): TransportCost[] =>
  models
    .filter(
      ({ name, fits, takes }) => fits(need) && name in units.setup && takes.every((unit) => units[unit]),
    )
    .map(({ name, demands, model }): TransportCost => {
      const {
        exchanges,
        silenceMs,
        timer,
        isUnsure = false,
        pollIntervalMs = null,
        ...rest
      } = model(need, units as Required<UnitCosts>);
      const layers: Layers = { exchanges, reopenedPerHour: rest.reopenedPerHour };
      const dates = need.over === 'h2' ? datesPerHour(rest.requestsPerHour, pollIntervalMs !== null) : 0;
      const bytesPerHour =
        exchanges.reduce((sum, { perHour, up, down }) => sum + perHour * (up + down), 0) + dates * dateBytes;
      const tlsBytesPerHour = need.tls ? tlsBytes(layers) : null;
      const tcpIpBytesPerHour = need.tcp === 'none' ? null : tcpIpBytes(layers, need.tcp, need.tls);
      const radioIf = (reopenedPerHour: number) =>
        need.radioTailMs === null ? null : radioOf(need, reopenedPerHour, timer);
      const radio = radioIf(rest.reopenedPerHour);
      return {
        transport: name,
        demands,
        bytesPerHour,
        tlsBytesPerHour,
        tcpIpBytesPerHour,
        wireBytesPerHour: bytesPerHour + (tlsBytesPerHour ?? 0) + (tcpIpBytesPerHour ?? 0),
        ...rest,
        ...(need.over === 'h2' && { ...oneConnection, laws: [...rest.laws, ...lawsOfHttp2(name)] }),
        lateMs: Math.max(rest.latestMs ?? 0, rest.delayMs ?? 0),
        pollIntervalMs,
        wakeUpsPerHour: radio?.wakeUpsPerHour ?? null,
        radioSecondsPerHour: radio?.secondsPerHour ?? null,
        radioSecondsClosedPerHour: rest.reopenedPerHour > 0 ? (radioIf(0)?.secondsPerHour ?? null) : null,
        setupBytes:
          (units.setup[name] ?? 0) +
          connectionBytes(need.tcp, need.tls, need.over === 'h2' ? 1 : rest.connections),
        isCut: need.idleTimeoutMs !== null && silenceMs >= need.idleTimeoutMs,
        isUnsure,
      };
    });

/** Law H2C: every stream of a client shares it, and it stays open. */
const oneConnection = { connections: 1, connectionsOpen: 1 } as const;

const lawsOfHttp2 = (transport: string): readonly string[] =>
  transport === 'ws' ? ['H2D', 'H2C'] : transport === 'sse' ? ['H2A', 'H2B', 'H2C'] : ['H2B', 'H2C'];

/** Seconds of an hour in which something is answered, by a clock or by chance: the first answer in each has another `date`. */
function datesPerHour(requestsPerHour: number, byClock: boolean): number {
  const perSecond = requestsPerHour / 3600;
  return 3600 * (byClock ? Math.min(1, perSecond) : -Math.expm1(-perSecond));
}
