/** Whose libraries were weighed: those of the project's folder, or rtcompare's own in their place. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Comparison } from '../../../gate/gate.ts';
import type { Block } from '../../blocks/block.ts';

const originTexts = {
  project: text('{libraries} of this folder', '이 폴더의 {libraries}'),
  'not-there': text(
    '{libraries} of rtcompare, as the folder has none',
    'rtcompare의 {libraries}(폴더에 없음)',
  ),
  'too-old': text(
    '{libraries} of rtcompare, as what the folder has ({theirs}) is too old to be spoken through',
    'rtcompare의 {libraries}(폴더의 {theirs}은(는) 너무 오래되어 쓸 수 없음)',
  ),
};

const weighedText = text('Weighed with Node {node}: {all}.', 'Node {node}에서 잰 것: {all}.');

/** Says which libraries were weighed, so that the reader does not take rtcompare's own for the project's. */
export function weighedBlocks({ weighed }: Pick<Comparison, 'weighed'>, reader: Reader): Block[] {
  if (!weighed?.origins) return [];
  const { node, dependencies, origins, tooOld = {} } = weighed;
  const all = (['project', 'not-there', 'too-old'] as const).flatMap((origin) => {
    const names = Object.keys(dependencies).filter((name) => origins[name] === origin);
    if (names.length === 0) return [];
    const listed = (versions: Readonly<Record<string, string>>) =>
      names.flatMap((name) => (versions[name] ? [`${name} ${versions[name]}`] : [])).join(', ');
    return [say(reader, originTexts[origin], { libraries: listed(dependencies), theirs: listed(tooOld) })];
  });
  return [{ kind: 'paragraph', text: say(reader, weighedText, { node, all: all.join('; ') }) }];
}
