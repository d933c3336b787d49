/** A check of this machine: what it looked at, what it found, and what to do if that is not as it should be. */
import type { Text } from '../../base/text.ts';

export interface Diagnosis {
  /** `problem`: a run is impossible. `warning`: it is possible, with a restriction. */
  readonly state: 'ok' | 'warning' | 'problem';
  /** What was found, in a few words. */
  readonly found: string;
  /** What to do about it; missing if nothing is. */
  readonly remedy?: Text;
}

export interface Check {
  readonly name: string;
  readonly title: Text;
  /** Only before a lesson with others on the local network. */
  readonly classroom?: true;
  /** Only on Windows. */
  readonly windows?: true;
  readonly look: () => Promise<Diagnosis>;
}

export const ok = (found: string): Diagnosis => ({ state: 'ok', found });
export const warning = (found: string, remedy: Text): Diagnosis => ({ state: 'warning', found, remedy });
export const problem = (found: string, remedy: Text): Diagnosis => ({ state: 'problem', found, remedy });
