/**
 * The join code of a classroom: a visitor who knows it gets a cookie, any other gets only the page that asks for it. A
 * second code, printed for the teacher alone, also allows its user to lead. Without a classroom no code is needed.
 */
import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { encode } from 'uqr';
import type { Clock } from '../../base/clock.ts';
import type { Classroom } from '../page/control-talk.ts';
import { openBucket } from './bucket.ts';

export type Role = 'leads' | 'takes part';

export interface Door {
  /** Null for a visitor who has to join first. */
  roleOf(request: Pick<IncomingMessage, 'headers'>): Role | null;
  /** The cookie for a right code; null for a wrong one, and for too many tries from one address. */
  join(code: string, address: string): string | null;
}

export interface Codes {
  readonly join: string;
  readonly lead: string;
}

/** Without letters that are mistaken for others on a projector. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const codeOf = (length: number) => Array.from({ length }, () => letters[randomInt(letters.length)]).join('');

export const newCodes = (): Codes => ({ join: codeOf(6), lead: codeOf(12) });

/** For joining without typing: the address with the code after `#`, also as a QR code (ISO/IEC 18004). */
export function invitation({ join: code }: Codes, site: string): Classroom {
  const url = `${site}join#${code}`;
  const rows = encode(url, { ecc: 'M', border: 2 }).data;
  return { url, code, modules: rows.map((row) => row.map((dark) => (dark ? '#' : ' ')).join('')) };
}

export const openDoor: Door = { roleOf: () => 'leads', join: () => null };

const cookieName = 'rtcompare';

/** @param isSealed whether the cookie is for TLS only; cookies do not distinguish ports. */
export function closedDoor(codes: Codes, clock: Clock, isSealed = false): Door {
  const keys = { join: randomBytes(18).toString('base64url'), lead: randomBytes(18).toString('base64url') };
  // Without a limit a machine would guess six letters. By address, so that a guesser does not keep other visitors out.
  const tries = new Map<string, ReturnType<typeof openBucket>>();
  const mayTry = (address: string) => {
    const bucket = tries.get(address) ?? openBucket(clock.now());
    tries.set(address, bucket);
    return bucket.take(clock.now());
  };
  return {
    roleOf({ headers }) {
      const key = new RegExp(`(?:^|;\\s*)${cookieName}=([\\w-]+)`).exec(headers.cookie ?? '')?.[1] ?? '';
      if (isSame(key, keys.lead)) return 'leads';
      return isSame(key, keys.join) ? 'takes part' : null;
    },
    join(code, address) {
      if (!mayTry(address)) return null;
      const given = code.trim().toUpperCase();
      const key = isSame(given, codes.lead) ? keys.lead : isSame(given, codes.join) ? keys.join : null;
      return key && `${cookieName}=${key}; Path=/; HttpOnly; SameSite=Strict${isSealed ? '; Secure' : ''}`;
    },
  };
}

/** Takes as long for a nearly right code as for a wrong one. */
function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
