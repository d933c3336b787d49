/** The door of a classroom: the code, typed or in the address behind `#`, becomes a cookie. */

const form = document.querySelector('form');
const input = document.querySelector('input');
const alerts = document.querySelectorAll<HTMLElement>('[role=alert]');

/** Shows one of the two alerts; hides it first, because a screen reader does not repeat an alert that stays. */
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
// The address in a QR code contains the code after `#`, which is never sent in a request.
const brought = location.hash.slice(1);
if (brought !== '') void join(brought);
