/**
 * What the product grows by, tried in a copy of the tree which is then built and asked: a scenario is a file and a line, a
 * transport two files and a line. Nothing else is touched.
 */
import { aScenarioIsAFileAndALine } from './growing/scenario.ts';
import { aTransportIsTwoFilesAndALine } from './growing/transport.ts';

export async function growing(): Promise<boolean> {
  return [aScenarioIsAFileAndALine, aTransportIsTwoFilesAndALine].map((grows) => grows()).every(Boolean);
}
