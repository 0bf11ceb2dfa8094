// What can go wrong on the way: it is said once, in its place, with what to do next; the rest goes on.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { EDITION } from './support/expected.mjs';
import { journey } from './support/journey.mjs';
import { assertNoSidewaysScroll, drawn, find, map, opened, options, section, select, shapeWidth, table } from './support/reader.mjs';
import { DIST } from './support/site.mjs';

const GEO = '**/geo/upper-2024.geojson';

/** A way that stays shut until it is opened. */
function gate() {
  let open;
  const opened = new Promise((done) => {
    open = done;
  });
  return { open, opened };
}

journey('figures that are missing are said to be, with a way on; “Try again” brings them', {
  expected: [/^status 404: .*edition\.json/, /^console error: .*404.*edition\.json/],
}, async ({ page, open, ready, axe, screenshot }) => {
  await page.route(`**/${EDITION}`, (route) => route.fulfill({ status: 404, body: 'gone' }));
  await open('/');
  const problem = page.getByRole('alert');
  await problem.waitFor();
  assert.match(await problem.innerText(), /The figures could not be loaded\. data\/v1\/edition\.json is not there \(the server answered 404\)\./);
  await page.getByRole('link', { name: 'See all councils as a table' }).waitFor();
  await screenshot('edition-missing');
  await axe('while the figures are missing');
  // Again in vain, and then with success.
  await problem.getByRole('button', { name: 'Try again' }).click();
  await problem.waitFor();
  await page.unroute(`**/${EDITION}`);
  await problem.getByRole('button', { name: 'Try again' }).click();
  await ready();
  await drawn(page, 153);
  assert.equal(await problem.count(), 0);
  await axe();
});

journey('while the figures are missing, the plain pages stay with all that they hold', {
  windows: ['desktop', 'phone'],
  expected: [/^status 404: .*edition\.json/, /^console error: .*404.*edition\.json/],
}, async ({ page, open, axe, screenshot }) => {
  await page.route(`**/${EDITION}`, (route) => route.fulfill({ status: 404, body: 'gone' }));
  await open('/table/');
  await page.getByRole('alert').waitFor();
  // It stands in the window, wherever the page is scrolled to.
  for (const top of [0, 4000]) {
    await page.evaluate((to) => scrollTo(0, to), top);
    const { y, height } = await page.getByRole('alert').boundingBox();
    assert.ok(y > 0 && y + height <= page.viewportSize().height + 1, `scrolled to ${top} it stands at ${y}`);
  }
  await page.evaluate(() => scrollTo(0, 0));
  assert.equal(await page.locator('select:visible').count(), 0, 'what cannot be chosen is not offered');
  await screenshot('edition-missing-table');
  assert.match(await table(page).getByRole('row', { name: /^Luton Borough Council/ }).innerText(), /9 of 13 \(69%\)/, 'the table that came with the page is still there');
  await axe();
});

journey('figures that arrive cut off are said to be damaged; “Try again” brings them', async ({ page, open, ready, axe, screenshot }) => {
  const whole = await readFile(`${DIST}/${EDITION}`, 'utf8');
  await page.route(`**/${EDITION}`, (route) => route.fulfill({ contentType: 'application/json', body: whole.slice(0, whole.length / 2) }));
  await open('/council/luton-borough-council/?year=2020');
  const problem = page.getByRole('alert');
  await problem.waitFor();
  assert.match(await problem.innerText(), /The figures could not be loaded\. data\/v1\/edition\.json arrived damaged/);
  await screenshot('edition-truncated');
  await axe('with the figures damaged');
  await page.unroute(`**/${EDITION}`);
  await problem.getByRole('button', { name: 'Try again' }).click();
  await ready();
  await opened(page, 'Luton Borough Council');
  await axe();
});

journey('a connection that breaks is said to have', {
  expected: [/^request failed: .*edition\.json/, /^console error: .*ERR_INTERNET_DISCONNECTED/],
}, async ({ page, open, ready, axe }) => {
  await page.route(`**/${EDITION}`, (route) => route.abort('internetdisconnected'));
  await open('/');
  const problem = page.getByRole('alert');
  await problem.waitFor();
  assert.match(await problem.innerText(), /could not be reached\. Check your connection/);
  await page.unroute(`**/${EDITION}`);
  await problem.getByRole('button', { name: 'Try again' }).click();
  await ready();
  await axe();
});

journey('figures and boundaries that are slow are waited for, and that is said', { windows: ['desktop', 'phone'] }, async ({ page, open, ready, axe, screenshot }) => {
  const [figures, boundaries] = [gate(), gate()];
  await page.route(`**/${EDITION}`, async (route) => {
    await figures.opened;
    await route.continue();
  });
  await page.route(GEO, async (route) => {
    await boundaries.opened;
    await route.continue();
  });
  await open('/');
  await page.getByText('Loading the figures…').waitFor({ state: 'attached' });
  await screenshot('edition-slow');
  await axe('while the figures are on their way');
  figures.open();
  // The map that was drawn ahead stays until then.
  await page.locator('.map-canvas').waitFor();
  assert.ok(await page.locator('#england').isVisible());
  assert.equal(await page.getByText('Loading the figures…').count(), 0);
  await screenshot('map-slow');
  await axe('while the boundaries are on their way');
  boundaries.open();
  await ready();
  await drawn(page, 153);
  assert.equal(await page.getByText('Drawing the map…').count(), 0);
  assert.equal(await page.locator('#england').count(), 0);
  await axe();
});

journey('a year that is changed while its boundaries are slow shows what was asked for last', async ({ page, open, ready, eventually, axe }) => {
  const slow = gate();
  await page.route('**/geo/upper-2014.geojson', async (route) => {
    await slow.opened;
    await route.continue();
  });
  await open('/');
  await ready();
  await select(page, 'Year').selectOption('2014');
  await select(page, 'Councils shown').selectOption('lower');
  await drawn(page, 326);
  await select(page, 'Councils shown').selectOption('upper');
  await select(page, 'Year').selectOption('2024');
  await drawn(page, 153);
  const came = page.waitForResponse('**/geo/upper-2014.geojson');
  slow.open();
  await (await came).finished();
  await eventually(async () => assert.equal(await page.locator('.map[data-detail="overview"]').count(), 1));
  await drawn(page, 153);
  await axe();
});

journey('where the boundaries are missing the table stands in the map’s place; “Try again” brings the map', {
  windows: ['desktop', 'phone'],
  expected: [/^status 404: .*upper-2024\.geojson/, /^console error: .*404.*upper-2024\.geojson/],
}, async ({ page, open, ready, axe, screenshot }) => {
  await page.route(GEO, (route) => route.fulfill({ status: 404, body: 'gone' }));
  await open('/');
  const problem = map(page).getByRole('alert');
  await problem.waitFor();
  assert.match(await problem.innerText(), /The map could not be shown\. geo\/upper-2024\.geojson is not there/);
  await table(page).waitFor();
  assert.equal(await table(page).locator('tbody tr').count(), 153);
  await assertNoSidewaysScroll(page);
  await screenshot('map-missing');
  await screenshot('map-missing-whole-page', { fullPage: true });
  await axe('with the table in the map’s place');
  await table(page).getByRole('link', { name: 'Leeds City Council' }).click();
  await opened(page, 'Leeds City Council');
  await page.unroute(GEO);
  await problem.getByRole('button', { name: 'Try again' }).click();
  await ready();
  await drawn(page, 153);
  assert.equal(await table(page).count(), 0);
  await screenshot('map-back');
  await axe();
});

journey('without Leaflet the table stands in the map’s place, and councils open', {
  expected: [/^request failed: .*leaflet.*\.js/, /^console error: .*ERR_FAILED/],
}, async ({ page, open, axe, screenshot }) => {
  await page.route('**/leaflet-*.js', (route) => route.abort());
  await open('/');
  const problem = map(page).getByRole('alert');
  await problem.waitFor();
  assert.match(await problem.innerText(), /The map could not be shown\. this browser could not start the map\./i);
  await table(page).getByRole('link', { name: 'Leeds City Council' }).click();
  await opened(page, 'Leeds City Council');
  assert.match((await section(page, 'Complaints upheld').innerText()).replace(/\s+/g, ' '), /44 of 59/);
  // Trying again cannot help, and must not do harm.
  await problem.getByRole('button', { name: 'Try again' }).click();
  await problem.waitFor();
  await table(page).waitFor();
  await screenshot('leaflet-blocked');
  await axe();
});

journey('finer boundaries that fail are said to, once, and the map goes on', {
  expected: [/^status 404: .*upper-2024-detail\.geojson/, /^console error: .*404.*upper-2024-detail/],
}, async ({ page, open, ready, axe, screenshot }) => {
  const detail = '**/geo/upper-2024-detail.geojson';
  await page.route(detail, (route) => route.fulfill({ status: 404, body: 'gone' }));
  await open('/');
  await ready();
  const LINCOLNSHIRE = 'E10000019';
  const whole = await shapeWidth(page, LINCOLNSHIRE);
  const closer = page.getByRole('button', { name: 'Zoom in' });
  await closer.click();
  await shapeWidth(page, LINCOLNSHIRE, { least: whole * 1.9 });
  await closer.click();
  const problem = page.getByRole('alert');
  await problem.waitFor();
  assert.match(await problem.innerText(), /Finer boundaries could not be loaded/);
  await shapeWidth(page, LINCOLNSHIRE, { least: whole * 3.8 });
  await screenshot('detail-failed');
  await axe('with the finer boundaries failed');
  await closer.click();
  await shapeWidth(page, LINCOLNSHIRE, { least: whole * 7.5 });
  assert.equal(await problem.count(), 1);
  await page.unroute(detail);
  await problem.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.map[data-detail="full"]').waitFor();
  assert.equal(await problem.count(), 0);
  await axe();
});

/** What stands on the pages without the program. */
const STATIC = [
  ['/', 'home', async (page) => page.getByRole('link', { name: 'See all councils as a table' }).waitFor()],
  ['/table/', 'table', async (page) => {
    await table(page).getByRole('link', { name: 'Luton Borough Council' }).waitFor();
    // Both tiers stand here: the one that the program shows first, and the others.
    assert.equal(await page.locator('table.councils tbody tr').count(), 317);
    assert.match(await table(page).getByRole('row', { name: /^Luton Borough Council/ }).innerText(), /9 of 13 \(69%\)/);
  }],
  ['/council/luton-borough-council/', 'council', async (page) => {
    await page.getByRole('heading', { level: 1, name: 'Luton Borough Council' }).waitFor();
    const text = await page.getByRole('main').innerText();
    assert.match(text, /69%/);
    assert.match(text, /13 of 24 \(54%\)/);
  }],
];

// What is preloaded for a program that never runs is not used, and Chromium says so when it comes to it.
const UNUSED = [/^console warning: The resource .* was preloaded using link preload but not used/];

for (const [how, settings, prepare] of [
  ['the browser knows no WebAssembly', { expected: [/^exception: ReferenceError: WebAssembly/] }, (page) => page.addInitScript(() => delete window.WebAssembly)],
  ['the program does not arrive', { expected: [/^request failed: .*\.wasm/, /^console error: .*ERR_FAILED/, /^exception: TypeError: Failed to fetch/] }, (page) => page.route('**/*.wasm', (route) => route.abort())],
  // Chromium reports the scripts that it was told not to run as kept back by a policy.
  ['scripts are off', { context: { javaScriptEnabled: false }, allowed: [/^request failed: .*\.js csp$/] }, () => {}],
]) {
  journey(`where ${how}, the plain pages stay: figures, sources and ways on`, {
    windows: ['desktop', 'phone'],
    ...settings,
    allowed: [...UNUSED, ...(settings.allowed ?? [])],
  }, async ({ page, open, axe, screenshot }) => {
    await prepare(page);
    for (const [path, name, look] of STATIC) {
      await open(path);
      await look(page);
      await page.waitForLoadState('networkidle');
      await look(page);
      await screenshot(`plain-${how.replaceAll(' ', '-')}-${name}`);
      // Without scripts neither can run; the page is the same as above.
      if (settings.context) continue;
      await assertNoSidewaysScroll(page);
      await axe(path);
    }
    await page.getByRole('link', { name: 'See all councils as a table' }).first().click();
    await table(page).waitFor();
  });
}

journey('a program that does not arrive is said to, once, and “Try again” brings it', {
  windows: ['desktop', 'phone'],
  expected: [/^request failed: .*\.wasm/, /^console error: .*ERR_FAILED/, /^exception: TypeError: Failed to fetch/],
  allowed: UNUSED,
}, async ({ page, open, ready, axe, screenshot }) => {
  await page.route('**/upheld-app*.wasm', (route) => route.abort());
  await open('/council/luton-borough-council/?year=2020');
  const problem = page.getByRole('alert');
  await problem.waitFor();
  assert.match(await problem.innerText(), /could not be started.*The address asks for other figures than those below/s);
  assert.equal(await page.getByRole('alert').count(), 1);
  assert.equal(await page.getByText('They are being loaded.').count(), 0);
  await screenshot('program-missing');
  await axe();
  await page.unroute('**/upheld-app*.wasm');
  await problem.getByRole('button', { name: 'Try again' }).click();
  await ready();
  await opened(page, 'Luton Borough Council');
  assert.equal(await page.getByRole('alert').count(), 0);
  assert.match(await section(page, 'Complaints upheld').innerText(), /13 of 24/);
});

journey('while the program is on its way, a page rendered ahead says that the address asks for other figures', { allowed: UNUSED }, async ({ page, open, ready, axe }) => {
  let go;
  const held = new Promise((resolve) => (go = resolve));
  await page.route('**/upheld-app*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await open('/council/luton-borough-council/?year=2020');
  await page.getByText('The address asks for other figures than those below. They are being loaded.').waitFor();
  await axe();
  go();
  await ready();
  assert.equal(await page.getByText('The address asks for other figures').count(), 0);
});

journey('what is said of a council comes with a second program: if it fails that is said in the panel, and “Try again” brings it', {
  windows: ['desktop', 'phone'],
  expected: [/^request failed: .*upheld-details/, /^console error: .*ERR_FAILED/],
}, async ({ page, open, ready, axe, screenshot }) => {
  await page.route('**/upheld-details*', (route) => route.abort());
  await open('/council/luton-borough-council/?year=2020');
  await ready();
  const council = page.getByRole('region', { name: 'Luton Borough Council', exact: true });
  const problem = council.getByRole('alert');
  await problem.waitFor();
  assert.match(await problem.innerText(), /The council’s figures could not be shown/);
  await screenshot('details-failed');
  await axe('with the second program failed');
  await page.unroute('**/upheld-details*');
  await problem.getByRole('button', { name: 'Try again' }).click();
  await section(page, 'Complaints upheld').waitFor();
  assert.equal(await problem.count(), 0);
  await axe();
});

journey('a search that is asked before its program has come answers when it has', async ({ page, open, ready, axe, screenshot }) => {
  const slow = gate();
  await page.route('**/upheld-details*.wasm', async (route) => {
    await slow.opened;
    await route.continue();
  });
  await open('/');
  await ready();
  await find(page).fill('luton');
  await screenshot('search-slow');
  await axe('while the search is on its way');
  slow.open();
  await options(page).first().waitFor();
  assert.match(await options(page).first().innerText(), /^Luton Borough Council/);
  await axe();
});

journey('a search whose program fails says so', {
  expected: [/^request failed: .*upheld-details/, /^console error: .*ERR_FAILED/],
}, async ({ page, open, ready, eventually, axe, screenshot }) => {
  await page.route('**/upheld-details*', (route) => route.abort());
  await open('/');
  await ready();
  await find(page).fill('luton');
  await screenshot('search-failed');
  await eventually(async () => assert.match(await page.locator('.search .answer').innerText(), /could not/));
  await axe();
});

journey('at an address that asks for other figures nothing is said to be on its way once the figures have failed', {
  expected: [/^status 404: .*edition\.json/, /^console error: .*404.*edition\.json/],
}, async ({ page, open }) => {
  await page.route(`**/${EDITION}`, (route) => route.fulfill({ status: 404, body: 'gone' }));
  await open('/?year=2020');
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByText('They are being loaded').isVisible(), false);
});

journey('a postcode whose list fails, or comes damaged, is looked up again at Enter', {
  expected: [/^request failed: .*postcodes\/LU/, /^console error: .*postcodes\/LU/],
}, async ({ page, open, ready, axe }) => {
  await open('/');
  await ready();
  await page.getByText('Take the map away').waitFor();
  const answer = page.locator('.search .answer');
  await page.route('**/postcodes/LU.txt', (route) => route.abort());
  await find(page).fill('lu1 2bq');
  await answer.getByText(/^The list of postcodes could not be fetched\. Check your connection, and press Enter to try again\.$/).waitFor();
  await axe('with a list that failed');
  await page.unroute('**/postcodes/LU.txt');
  await page.route('**/postcodes/LU.txt', (route) => route.fulfill({ contentType: 'text/plain', body: 'half a li' }));
  await find(page).press('Enter');
  await answer.getByText(/^The list of postcodes arrived damaged\./).waitFor();
  await page.unroute('**/postcodes/LU.txt');
  await find(page).press('Enter');
  await opened(page, 'Luton Borough Council');
});
