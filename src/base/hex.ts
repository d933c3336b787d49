/** Two hexadecimal digits for each byte, with spaces between. */
export const hexPairs = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
