/**
 * What each transport would cost an application, per hour: exchanges from the laws, with the weight of HTTP heads and
 * handshakes as they were measured, and what TLS and TCP/IP put around them. Pure: no socket is opened here.
 */
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
      const bytesPerHour = exchanges.reduce((sum, { perHour, up, down }) => sum + perHour * (up + down), 0);
      const tlsBytesPerHour = need.tls ? tlsBytes(layers) : null;
      const tcpIpBytesPerHour = need.tcp === 'none' ? null : tcpIpBytes(layers, need.tcp, need.tls);
      const radioIf = (reopenedPerHour: number) =>
        need.radioTailMs === null ? null : radioOf(need, reopenedPerHour, timer);
      const radio = radioIf(rest.reopenedPerHour);
      return {
        ...{ transport: name, demands, bytesPerHour, tlsBytesPerHour, tcpIpBytesPerHour },
        wireBytesPerHour: bytesPerHour + (tlsBytesPerHour ?? 0) + (tcpIpBytesPerHour ?? 0),
        ...rest,
        lateMs: Math.max(rest.latestMs ?? 0, rest.delayMs ?? 0),
        pollIntervalMs,
        wakeUpsPerHour: radio?.wakeUpsPerHour ?? null,
        radioSecondsPerHour: radio?.secondsPerHour ?? null,
        radioSecondsClosedPerHour: rest.reopenedPerHour > 0 ? (radioIf(0)?.secondsPerHour ?? null) : null,
        setupBytes: (units.setup[name] ?? 0) + connectionBytes(need.tcp, need.tls, rest.connections),
        isCut: need.idleTimeoutMs !== null && silenceMs >= need.idleTimeoutMs,
        isUnsure,
      };
    });
