/** What lies where in the folder of a browser that was started. */
import { join } from 'node:path';

export const profileIn = (place: string): string => join(place, 'profile');
export const keyLogIn = (place: string): string => join(place, 'keys.log');
