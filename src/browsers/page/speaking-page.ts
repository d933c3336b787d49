/** The page of a client in a browser. */
import { controlOf, obey } from './page-orders.ts';
import { hiding, ownWindow } from './page-probes.ts';

const control = controlOf(new URL(location.href));
// A page's requests carry its URL (`Referer`): reduced to `/`, it holds none of our parameters.
history.replaceState(null, '', '/');
const tell = obey(control, {
  hello: { isVisible: document.visibilityState === 'visible', isIsolated: crossOriginIsolated },
  visit: (url, isTab) => void open(url, '', isTab ? '' : ownWindow),
  leave: () => close(),
});
document.addEventListener('visibilitychange', () => {
  const isHidden = document.visibilityState === 'hidden' && !hiding.isMeant;
  if (isHidden && control.readyState === WebSocket.OPEN) tell({ type: 'hidden' });
});
