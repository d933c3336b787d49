/** The door of a classroom: the code, typed or in the address behind `#`, becomes a cookie. */

const form = document.querySelector('form');
const input = document.querySelector('input');
const alerts = document.querySelectorAll<HTMLElement>('[role=alert]');

/** One of the two; hidden first, because an alert that stays is not said again. */
function complain(which: 'wrong' | 'unanswered'): void {
  setTimeout(() => {
    for (const alert of alerts) alert.hidden = alert.dataset.alert !== which;
  }, 50);
}

async function join(code: string): Promise<void> {
  for (const alert of alerts) alert.hidden = true;
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ code });
  const answer = await fetch('/join', { method: 'POST', headers, body }).catch(() => null);
  if (answer?.ok) location.replace('/');
  else complain(answer ? 'wrong' : 'unanswered');
}

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  void join(input?.value.trim() ?? '');
});
// A QR code brings the code along; what is behind `#` is never sent in a request.
const brought = location.hash.slice(1);
if (brought !== '') void join(brought);
