/** The door of a classroom: the code, typed or in the address behind `#`, becomes a cookie. */

const form = document.querySelector('form');
const input = document.querySelector('input');
const wrong = document.querySelector<HTMLElement>('[role=alert]');

async function join(code: string): Promise<void> {
  const { ok } = await fetch('/join', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  if (ok) location.replace('/');
  else if (wrong) wrong.hidden = false;
}

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  void join(input?.value.trim() ?? '');
});
// A QR code brings the code along; what is behind `#` is never sent in a request.
const brought = location.hash.slice(1);
if (brought !== '') void join(brought);
