// The site without a network, and while its host gets another version.
import assert from 'node:assert/strict';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { after, before } from 'node:test';
import { LATER, deployable, listen, versions } from './support/deployed.mjs';
import { EDITION, shapeCodes } from './support/expected.mjs';
import { journey } from './support/journey.mjs';
import { assertFocusVisible, assertNoSidewaysScroll, drawn, look, map, opened, options, panel, section, select, table } from './support/reader.mjs';
import { marked } from './support/site.mjs';

const BOTH = ['desktop', 'phone'];

/** The built site and a later one. */
let built;

before(async () => {
  built = await versions();
});

after(() => built?.remove());

const site = () => deployable(built.now.root);
const offlineNotice = (page) => page.getByRole('status').getByText('You are offline. What you have visited can be read.');
const newsNotice = (page) => page.getByRole('status').getByText('A new edition is there, of 15 January 2027.');
const showIt = (page) => page.getByRole('button', { name: 'Show it' });
const words = async (locator) => (await locator.innerText()).replace(/\s+/g, ' ');
/** Waits until a page shows an edition, also while it is loaded anew. */
const shows = (page, edition) => page.locator('footer').getByText(`Edition of ${edition}.`).waitFor();
/** The edition that a page shows. */
const shown = async (page) => /Edition of (\S+)\./.exec(await page.locator('footer').innerText())[1];

/** Waits until the worker of a version answers for the site, with all that it keeps ahead. What the version before held goes only after that. */
async function kept(page, { version }) {
  await page.waitForFunction(async (wanted) => {
    const { active, scope } = await navigator.serviceWorker.ready;
    if (active?.state !== 'activated') return false;
    const names = (await caches.keys()).filter((name) => name.split(' ').at(-1) === wanted);
    const whole = await Promise.all(names.map((name) => caches.match(`${scope}.files`, { cacheName: name })));
    return whole.some(Boolean);
  }, version);
}

/** The versions that a browser holds. */
function held(page) {
  return page.evaluate(async () => (await caches.keys()).filter((name) => !name.endsWith(' pages')).map((name) => name.split(' ').at(-1)));
}

/** Waits until the device holds a file. */
async function holds(page, it, path) {
  await it.eventually(async () => assert.ok(await page.evaluate(async (url) => Boolean(await caches.match(url)), it.site.url + path), `${path} is not kept`), page);
}

/** Asks for a newer version as the browser does by itself from time to time; whether there was one that could be had. */
function lookForNewer(page) {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    // The browser looks by itself, too, and answers with that look where it is still at it: it may have begun before the deployment.
    if (!registration.installing && !registration.waiting) await registration.update();
    const worker = registration.installing;
    if (!worker) return Boolean(registration.waiting);
    return new Promise((done) => {
      worker.addEventListener('statechange', () => ['installed', 'redundant'].includes(worker.state) && done(worker.state === 'installed'));
    });
  });
}

/** How far things have jumped on a page. */
function jumps(page) {
  return page.evaluate(() => new Promise((done) => {
    let sum = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) sum += value;
    });
    observer.observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
  }));
}

/** A file that is not to be had offline: the browser says so, too. */
const unreached = (path) => [new RegExp(`^request failed: .*${path}`), new RegExp(`^console error: .*${path}`)];

journey('after a visit the site starts, goes on and is loaded again without a network', {
  worker: true,
  site,
  windows: BOTH,
  expected: unreached('upper-2014'),
}, async (it) => {
  const { page, context, open, ready, eventually, axe, screenshot } = it;
  await open('/');
  await ready();
  await kept(page, built.now);
  // Chosen before the worker answers for this page: it is told.
  await select(page, 'Year').selectOption('2020');
  await look(page, 'Luton');
  await options(page).first().click();
  await opened(page, 'Luton Borough Council');
  for (const path of ['geo/upper-2020.geojson', 'geo/upper-2020-detail.geojson']) await holds(page, it, path);

  await context.setOffline(true);
  const before = it.site.asked.length;
  await offlineNotice(page).waitFor();
  await axe('when the network goes');
  await page.reload();
  await ready();
  await opened(page, 'Luton Borough Council');
  await drawn(page, 151);
  assert.equal(await page.title(), 'Luton Borough Council, 2019-20 – Upheld');
  for (const part of [/54%/, /13 of 24/, /35% to 72%/]) assert.match(await words(section(page, 'Complaints upheld')), part);
  const chart = section(page, 'Over the years').getByRole('figure').getByRole('img');
  await eventually(async () => assert.ok(await chart.evaluate((canvas) => {
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
    copy.drawImage(canvas, 0, 0);
    return new Set(new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size > 8;
  }), 'the chart is blank'));

  // Never visited: all that is said of them is in the edition.
  for (const [slug, name, figure] of [['leeds-city-council', 'Leeds City Council', /44 of 59/], ['adur-district-council', 'Adur District Council', /./]]) {
    await open(`/council/${slug}/`);
    await ready();
    await opened(page, name);
    assert.match(await words(section(page, 'Complaints upheld')), figure);
    await page.locator('.map[data-detail="full"]').waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
  }
  await open('/table/');
  await table(page).getByRole('link', { name: 'Leeds City Council' }).waitFor();
  await open('/compare/?councils=leeds-city-council,luton-borough-council');
  await page.getByRole('heading', { level: 2, name: /over the years/i }).or(page.getByText(/Leeds City Council/).first()).first().waitFor();
  await open('/about/');
  await page.getByRole('heading', { name: 'Your privacy' }).waitFor();
  // Pages without a program, which nothing else can show.
  for (const [path, title] of [['/method/', 'How the figures are made'], ['/accessibility/', 'Accessibility']]) {
    await open(path);
    await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  }
  await open('/nowhere/at/all/');
  await page.getByRole('heading', { level: 1, name: 'There is no page here' }).waitFor();

  await open('/');
  await ready();
  await drawn(page, 153);
  await offlineNotice(page).waitFor();
  assert.equal(await jumps(page), 0, 'something jumped');
  await assertNoSidewaysScroll(page);
  await screenshot('offline');
  await axe('offline');

  // What was not visited says so in its place; the rest goes on.
  await select(page, 'Year').selectOption('2014');
  const problem = map(page).getByRole('alert');
  await problem.waitFor();
  assert.match(await problem.innerText(), /geo\/upper-2014\.geojson could not be reached\. Check your connection/);
  await table(page).waitFor();
  await screenshot('offline-year-not-visited');
  await axe('offline, with the boundaries of a year missing');
  // The browser itself looks for a newer worker; what is emulated does not reach that.
  assert.deepEqual(it.site.asked.slice(before).filter((path) => path !== '/service-worker.js'), [], 'the host was asked');

  await context.setOffline(false);
  await offlineNotice(page).waitFor({ state: 'detached' });
  await problem.getByRole('button', { name: 'Try again' }).click();
  await drawn(page, 152);
  await axe('back online');
});

journey('the notice that the reader is offline can be put away, by keyboard too, and does not take the focus', {
  worker: true,
  site,
  windows: BOTH,
}, async (it) => {
  const { page, context, open, ready, axe } = it;
  await open('/table/');
  await ready();
  await kept(page, built.now);
  await page.getByRole('link', { name: 'Leeds City Council' }).focus();
  await context.setOffline(true);
  await offlineNotice(page).waitFor();
  assert.match((await assertFocusVisible(page)).text, /Leeds/);
  await axe();
  const hide = page.getByRole('button', { name: 'Hide' });
  assert.ok((await hide.boundingBox()).height >= 24);
  await hide.focus();
  await assertFocusVisible(page);
  await page.keyboard.press('Enter');
  assert.equal(await offlineNotice(page).count(), 0);
  await axe('with the notice put away');
});

for (const [how, context] of [['in the dark', { colorScheme: 'dark' }], ['in forced colours', { forcedColors: 'active' }]]) {
  journey(`the notices can be read ${how}`, { worker: true, site, context }, async (it) => {
    const { page, context: browsing, site: at, open, ready, axe, screenshot } = it;
    await open('/');
    await ready();
    await kept(page, built.now);
    await page.reload();
    await ready();
    await at.deploy(built.later.root);
    await lookForNewer(page);
    await newsNotice(page).waitFor();
    await browsing.setOffline(true);
    await offlineNotice(page).waitFor();
    await screenshot(`notices-${how.replaceAll(' ', '-')}`);
    await axe();
  });
}

journey('below a path of its host the site is kept, too, and an address deep in it is loaded without a network', {
  worker: true,
  site: () => deployable(built.now.root, '/somewhere/else/'),
}, async (it) => {
  const { page, context, site: at, open, ready, axe } = it;
  await open('about/');
  await ready();
  await kept(page, built.now);
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).scope), at.url);
  await context.setOffline(true);
  await open('council/leeds-city-council');
  await ready();
  assert.equal(page.url(), `${at.url}council/leeds-city-council/`);
  await opened(page, 'Leeds City Council');
  await panel(page, 'Leeds City Council').getByRole('link', { name: 'Print for committee' }).click();
  await ready();
  await axe();
});

const DECIDED = { name: 'decided-2023-24.csv', mimeType: 'text/csv', buffer: Buffer.from('Complaints decided 2023-24\nAuthority name,Not upheld,Upheld,Uphold rate\nLeeds City Council,16,43,73%\n') };

journey('a page that the program cannot show says that it is not there; once visited it is, and reads files without a network', {
  worker: true,
  site,
  windows: BOTH,
  expected: [/^status 503: .*\/open\//, /^console error: .*503.*\/open\//],
}, async (it) => {
  const { page, context, open, ready, axe, screenshot } = it;
  await open('/');
  await ready();
  await kept(page, built.now);
  await context.setOffline(true);
  await open('/open/');
  await page.getByRole('heading', { level: 1, name: 'This page is not on your device' }).waitFor();
  await assertNoSidewaysScroll(page);
  await screenshot('offline-not-on-device');
  await axe('with nothing kept');
  await page.getByRole('link', { name: 'To the map of councils' }).click();
  await ready();
  await context.setOffline(false);

  await open('/open/');
  await ready();
  await page.getByLabel('Choose files').setInputFiles([DECIDED]);
  await page.getByText('Complaints decided, 2023-24').first().waitFor();
  for (const path of ['open/', 'upheld-open_bg.wasm', 'reading.js', 'upheld-worker_bg.wasm']) await holds(page, it, path);
  await context.setOffline(true);
  await page.reload();
  await ready();
  await page.getByLabel('Choose files').setInputFiles([DECIDED]);
  await page.getByText('Complaints decided, 2023-24').first().waitFor();
  await axe('a file read without a network');
});

journey('a new edition is told of and shown when it is asked for, in each tab by itself, and no page is made of two', {
  worker: true,
  site,
  windows: BOTH,
}, async (it) => {
  const { page, tab, site: at, open, ready, eventually, axe, screenshot } = it;
  const { now, later } = built;
  await open('/');
  await ready();
  await kept(page, now);
  const first = listen(page, at);
  await page.reload();
  await ready();
  const other = await tab();
  const second = listen(other, at);
  await other.goto(`${at.url}council/leeds-city-council/`);
  await marked(other, 'ready');
  await opened(other, 'Leeds City Council');

  await at.deploy(later.root);
  assert.equal(await lookForNewer(page), true);
  for (const one of [page, other]) await newsNotice(one).waitFor();
  assert.equal(await jumps(page), 0, 'something jumped');
  await screenshot('new-edition');
  await axe('with a new edition there');
  assert.ok((await showIt(page).boundingBox()).height >= 24);

  // Until then all stays as it was: what is loaded now for the first time, and pages that are started anew.
  await select(page, 'Year').selectOption('2020');
  await drawn(page, 151);
  await open('/council/luton-borough-council/');
  await ready();
  await opened(page, 'Luton Borough Council');
  await open('/about/');
  await ready();
  await shows(page, now.edition);
  assert.equal(await page.getByText('Later.', { exact: true }).count(), 0);
  assert.deepEqual((await first.mixed(now)).wrong, []);
  assert.ok((await first.mixed(now)).count > 20);

  first.forget();
  await showIt(page).click();
  await page.getByText('Later.', { exact: true }).waitFor();
  await ready();
  assert.equal(await shown(page), LATER);
  assert.equal(await newsNotice(page).count(), 0);
  await open('/council/luton-borough-council/?year=2020');
  await ready();
  await opened(page, 'Luton Borough Council');
  await open('/');
  await ready();
  await drawn(page, 153);
  assert.deepEqual((await first.mixed(later)).wrong, []);
  assert.ok((await first.mixed(later)).count > 20);
  await axe('the new edition');

  // The other tab is what it was, and has all that it needs for that, though another worker answers it now.
  await newsNotice(other).waitFor();
  await select(other, 'Year').selectOption('2020');
  await drawn(other, 151);
  await select(other, 'Councils shown').selectOption('lower');
  await drawn(other, (await shapeCodes('lower-2020')).length);
  await other.getByRole('link', { name: 'About', exact: true }).click();
  await other.getByRole('heading', { name: 'Your privacy' }).waitFor();
  assert.equal(await other.getByText('Later.', { exact: true }).count(), 0);
  assert.equal(await shown(other), now.edition);
  assert.deepEqual((await second.mixed(now)).wrong, []);
  assert.deepEqual((await held(page)).toSorted(), [now.version, later.version].toSorted());
  second.forget();
  await showIt(other).click();
  await shows(other, LATER);
  await marked(other, 'ready');
  assert.deepEqual((await second.mixed(later)).wrong, []);
  await axe('the new edition in the other tab', other);

  // Now nobody needs what was before.
  await other.reload();
  await marked(other, 'ready');
  await eventually(async () => assert.deepEqual(await held(page), [later.version]));
});

journey('a deploy that is half done leaves the version before in its place, and is taken up when it is whole', {
  worker: true,
  site,
}, async (it) => {
  const { page, site: at, open, ready, axe } = it;
  const { now, later } = built;
  await open('/');
  await ready();
  await kept(page, now);
  await page.reload();
  await ready();
  const heard = listen(page, at);

  // The host has the new worker, and still the edition of before; then all of it, but answers with errors.
  const half = `${later.root}-half`;
  await cp(later.root, half, { recursive: true });
  try {
    await cp(`${now.root}/${EDITION}`, `${half}/${EDITION}`);
    await at.deploy(half);
    assert.equal(await lookForNewer(page), false);
  } finally {
    await rm(half, { recursive: true });
  }
  await at.deploy(later.root);
  at.fails((path) => path.endsWith('upheld-details.js'));
  assert.equal(await lookForNewer(page), false);
  assert.equal(await showIt(page).count(), 0);
  await open('/council/luton-borough-council/?year=2020');
  await ready();
  await opened(page, 'Luton Borough Council');
  await page.getByText('54%').first().waitFor();
  assert.equal(await shown(page), now.edition);
  assert.deepEqual((await heard.mixed(now)).wrong, []);
  await axe('after half a deploy');

  at.fails(() => false);
  assert.equal(await lookForNewer(page), true);
  await showIt(page).click();
  await shows(page, LATER);
  await ready();
  await kept(page, later);
});

journey('what a version cannot have any more is said to be gone, and not replaced', {
  worker: true,
  site,
  expected: [/^status 410: .*upper-2014/, /^console error: .*410.*upper-2014/],
}, async (it) => {
  const { page, site: at, open, ready, axe, screenshot } = it;
  await open('/');
  await ready();
  await kept(page, built.now);
  await page.reload();
  await ready();
  const other = `${built.later.root}-other`;
  await cp(built.now.root, other, { recursive: true });
  try {
    // The same shapes, but not the file that this version was built with.
    await cp(`${other}/geo/upper-2020.geojson`, `${other}/geo/upper-2014.geojson`);
    await at.deploy(other);
    await select(page, 'Year').selectOption('2014');
    const problem = map(page).getByRole('alert');
    await problem.waitFor();
    assert.match(await problem.innerText(), /upper-2014\.geojson is not there \(the server answered 410\)/);
    await screenshot('file-of-another-version');
    await axe();
  } finally {
    await rm(other, { recursive: true });
  }
});

journey('a site that no longer comes with a worker is no longer kept', {
  worker: true,
  site,
  expected: [/^status 404: .*service-worker\.js/, /^console error: .*404/],
}, async (it) => {
  const { page, site: at, open, ready, eventually, axe } = it;
  await open('/');
  await ready();
  await kept(page, built.now);
  const bare = `${built.later.root}-bare`;
  await cp(built.later.root, bare, { recursive: true });
  try {
    await rm(`${bare}/service-worker.js`);
    await at.deploy(bare);
    await page.reload();
    await ready();
    await eventually(async () => assert.deepEqual(await held(page), []));
    await page.reload();
    await ready();
    assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
    assert.equal(await shown(page), LATER);
    await axe();
    // All that the page asks for has come, before there is nothing to ask.
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name, responseEnd }) => /upheld-details_bg\.wasm$/.test(name) && responseEnd));
  } finally {
    await rm(bare, { recursive: true });
  }
});

/** The site, for a browser that is asked to spare data: which nothing can make Chromium say in a worker. */
async function sparing() {
  const root = `${built.now.root}-sparing`;
  await cp(built.now.root, root, { recursive: true });
  const worker = await readFile(`${root}/service-worker.js`, 'utf8');
  await writeFile(`${root}/service-worker.js`, `Object.defineProperty(NetworkInformation.prototype, 'saveData', { get: () => true });\n${worker}`);
  return deployable(root);
}

journey('a reader who spares data has nothing loaded ahead, and keeps what was used', { worker: true, site: sparing }, async (it) => {
  const { page, context, site: at, open, ready, axe } = it;
  await open('/');
  await ready();
  await kept(page, built.now);
  await holds(page, it, 'upheld-details_bg.wasm');
  const sent = at.asked.filter((path) => !/service-worker|offline/.test(path));
  assert.deepEqual(sent.filter((path, index) => sent.indexOf(path) !== index), [], 'nothing is loaded twice');
  assert.deepEqual(sent.filter((path) => /lower|detail\.geojson|about\.part/.test(path)), [], 'nothing is loaded ahead');
  await context.setOffline(true);
  await page.reload();
  await ready();
  await drawn(page, 153);
  await offlineNotice(page).waitFor();
  await axe();
});

journey('a browser that keeps nothing reads the site as any other, and is told nothing', { site }, async ({ page, site: at, open, ready, axe }) => {
  await open('/');
  await ready();
  await page.waitForLoadState('networkidle');
  assert.equal(at.asked.filter((path) => /offline|service-worker/.test(path)).length, 0);
  assert.equal(await page.locator('.tidings').count(), 0);
  await axe();
});
