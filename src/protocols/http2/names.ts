/** Numbers that have names: settings (RFC 9113 §6.5.2, RFC 8441 §3, RFC 9218 §2.1) and error codes (RFC 9113 §7). */

interface Setting {
  /** The number itself where it has no name. */
  readonly name: string;
  readonly value: number;
}

const settingNames: { readonly [id: number]: string } = {
  1: 'HEADER_TABLE_SIZE',
  2: 'ENABLE_PUSH',
  3: 'MAX_CONCURRENT_STREAMS',
  4: 'INITIAL_WINDOW_SIZE',
  5: 'MAX_FRAME_SIZE',
  6: 'MAX_HEADER_LIST_SIZE',
  8: 'ENABLE_CONNECT_PROTOCOL',
  9: 'NO_RFC7540_PRIORITIES',
};

const settingBytes = 6;

export function settingsOf(payload: Uint8Array): Setting[] {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  return Array.from({ length: payload.length / settingBytes }, (_, one) => {
    const id = view.getUint16(one * settingBytes);
    return { name: settingNames[id] ?? String(id), value: view.getUint32(one * settingBytes + 2) };
  });
}

/** `ENABLE_PUSH=0, MAX_FRAME_SIZE=16384` */
export const settingsText = (payload: Uint8Array): string =>
  settingsOf(payload)
    .map(({ name, value }) => `${name}=${value}`)
    .join(', ');

const errorNames = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
];

export function errorName(bytes: Uint8Array): string {
  const code = bytes.reduce((value, byte) => value * 256 + byte, 0);
  return errorNames[code] ?? String(code);
}
