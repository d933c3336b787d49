/** Node and the libraries that are measured. */

import { version } from '../../base/version.ts';
import { readEnvironment } from '../../trial/environment.ts';
import { type Check, ok, problem } from './checked.ts';

const oldest = [20, 19] as const;

const node: Check = {
  name: 'node',
  title: { en: 'Node', ko: 'Node' },
  async look() {
    const found = process.versions.node;
    const [major = 0, minor = 0] = found.split('.').map(Number);
    const isOld = major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
    return isOld
      ? problem(found, { en: 'install Node 20.19 or later', ko: 'Node 20.19 이상을 설치하십시오' })
      : ok(found);
  },
};

const libraries: Check = {
  name: 'libraries',
  title: { en: 'libraries', ko: '라이브러리' },
  async look() {
    const all = Object.entries(readEnvironment().dependencies);
    const missing = all.filter(([, installed]) => installed === 'unknown').map(([name]) => name);
    const told = ['ws', 'socket.io', 'undici'].map((name) => `${name} ${Object.fromEntries(all)[name]}`);
    return missing.length > 0
      ? problem(missing.join(', '), {
          en: 'not found: run npm ci again',
          ko: '찾지 못했습니다: npm ci를 다시 실행하십시오',
        })
      : ok(`rtcompare ${version}, ${told.join(', ')}`);
  },
};

export const software: readonly Check[] = [node, libraries];
