// What pages do beyond plain HTML. Every page works without it.
const PROGRESS_EVERY_MS = 1000;

for (const element of document.querySelectorAll('.with-script')) element.hidden = false;
for (const element of document.querySelectorAll('.without-script')) element.hidden = true;

for (const select of document.querySelectorAll('[data-submit-on-change]'))
  select.addEventListener('change', () => select.form.submit());

for (const button of document.querySelectorAll('[data-copy]'))
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent);
    button.textContent = button.dataset.copied;
  });

for (const button of document.querySelectorAll('[data-select-all]'))
  button.addEventListener('click', () => {
    const boxes = [...button.form.querySelectorAll(`input[name="${button.dataset.selectAll}"]`)];
    const all = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !all;
  });

const send = document.getElementById('option-send');
const submit = document.querySelector('[data-send-label]');
if (send && submit) {
  const label = () => {
    submit.textContent = send.checked ? submit.dataset.sendLabel : submit.dataset.dryLabel;
  };
  send.addEventListener('change', label);
  label();
}

const faults = document.getElementById('faults');
if (faults) {
  faults.tabIndex = -1;
  faults.focus();
}

const progress = document.querySelector('[data-progress]');
if (progress) followProgress(progress);
else reloadLater();

/** Asks for the progress of a run again and again; when it has ended, its page is opened anew. */
function followProgress(element) {
  const bar = element.querySelector('progress');
  const text = element.querySelector('[data-progress-text]');
  setTimeout(async function look() {
    const answer = await fetch(element.dataset.progress, { headers: { accept: 'application/json' } }).catch(() => null);
    const isJson = answer?.ok && answer.headers.get('content-type')?.includes('json');
    const state = isJson ? await answer.json() : null;
    if (state !== null && state.status !== 'running') return location.reload();
    if (state !== null) {
      if (state.done === null) bar.removeAttribute('value');
      else bar.value = state.done;
      if (text.textContent !== state.text) text.textContent = state.text;
    }
    setTimeout(look, PROGRESS_EVERY_MS);
  }, PROGRESS_EVERY_MS);
}

/** Pages about things under way are opened anew, but not while somebody reads on, types or has chosen a text. */
function reloadLater() {
  const seconds = Number(document.body.dataset.reloadAfter ?? 0);
  if (seconds <= 0) return;
  setInterval(() => {
    const isBusy = document.hidden || document.activeElement?.matches('input, select, textarea, summary');
    if (!isBusy && String(getSelection()) === '') location.reload();
  }, seconds * 1000);
}
