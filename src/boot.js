// What the page says and does before and beside its program; it stands in the page itself.

// The page's second program: a module that is loaded on demand cannot be named in Rust.
window.upheldDetails = async (...files) => {
  // Its style first, or what it writes would move when that comes; without it all can be read still.
  const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'details.css' });
  const styled = new Promise((done) => { style.onload = style.onerror = done; });
  document.head.append(style);
  const program = await import(new URL('upheld-details.js', document.baseURI).href);
  await Promise.all([program.default(), styled]);
  const details = new program.Details(...files);
  // A browser compiles a function when it is first called: called while nobody waits, it is ready when somebody does.
  const rehearse = (step) => window.requestIdleCallback?.(() => details.rehearse(step) && rehearse(step + 1));
  rehearse(0);
  return details;
};

// Before a part of the page is written anew: answers what gives a reader the focus, and what was opened, back on the like of it.
window.upheldHold = () => {
  const like = (element) => element.id || element.localName + (element.ariaLabel ?? element.textContent);
  const opened = [...document.querySelectorAll('#app details[open] > summary')].map(like);
  const focused = document.activeElement.closest('#app :not([hidden])') && like(document.activeElement);
  return () => {
    for (const element of document.querySelectorAll('#app > :not([hidden]) :is(a, button, summary, h1, h2, [tabindex])')) {
      const it = like(element);
      if (opened.includes(it)) element.parentElement.open = true;
      if (it === focused && document.activeElement.matches('body, [hidden] *')) element.focus({ preventScroll: true });
    }
  };
};

// Links that skip a part of the page: from any base, as the page's own addresses are no places in it.
addEventListener('click', (event) => {
  const link = event.target.closest?.('[data-to]');
  const to = link && document.querySelector(link.dataset.to);
  if (!to) return;
  event.preventDefault();
  if (to.tabIndex < 0) to.tabIndex = -1;
  to.focus();
});

// Until the program runs, what was rendered ahead stands here. Where the address asks for more, and where the program does not
// come, that is said.
(() => {
  const app = document.getElementById('app');
  const put = (name, role, text) => {
    const place = document.createElement('div');
    place.className = name;
    place.setAttribute('role', role);
    const said = document.createElement('p');
    said.textContent = text;
    place.append(said);
    app.prepend(place);
    return place;
  };
  const more = /[?&](year|measure|tier|type|region|sort|councils|against|cases|rates|map|name)=/.test(location.search) && 'The address asks for other figures than those below.';
  let note = more && put('notice until', 'status', more + ' They are being loaded.');
  const fail = (event) => {
    const from = event.target;
    if (!note && note !== false) return;
    if (from.tagName && (from.src || !/upheld-app/.test(from.href || 'upheld-app'))) return;
    if (note) note.remove();
    note = null;
    const again = document.createElement('button');
    again.type = 'button';
    again.textContent = 'Try again';
    again.onclick = () => location.reload();
    document.documentElement.classList.add('alone');
    put('problem', 'alert', 'The map could not be started: its program did not arrive, or this browser cannot run it. ' + (more || '')).append(again);
  };
  const events = ['error', 'unhandledrejection'];
  for (const event of events) addEventListener(event, fail, true);
  addEventListener('TrunkApplicationStarted', () => {
    for (const event of events) removeEventListener(event, fail, true);
  });

  // The programs come once the page has been painted: what was rendered ahead does not wait for them.
  const programs = document.getElementById('programs');
  const start = () => {
    const parts = [...document.importNode(programs.content, true).children];
    // Each is on its way at once; the page's own program runs when the library has.
    const module = parts.find((part) => part.type === 'module');
    const library = parts.find((part) => part.src);
    document.head.append(...parts.filter((part) => part !== module));
    const run = () => document.head.append(module);
    if (library) library.onload = library.onerror = run;
    else run();
  };
  if (programs && document.hidden) start();
  else if (programs) requestAnimationFrame(() => setTimeout(start));
})();

// What makes the site readable offline comes last: once the page is ready, and has nothing else to do.
navigator.serviceWorker && new PerformanceObserver((seen, observer) => {
  if (!seen.getEntriesByName('ready')[0]) return;
  observer.disconnect();
  // Without it the page is what it is.
  (window.requestIdleCallback || setTimeout)(() => import(new URL('offline.js', document.baseURI).href).catch(() => {}));
}).observe({ type: 'mark', buffered: true });
