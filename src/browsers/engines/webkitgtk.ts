/**
 * WebKitGTK, in the small browser that comes with it. It is not Safari: its network stack is libsoup, Apple's is
 * CFNetwork. It needs a display and gets one of its own.
 */
import { text } from '../../base/text.ts';
import { isHttp2, type Over } from '../../protocols/over.ts';
import type { Engine } from '../engine.ts';
import type { SpokenLane } from '../page-talk.ts';

/** Where distributions install it: outside the PATH. */
const folders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/libexec', '/usr/lib64'];

export const webkitgtk = {
  name: 'webkitgtk',
  title: 'WebKitGTK (not Safari)',
  programs: ['MiniBrowser', ...folders.map((folder) => `${folder}/webkit2gtk-4.1/MiniBrowser`)],
  package: null,
  install: 'apt install webkit2gtk-driver xvfb xauth',
  launcher: ['xvfb-run', '--auto-servernum', '--server-args=-screen 0 1280x1024x24 -nolisten tcp'],
  args: ({ url, trusted }) => [
    // A page opens the pages of the clients, without a user's click.
    '--javascript-can-open-windows-automatically=true',
    ...(trusted.length > 0 ? ['--ignore-tls-errors'] : []),
    url,
  ],
  profile: () => ({}),
  // Without these it looks for the desktop's accessibility bus, which a machine without a desktop does not have.
  environment: () => ({ NO_AT_BRIDGE: '1', GTK_A11Y: 'none', GDK_BACKEND: 'x11' }),
  cannot: (lane: SpokenLane, over: Over) => (lane === 'ws' && isHttp2(over) ? noSocketOverHttp2 : null),
  // libsoup sends no POST on a connection that was used before, not even over HTTP/2.
  otherLaws: ['H2C'],
} as const satisfies Engine;

const noSocketOverHttp2 = text(
  'WebKitGTK opens no WebSocket over HTTP/2: use --over https',
  'WebKitGTK는 HTTP/2로 WebSocket을 열지 않습니다. --over https를 써야 합니다',
);
