// Loaded when the page is ready and has nothing else to do (see boot.js): registers the worker that keeps the site for reading offline,
// and says when the reader is offline and when a newer version is there. Where a browser keeps nothing, nothing is said.
const SCRIPT = new URL('service-worker.js', import.meta.url);
const HOUR = 3_600_000;
const workers = navigator.serviceWorker;

/** The place of the notices: it is there before they are, or screen readers would not speak them. */
const place = element('div', { class: 'tidings', role: 'status' });
const style = element('link', { rel: 'stylesheet', href: new URL('offline.css', import.meta.url).href });
const styled = new Promise((done) => { style.onload = style.onerror = done; });
document.head.append(style);
document.body.append(place);
await styled;

let isKept = Boolean(workers.controller);
let offline;
const tellOffline = () => {
  offline?.remove();
  if (navigator.onLine) return;
  offline = notice(isKept ? 'You are offline. What you have visited can be read.' : 'You are offline.', { Hide: () => offline.remove() });
};
addEventListener('online', tellOffline);
addEventListener('offline', tellOffline);
tellOffline();

keep().catch(() => {
  // The browser refuses to keep anything, or the site comes without a worker: it is read as any other page.
});

async function keep() {
  // The worker that answered this page's navigation, if any did.
  const mine = workers.controller;
  const about = mine && ask(mine);
  const registration = await workers.register(SCRIPT, { updateViaCache: 'none' });
  if (mine) {
    watch(registration, about);
    mine.postMessage('tidy');
  } else {
    tellVisited(await workers.ready);
    isKept = true;
  }
}

/** What was loaded before there was a worker, and what this page loads without it, can be read offline, too. */
function tellVisited({ active }) {
  const tell = (entries) => active.postMessage({ visited: entries.map(({ name }) => name) });
  tell(performance.getEntriesByType('navigation'));
  new PerformanceObserver((seen) => tell(seen.getEntries())).observe({ type: 'resource', buffered: true });
}

/** Looks for a newer version, and tells of it. */
function watch(registration, about) {
  let told = false;
  const tell = async () => {
    if (told) return;
    told = true;
    const newer = await ask(registration.waiting ?? registration.active);
    const { edition } = await about;
    const words = newer.edition === edition ? 'A newer version of these pages is there.' : `A new edition is there, of ${day(newer.edition)}.`;
    const said = notice(words, { 'Show it': () => show(registration), Later: () => said.remove() });
  };
  const wait = (worker) => worker?.addEventListener('statechange', () => worker.state === 'installed' && tell());
  registration.addEventListener('updatefound', () => wait(registration.installing));
  wait(registration.installing);
  if (registration.waiting) tell();
  // In another tab the newer version was asked for. This page stays what it is until that is done here.
  workers.addEventListener('controllerchange', tell);
  about.then(({ isEarlier }) => isEarlier && tell());

  let last = -Infinity;
  const look = () => {
    if (document.hidden || !navigator.onLine || performance.now() - last < HOUR) return;
    last = performance.now();
    registration.update().catch(() => leaveIfGone(registration));
  };
  document.addEventListener('visibilitychange', look);
  addEventListener('online', look);
  look();
}

/** Loads this page again, in the newer version. */
function show({ waiting }) {
  if (!waiting) return location.reload();
  workers.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage('show');
}

/** Where the site has no worker any more, nothing of it is kept any longer: else the reader would see this version for ever. */
async function leaveIfGone(registration) {
  const answer = await fetch(SCRIPT, { method: 'HEAD', cache: 'no-store' }).catch(() => undefined);
  if (answer?.status !== 404 && answer?.status !== 410) return;
  await registration.unregister();
  const ours = `upheld ${new URL(registration.scope).pathname} `;
  for (const name of await caches.keys()) if (name.startsWith(ours)) await caches.delete(name);
}

/** What a worker says of its version. */
function ask(worker) {
  return new Promise((answered) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => answered(data);
    worker.postMessage('about', [port2]);
  });
}

/** "23 November 2026" for "2026-11-23". */
function day(date) {
  return new Date(date).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}

/** Says `words`, with buttons by what stands on them. */
function notice(words, buttons) {
  const said = element('div', { class: 'tiding' });
  said.append(element('p', {}, words));
  for (const [name, press] of Object.entries(buttons)) {
    const made = element('button', { type: 'button' }, name);
    made.addEventListener('click', press);
    said.append(made);
  }
  place.append(said);
  return said;
}

function element(name, attributes, words = '') {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.textContent = words;
  return made;
}
