/**
 * How the product is extended, tried in a copy of the tree, which is then built and run: a scenario is a file and a
 * line, a transport two files and a line, a layer a folder, its name, its value and what carries it. Nothing else is
 * changed.
 */
import { aLayerIsAFolderAndItsLines } from './growing/layer.ts';
import { aScenarioIsAFileAndALine } from './growing/scenario.ts';
import { aTransportIsTwoFilesAndALine } from './growing/transport.ts';

export async function growing(): Promise<boolean> {
  return [aScenarioIsAFileAndALine, aTransportIsTwoFilesAndALine, aLayerIsAFolderAndItsLines]
    .map((grows) => grows())
    .every(Boolean);
}
