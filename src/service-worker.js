// Keeps the site on the reader's device: what a start needs, the edition, and what was visited. `scripts/offline.mjs` writes
// SITE above this when the site is built: its version, the hash of every file that may be kept, and which of them are the shell.
//
// One rule stands over all others: a page gets all its files from one version, that of the worker which answered its
// navigation. Most names on the site stay the same from version to version and a host may be half way through an upload, so a name says
// nothing. Hence
//
// - each version has a cache of its own, and nothing is put into it whose hash is not the one that the version was built with;
// - a version takes over only once all of its shell is in its cache, and the reader has asked for it or no page is open;
// - each page is bound to a version (`bind`) for as long as it lives, also when a newer worker has taken over beside it; what
//   its version cannot have any more is told to be gone, never replaced;
// - pages that nothing is kept of, and pages that were there before the worker, are left to the network altogether.

const ROOT = registration.scope;
/** What the names of our caches begin with: another site of the same host may have others. */
const OURS = `upheld ${new URL(ROOT).pathname} `;
const OWN = OURS + SITE.version;
/** Which page is bound to which version: the worker itself is ended and started as the browser likes. */
const PAGES = `${OURS}pages`;
/** So many files that were visited are kept beside the shell, the last ones. */
const VISITED = 60;
/** So many pages are remembered that may be gone: one may come back from the browser's history. */
const REMEMBERED = 100;
/** A page that is not there by then is shown from the shell, which can show every council. */
const PATIENCE = 3000;

addEventListener('install', (event) => event.waitUntil(install()));
addEventListener('activate', (event) => event.waitUntil(tidy()));

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || request.headers.has('range') || !url.href.startsWith(ROOT)) return;
  const path = url.href.slice(ROOT.length).replace(/[?#].*$/, '').replace(/(^|\/)index\.html$/, '$1');
  if (SITE.left.some((start) => path.startsWith(start))) return;
  if (request.mode === 'navigate') event.respondWith(navigation(event, path, url.search));
  else if (!url.search) event.respondWith(resource(event, path));
});

addEventListener('message', (event) => {
  const { data, ports } = event;
  if (data === 'about') event.waitUntil(about(event.source).then((answer) => ports[0].postMessage(answer)));
  if (data === 'show') skipWaiting();
  if (data === 'tidy') event.waitUntil(tidy());
  if (data.visited) event.waitUntil(visited(data.visited));
});

/** Fetches the shell, all of it or none: what fails here leaves the version before in its place. */
async function install() {
  const cache = await caches.open(OWN);
  const before = await versionsBefore();
  const take = async (path) => {
    // What a broken attempt left is whole, too.
    if (await cache.match(ROOT + path)) return;
    await cache.put(ROOT + path, (await inherited(before, path)) ?? (await obtain(path, SITE.files[path])));
  };
  // One after the other: the page that is open may still be loading. On a metered line only what a start needs, which has just been loaded.
  const ahead = navigator.connection?.saveData ? SITE.core : [...SITE.core, ...SITE.rest];
  for (const path of ahead) await take(path);
  const visits = before.flatMap(({ visited }) => visited).filter((path) => path in SITE.files);
  // What changed, or cannot be had now, can be read from the shell.
  for (const path of visits.slice(-VISITED)) await take(path).catch(() => {});
  await cache.put(`${ROOT}.files`, Response.json(SITE.files));
}

/** The versions that are held beside this one: their caches, the hashes of their files, and what of them was visited. */
async function versionsBefore() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== OWN && name !== PAGES);
  return Promise.all(names.map(async (name) => {
    const cache = await caches.open(name);
    const files = await (await cache.match(`${ROOT}.files`))?.json();
    return { cache, files: files ?? {}, visited: await pathsIn(cache) };
  }));
}

/** A file that did not change from a version before. */
async function inherited(before, path) {
  const same = before.find(({ files }) => files[path] === SITE.files[path]);
  return same?.cache.match(ROOT + path);
}

async function pathsIn(cache) {
  return (await cache.keys()).map(({ url }) => url.slice(ROOT.length));
}

/** What this version says of itself, and whether the page that asks is of an earlier one. */
async function about(page) {
  const version = await versionOf(page.id);
  return { edition: SITE.edition, isEarlier: version !== '' && version !== SITE.version };
}

/** A navigation, and with it the version of the page that comes of it. */
async function navigation(event, path, search) {
  const isFolder = !(path in SITE.files) && `${path}/` in SITE.files;
  if (isFolder) return Response.redirect(`${ROOT}${path}/${search}`, 302);
  const own = (page) => page && bound(event, SITE.version, page);
  const shell = () => (isView(path) ? shellAt(path) : undefined);
  const network = async () => bound(event, '', await fetch(event.request));
  try {
    // What this version does not know is no page of its own: perhaps a later version's, perhaps another site's.
    if (!(path in SITE.files)) return await network();
    const page = (await found(OWN, path)) ?? (await soon(keep(path), shell));
    return own(page);
  } catch (error) {
    if (error instanceof OtherVersion) registration.update().catch(() => {});
    const instead = own(await shell());
    if (instead) return instead;
    return network().catch(apology);
  }
}

/** Whether the program shows this address by itself, whatever page it was started from. */
function isView(path) {
  return !/^(open|method|accessibility)\//.test(path) && !/\.[^/]*$/.test(path);
}

/** The front page, at the address `path`: the program reads there what it is to show, and until it does nothing of another address stands there. */
async function shellAt(path) {
  const page = await found(OWN, '');
  if (!page || path === '') return page;
  const html = (await page.text())
    .replace(/<base href="[^"]*">/, `<base href="${'../'.repeat(path.split('/').length - 1) || './'}">`)
    .replace(/<title>[^<]*/, '<title>Upheld')
    .replace(/(<!-- static -->)[^]*(<!-- \/static -->)/, '$1<main id="main" class="page"><p class="waiting">Loading the figures…</p></main>$2');
  return new Response(html, { headers: page.headers });
}

/** What `page` comes to, or the shell where that takes too long; a page that comes later is kept all the same. */
function soon(page, shell) {
  const late = new Promise((done) => { setTimeout(done, PATIENCE); });
  return Promise.race([page, late.then(async () => (await shell()) ?? page)]);
}

/** A file that a page asks for, of the page's own version. */
async function resource(event, path) {
  const version = await versionOf(event.clientId);
  if (!version) return fetch(event.request);
  const file = await found(OURS + version, path);
  // A worker that the page starts asks for files by itself.
  if (event.resultingClientId) bound(event, version);
  if (file) return file;
  const files = version === SITE.version ? SITE.files : await (await found(OURS + version, '.files'))?.json();
  if (files && !(path in files)) return fetch(event.request);
  try {
    return await keep(path, version, files?.[path]);
  } catch (error) {
    if (!(error instanceof OtherVersion)) return Response.error();
    registration.update().catch(() => {});
    return new Response(`${error.message}\n`, { status: error.status, headers: { 'Content-Type': 'text/plain' } });
  }
}

function found(cacheName, path) {
  return caches.match(ROOT + path, { cacheName });
}

/** Notes that the page, or the worker, that comes of a request belongs to a version: '' for the network's. Answers `response`. */
function bound(event, version, response) {
  const id = event.resultingClientId;
  if (id) {
    remembered.set(id, version);
    event.waitUntil(caches.open(PAGES).then((pages) => pages.put(ROOT + id, new Response(version))).catch(() => {}));
  }
  return response;
}

const remembered = new Map();

/** The version of a page; none where it is not known: such a page is left to the network. */
async function versionOf(id) {
  if (!remembered.has(id)) remembered.set(id, (await (await found(PAGES, id))?.text()) ?? '');
  return remembered.get(id);
}

/** A file that is not the one that its version was built with: that is on the host no more, or not yet. */
class OtherVersion extends Error {
  constructor(path, status) {
    super(`${path || 'the front page'} is not there as this version of the site has it`);
    // 410: gone.
    this.status = status >= 400 ? status : 410;
  }
}

/** Fetches a file of a version, and keeps it if there is room. */
async function keep(path, version = SITE.version, hash = SITE.files[path]) {
  const file = await obtain(path, hash);
  const copy = file.clone();
  // Without room, and in a version that has been cleared away meanwhile, the page still gets its file.
  putVisited(OURS + version, path, copy).catch(() => {});
  return file;
}

async function putVisited(cacheName, path, file) {
  if (!(await caches.has(cacheName))) return;
  const cache = await caches.open(cacheName);
  await cache.put(ROOT + path, file);
  const shell = new Set([...SITE.core, ...SITE.rest, '.files']);
  const visits = (await pathsIn(cache)).filter((held) => !shell.has(held));
  for (const old of visits.slice(0, -VISITED)) await cache.delete(ROOT + old);
}

/**
 * A file whose bytes have this hash. The browser may hold it, which costs nothing; if it holds another one, the host is asked.
 *
 * @throws {OtherVersion} where the host has another one, or none
 * @throws {TypeError} where the host is not reached
 */
async function obtain(path, hash) {
  let status;
  for (const cache of ['force-cache', 'reload']) {
    const answer = await fetch(ROOT + path, { cache });
    status = answer.status;
    const bytes = await answer.arrayBuffer();
    if (answer.ok && (await hashOf(bytes)) === hash) return new Response(bytes, { headers: headersOf(answer) });
  }
  throw new OtherVersion(path, status);
}

/** The first 96 bits of SHA-256, as `scripts/offline.mjs` writes them. */
async function hashOf(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes), 0, 12);
  return btoa(String.fromCharCode(...hash)).replaceAll('+', '-').replaceAll('/', '_');
}

/** The headers of an answer, without those that speak of how it came. */
function headersOf(answer) {
  const headers = new Headers(answer.headers);
  for (const name of ['Content-Encoding', 'Content-Length', 'Vary', 'ETag', 'Date']) headers.delete(name);
  return headers;
}

/** Keeps what the reader's first page loaded before there was a worker, as far as it is of this version. */
async function visited(urls) {
  const paths = urls.filter((url) => url.startsWith(ROOT)).map((url) => url.slice(ROOT.length).replace(/[?#].*$/, ''));
  for (const path of new Set(paths)) {
    if (path in SITE.files && !(await found(OWN, path))) await keep(path).catch(() => {});
  }
}

/** Removes versions that no page is bound to any more, and forgets pages that are gone. */
async function tidy() {
  // Another version is on its way, and its cache may not be missed.
  if (registration.installing || registration.waiting) return;
  // The reader may have cleared what was kept, and left the worker.
  if (!(await found(OWN, '.files'))) await install().catch(() => {});
  const live = new Set((await clients.matchAll({ type: 'all', includeUncontrolled: true })).map(({ id }) => id));
  const pages = await caches.open(PAGES);
  const gone = [];
  const used = new Set([OWN, PAGES]);
  for (const id of await pathsIn(pages)) {
    const version = await versionOf(id);
    if (live.has(id)) used.add(OURS + version);
    else if (version === SITE.version) gone.push(id);
    else await pages.delete(ROOT + id);
  }
  for (const id of gone.slice(0, -REMEMBERED)) await pages.delete(ROOT + id);
  for (const name of await caches.keys()) if (name.startsWith(OURS) && !used.has(name)) await caches.delete(name);
}

/** What is said where there is neither network nor anything kept. */
function apology() {
  return new Response(SITE.apology.replaceAll('{root}', ROOT), { status: 503, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}
