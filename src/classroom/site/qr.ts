/** The join address as a QR code (ISO/IEC 18004): rows of modules, `#` is dark. The page draws them. */
import { encode } from 'uqr';

export const qrModules = (text: string): string[] =>
  encode(text, { ecc: 'M', border: 2 }).data.map((row) => row.map((dark) => (dark ? '#' : ' ')).join(''));
