/** What a command found, on stdout: one JSON document where that was asked for, else blocks, laid out. */
import type { Block } from '../../report/blocks/block.ts';
import { widthOf } from './width.ts';

interface Printing {
  readonly json?: boolean;
  readonly wide?: boolean;
  readonly ascii?: boolean;
  readonly colour?: boolean;
}

export const jsonText = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;

/** What is not printed is not made, and what lays blocks out is only loaded for blocks. */
export async function print(
  { json, wide, ascii, colour = false }: Printing,
  document: () => unknown,
  blocks: () => readonly Block[],
): Promise<void> {
  if (json) return void process.stdout.write(jsonText(document()));
  const { renderBlocks } = await import('../../report/skins/terminal.ts');
  process.stdout.write(renderBlocks(blocks(), { width: widthOf(wide), ascii: ascii === true, colour }));
}
