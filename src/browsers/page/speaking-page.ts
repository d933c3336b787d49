/** The page of a client in a browser. */
import { controlOf, obey } from './page-orders.ts';

const control = controlOf(new URL(location.href));
// What a page sends says which page it is (`Referer`): the one of its site, without what it was told.
history.replaceState(null, '', '/');
const tell = obey(control, {
  hello: { isVisible: document.visibilityState === 'visible', isIsolated: crossOriginIsolated },
  visit: (url) => void open(url, '', 'popup,width=320,height=240'),
  leave: () => close(),
});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden' && control.readyState === WebSocket.OPEN)
    tell({ type: 'hidden' });
});
