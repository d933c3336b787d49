/** Which way bytes went, as the client sees it. */
import { type Text, text } from '../../base/text.ts';

export const directionNames: Readonly<Record<'up' | 'down' | 'both', Text>> = {
  up: text('up', '보낼 때'),
  down: text('down', '받을 때'),
  both: text('in all', '전체'),
};
