/** What Artillery loads: the engine, over the package that is installed beside it. */
import * as rtcompare from 'rtcompare';
import { engineOver } from './engine.ts';

export default engineOver(rtcompare);
