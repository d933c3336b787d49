/** Paths within the folder of a started browser. */
import { join } from 'node:path';

export const profileIn = (place: string): string => join(place, 'profile');
export const keyLogIn = (place: string): string => join(place, 'keys.log');
