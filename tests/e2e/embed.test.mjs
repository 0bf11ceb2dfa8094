// Cards on other sites: a council in a year, a comparison. Anybody may frame them, and nothing else of the site.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { mkdtemp, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../scripts/serve.mjs';
import { edition } from './support/expected.mjs';
import { journey } from './support/journey.mjs';
import { requestsUntil } from './support/network.mjs';
import { assertNoSidewaysScroll, tabTo } from './support/reader.mjs';
import { DIST } from './support/site.mjs';

const LUTON = '/embed/council/luton-borough-council/';
const COMPARE = '/embed/compare/';
const MOST_BYTES = 60_000;
const BOTH = ['desktop', 'phone'];

const host = await mkdtemp(join(tmpdir(), 'upheld-host-'));
after(() => rm(host, { recursive: true }));
await mkdir(join(host, 'isolated'));
await writeFile(join(host, '_headers'), '/isolated/*\n  Cross-Origin-Opener-Policy: same-origin\n  Cross-Origin-Embedder-Policy: require-corp\n');

/** The page of another site, on another origin, that frames `address`; answers where it is. */
async function framing(address, path = '') {
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A newspaper</title><link rel="icon" href="data:,"></head><body><main><h1>News</h1><iframe src="${address}" title="A card" width="320" height="700"></iframe></main></body></html>`;
  await writeFile(join(host, path, 'index.html'), page);
  const server = await serve({ root: host });
  return { url: `${server.url}${path}`, close: server.close };
}

const words = async (locator) => (await locator.innerText()).replace(/\s+/g, ' ');
const row = (page, council) => page.getByRole('row', { name: new RegExp(`^${council}`) });

/** All that a page asks for when it is opened for the first time: on the wire, and unpacked. */
async function weigh(context, address, there) {
  const fresh = await context.browser().newContext();
  try {
    const page = await fresh.newPage();
    const bodies = [];
    page.on('response', (response) => bodies.push(response.body()));
    await page.goto(address);
    await there(page);
    const requests = await requestsUntil(page, Infinity);
    const unpacked = (await Promise.all(bodies)).reduce((sum, body) => sum + body.length, 0);
    return { requests, wire: requests.reduce((sum, { bytes }) => sum + bytes, 0), unpacked };
  } finally {
    await fresh.close();
  }
}

journey('a card says the three statistics of a council and year, and leads to its page', { windows: BOTH }, async ({ page, site, open, axe, screenshot }) => {
  await open(LUTON);
  assert.equal(await page.title(), 'Luton Borough Council, 2023-24 – Upheld');
  const text = await words(page.locator('body'));
  for (const part of [
    'Luton Borough Council',
    '1 April 2023 to 31 March 2024',
    '9 of 13: 69% of complaints investigated in detail were upheld',
    'Uncertain 95% interval 42% to 87% (computed)',
    'Published average of similar authorities, the unitary councils: 79%',
    'No clear difference from similar authorities (computed)',
    '7 of 7: 100% of recommendations were carried out',
    '3 of 9: 33% of upheld complaints',
    `Edition of ${edition.date}.`,
  ]) assert.ok(text.includes(part), `${part}\n${text}`);
  assert.equal(await page.locator('link[rel="canonical"]').evaluate((link) => link.href), `${site.url}council/luton-borough-council/`);
  assert.equal(await page.locator('meta[name="robots"]').getAttribute('content'), 'noindex');
  await assertNoSidewaysScroll(page);
  await screenshot('embed-card', { fullPage: true });
  await axe();
  await tabTo(page, ({ text: link }) => link === 'Luton Borough Council on Upheld');

  await open(`${LUTON}2020/`);
  assert.match(await words(page.locator('body')), /13 of 24: 54%.*95% interval 35% to 72%/);
  const link = page.getByRole('link', { name: 'Luton Borough Council on Upheld' });
  assert.equal(await link.evaluate((element) => element.href), `${site.url}council/luton-borough-council/?year=2020`);
  assert.equal(await link.getAttribute('target'), '_top');
  await axe();
});

journey('a card says what is not known, what is odd, and what came after a council’s end', async ({ page, open, axe }) => {
  for (const [path, part] of [
    ['london-borough-of-hounslow/2024/', /Printed as 93%, though 22 of 24 is 92%\. Shown as printed\./],
    ['allerdale-borough-council/2024/', /had come to an end by 2023-24.*1 of 1: 100%.*Too few to judge/],
    ['allerdale-borough-council/2023/', /No recommendations were due/],
    ['cumbria-county-council/', /2022-23/],
    ['hartlepool-borough-council/2018/', /The rate is computed from the counts; the source prints none\./],
  ]) {
    await open(`/embed/council/${path}`);
    assert.match(await words(page.locator('body')), part, path);
    await axe(path);
  }
});

journey('a card fits into any frame, in light and in dark', { context: { colorScheme: 'dark' } }, async ({ page, open, axe, screenshot }) => {
  for (const path of [LUTON, '/embed/council/bournemouth-christchurch-and-poole-council/', `${COMPARE}?councils=luton-borough-council,bournemouth-christchurch-and-poole-council`]) {
    await open(path);
    await page.waitForLoadState('networkidle');
    for (const width of [280, 320, 500, 1600]) {
      await page.setViewportSize({ width, height: 700 });
      await assertNoSidewaysScroll(page);
    }
    await page.setViewportSize({ width: 280, height: 700 });
    await screenshot(`embed-dark${path.replace(/\W+/g, '-').slice(0, 40)}`, { fullPage: true });
    await axe(`${path}, dark`);
  }
});

journey('a card reads without JavaScript', { context: { javaScriptEnabled: false } }, async ({ page, open, screenshot }) => {
  await open(LUTON);
  await page.getByRole('heading', { level: 1, name: 'Luton Borough Council' }).waitFor();
  assert.match(await words(page.locator('main')), /9 of 13: 69%/);
  await open(`${COMPARE}?councils=luton-borough-council`);
  assert.match(await words(page.locator('main')), /needs JavaScript/);
  await page.getByRole('link', { name: 'All councils as a table, on Upheld' }).waitFor();
  await screenshot('embed-compare-without-javascript');
});

journey('another site frames a card, also one that is cut off from all others', {
  expected: [/^foreign request: http:\/\/127\.0\.0\.1:\d+\//],
}, async ({ page, site, screenshot }) => {
  for (const path of ['', 'isolated/']) {
    const newspaper = await framing(`${site.url}${LUTON.slice(1)}`, path);
    try {
      await page.goto(newspaper.url);
      assert.equal(await page.evaluate(() => crossOriginIsolated), path !== '');
      const card = page.frameLocator('iframe');
      await card.getByRole('heading', { level: 1, name: 'Luton Borough Council' }).waitFor();
      assert.match(await words(card.locator('main')), /9 of 13: 69%/);
      assert.notEqual(await card.locator('body').evaluate((body) => getComputedStyle(body).padding), '0px', 'its style sheet is there');
      await screenshot('embed-framed');
      // What is followed out of the frame takes the place of the page around it.
      await card.getByRole('link', { name: 'Luton Borough Council on Upheld' }).click();
      await page.waitForURL(`${site.url}council/luton-borough-council/`);
    } finally {
      await newspaper.close();
    }
  }
});

journey('another site frames a comparison', { expected: [/^foreign request: http:\/\/127\.0\.0\.1:\d+\//] }, async ({ page, site }) => {
  const newspaper = await framing(`${site.url}embed/compare/?councils=luton-borough-council`);
  try {
    await page.goto(newspaper.url);
    await page.frameLocator('iframe').getByRole('row', { name: /^Luton Borough Council.*9 of 13/ }).waitFor();
  } finally {
    await newspaper.close();
  }
});

for (const [what, path] of [['the map', ''], ['a council’s page', 'council/luton-borough-council/'], ['an address that leads nowhere', 'nowhere/']]) {
  journey(`nobody frames ${what}`, {
    expected: [/^foreign request: /, /^console error: .*(frame-ancestors|X-Frame-Options)/i],
    allowed: [/^status 404: .*\/nowhere\//, /^request failed: .*ERR_BLOCKED_BY_RESPONSE/, /^console error: .*status of 404/, /^policy: frame-ancestors/],
  }, async ({ page, site, troubles, eventually }) => {
    const newspaper = await framing(`${site.url}${path}`);
    try {
      await page.goto(newspaper.url);
      await eventually(() => assert.ok(troubles.some((trouble) => /frame-ancestors|X-Frame-Options/i.test(trouble))));
      assert.equal(await page.frameLocator('iframe').getByText('Upheld').count(), 0);
    } finally {
      await newspaper.close();
    }
  });
}

journey('a comparison sets councils side by side, in the words of their files', { windows: BOTH }, async ({ page, site, open, axe, screenshot }) => {
  const slugs = ['luton-borough-council', 'leicester-city-council'];
  await open(`${COMPARE}?councils=${slugs.join(',')}`);
  await row(page, 'Luton Borough Council').waitFor();
  assert.equal(await page.title(), 'Luton, Leicester in 2023-24 – Upheld');
  for (const slug of slugs) {
    const file = JSON.parse(await readFile(`${DIST}/data/v1/council/${slug}.json`, 'utf8'));
    const { statistics } = file.years.find(({ year }) => year === '2023-24').in_words;
    const text = await words(row(page, file.name));
    for (const said of statistics) {
      const figure = said.rate === undefined ? said.absent : said.counts ? `${said.counts}: ${said.rate}` : said.rate;
      for (const part of [figure, said.interval_95, said.certainty, said.published_average, said.against_similar, ...(said.notes ?? [])]) if (part !== undefined) assert.ok(text.includes(part), `${slug}: ${part}\n${text}`);
    }
  }
  const headings = await page.getByRole('columnheader').allInnerTexts();
  assert.deepEqual(headings.map((heading) => heading.split('\n')[0]), ['Council', 'Complaints upheld', 'Compliance with recommendations', 'Satisfactory remedies']);
  assert.equal(await page.locator('.problem').count(), 0);
  const onwards = page.getByRole('link', { name: 'These councils on Upheld' });
  assert.equal(await onwards.evaluate((link) => link.href), `${site.url}compare/?councils=${slugs.join(',')}&year=2024`);
  await assertNoSidewaysScroll(page);
  await screenshot('embed-compare', { fullPage: true });
  await axe();
});

journey('a comparison says what it could not find, and what is not alike', {
  expected: [/^status 404: .*council\/nobody\.json/, /^console error: .*404.*nobody\.json/],
}, async ({ page, open, axe, screenshot }) => {
  await open(`${COMPARE}?councils=luton-borough-council,nobody,../../edition,kent-county-council&year=2031`);
  await row(page, 'Luton Borough Council').waitFor();
  const said = await words(page.getByRole('status'));
  for (const part of ['There is no year “2031” in this edition: 2023-24 is shown.', 'No council has the address “nobody”.', 'No council has the address “../../edition”.', 'different types (unitary council, county council)']) assert.ok(said.includes(part), `${part}\n${said}`);
  await screenshot('embed-compare-problems', { fullPage: true });
  await axe();

  await open(`${COMPARE}?councils=luton-borough-council&year=2014`);
  assert.match(await words(row(page, 'Luton Borough Council')), /This edition holds no figures for it in 2013-14\./);
  await axe('a year without figures');

  await open(COMPARE);
  await page.getByText('No council is named.').waitFor();
  await axe('nobody named');
});

journey('a comparison takes eight councils, and says that it left out the rest', async ({ page, open }) => {
  const slugs = ['luton', 'blackpool', 'darlington', 'halton', 'hartlepool', 'middlesbrough', 'reading', 'slough', 'swindon'].map((place) => `${place}-borough-council`);
  await open(`${COMPARE}?councils=${slugs.join(',')},${slugs[0]}`);
  await page.getByText('9 councils are named; the first 8 are shown.').waitFor();
  await row(page, 'Slough Borough Council').waitFor();
  assert.equal(await page.getByRole('row').count(), 1 + 8);
});

journey('a comparison whose figures cannot be had says so', {
  expected: [/^request failed: .*luton-borough-council\.json/, /^console error: .*ERR_INTERNET_DISCONNECTED/],
}, async ({ page, open, axe }) => {
  await page.route('**/luton-borough-council.json', (route) => route.abort('internetdisconnected'));
  await open(`${COMPARE}?councils=luton-borough-council,leicester-city-council`);
  await row(page, 'Leicester City Council').waitFor();
  assert.match(await words(page.getByRole('status')), /The figures of “luton-borough-council” could not be loaded\. Check your connection/);
  await axe();
});

journey('a card is light, and asks for no program', async ({ context, site }) => {
  const card = await weigh(context, `${site.url}${LUTON.slice(1)}`, (page) => page.getByRole('heading', { level: 1 }).waitFor());
  assert.deepEqual(card.requests.map(({ url }) => new URL(url).pathname), [LUTON, '/embed.css']);
  for (const bytes of [card.wire, card.unpacked]) assert.ok(bytes > 0 && bytes <= MOST_BYTES, `${bytes} bytes`);
  // The councils with the longest files.
  const folder = join(DIST, 'data/v1/council');
  const sizes = await Promise.all((await readdir(folder)).map(async (name) => ({ slug: name.replace('.json', ''), size: (await stat(join(folder, name))).size })));
  const busy = sizes.sort((a, b) => b.size - a.size).slice(0, 8).map(({ slug }) => slug);
  const compared = await weigh(context, `${site.url}embed/compare/?councils=${busy.join(',')}`, (page) => page.getByRole('row').nth(8).waitFor());
  assert.equal(compared.requests.length, 3 + busy.length);
  assert.ok(compared.wire > 0 && compared.wire <= MOST_BYTES, `${compared.wire} bytes, of eight councils`);
  console.log(`a card: ${card.wire} bytes on the wire, ${card.unpacked} unpacked; eight councils: ${compared.wire} and ${compared.unpacked}`);
});
