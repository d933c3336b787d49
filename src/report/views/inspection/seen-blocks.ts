/** The blocks of an inspection for any skin, whether seen live, in a capture or in an archive. */
import type { Reader } from '../../../base/text.ts';
import type { Archive } from '../../../document/archive.ts';
import type { Inspection } from '../../../document/inspection.ts';
import type { Block } from '../../blocks/block.ts';
import { archiveBlocks } from './archive-blocks.ts';
import { inspectionBlocks } from './inspection-blocks.ts';

export const isArchive = (seen: Inspection | Archive): seen is Archive => seen.source?.kind === 'har';

/** @param most rows of a table of connections, at most. */
export const seenBlocks = (seen: Inspection | Archive, reader: Reader, most?: number): Block[] =>
  isArchive(seen) ? archiveBlocks(seen, reader) : inspectionBlocks(seen, reader, most);
