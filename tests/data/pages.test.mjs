// The pages rendered ahead, as search engines and link previews read them: each says what it is and where, structured data can be parsed and
// has what schema.org's types need, the sitemap lists each page once, every card is there. `scripts/test.sh data` renders them
// for https://upheld.example/upheld/; RENDERED names another folder that was rendered for that address.
import { before, test } from 'node:test';
import assert from 'node:assert/strict';
import { access, readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RENDERED = process.env.RENDERED ?? fileURLToPath(new URL('../../.build/rendered', import.meta.url));
const ROOT = 'https://upheld.example/upheld/';

let pages;
before(async () => {
  await access(join(RENDERED, 'sitemap.xml')).catch(() => {
    throw new Error(`no pages were rendered into ${RENDERED} for ${ROOT}: run scripts/test.sh data`);
  });
  const files = await readdir(RENDERED, { recursive: true });
  const paths = files.filter((file) => file.endsWith('index.html') && !file.startsWith('embed/')).map((file) => file.slice(0, -'index.html'.length));
  pages = await Promise.all(paths.map(async (path) => ({ path, ...read(await readFile(join(RENDERED, path, 'index.html'), 'utf8')) })));
});

/** Text of HTML without its escapes. */
function plain(text) {
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name) => ({ lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' })[name]);
}

/** What stands in the head of a page. */
function read(html) {
  const head = html.slice(0, html.indexOf('</head>'));
  const metas = [...head.matchAll(/<meta (?:name|property)="([^"]+)" content="([^"]*)">/g)].map(([, name, content]) => [name, plain(content)]);
  const names = metas.map(([name]) => name);
  assert.equal(new Set(names).size, names.length, `said twice: ${names}`);
  return {
    head,
    title: plain(/<title>([^<]*)<\/title>/.exec(head)[1]),
    meta: new Map(metas),
    canonical: [...head.matchAll(/<link rel="canonical" href="([^"]*)">/g)].map(([, address]) => plain(address)),
    data: [...head.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)].map(([, text]) => JSON.parse(text)),
  };
}

const councils = () => pages.filter(({ path }) => path.startsWith('council/'));
const graph = ({ data }) => data[0]['@graph'];
const typed = (page, type) => graph(page).filter((one) => one['@type'] === type);

test('every page says what it is, and where', () => {
  assert.ok(councils().length > 300);
  for (const { path, title, meta, canonical } of pages) {
    assert.deepEqual(canonical, [ROOT + path], path);
    assert.equal(meta.get('og:url'), ROOT + path, path);
    assert.ok(title.length > 5 && meta.get('og:title').length > 5, path);
    assert.ok(title.startsWith(meta.get('og:title')), path);
    assert.ok(meta.get('description').length >= 50, path);
    assert.equal(meta.get('og:description'), meta.get('description'), path);
    assert.equal(meta.get('og:locale'), 'en_GB', path);
    assert.equal(meta.get('twitter:card'), 'summary_large_image', path);
  }
  for (const what of ['title', 'description']) {
    const said = pages.map(({ title, meta }) => (what === 'title' ? title : meta.get('description')));
    assert.equal(new Set(said).size, said.length, `each page has a ${what} of its own`);
  }
  const tooLong = councils().filter(({ meta }) => [...meta.get('description')].length > 160);
  assert.ok(tooLong.length < councils().length / 20, `descriptions are cut off: ${tooLong.map(({ path }) => path)}`);
});

test('counts come before rates in what is said of a council', () => {
  const { meta } = pages.find(({ path }) => path === 'council/luton-borough-council/');
  assert.match(meta.get('description'), /upheld 9 of 13 complaints that it investigated in detail in 2023-24 \(69%, uncertain\)/);
  assert.match(meta.get('og:image:alt'), /^Luton Borough Council, 2023-24: 9 of 13 investigations upheld \(69%\)\. Uncertain: /);
});

test('every page has a card, and every card is there, of its size and small', async () => {
  let total = 0;
  const files = await readdir(join(RENDERED, 'cards'));
  assert.equal(files.length, councils().length + 1);
  for (const { path, meta } of pages) {
    const own = path.startsWith('council/') ? path.split('/')[1] : 'upheld';
    assert.equal(meta.get('og:image'), `${ROOT}cards/${own}.png`, path);
    assert.ok(meta.get('og:image:alt').length > 20, path);
  }
  for (const file of files) {
    const bytes = await readFile(join(RENDERED, 'cards', file));
    total += bytes.length;
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG', file);
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [1200, 630], file);
    assert.ok(bytes.length > 4000 && bytes.length <= 60_000, `${file}: ${bytes.length} bytes`);
  }
  assert.ok(total < 15_000_000, `${total} bytes of cards`);
  const { meta } = pages[0];
  assert.deepEqual([meta.get('og:image:width'), meta.get('og:image:height')], ['1200', '630']);
});

test('a council’s structured data names page, council, way and figures', async () => {
  for (const page of councils()) {
    assert.equal(page.data.length, 1, page.path);
    assert.equal(page.data[0]['@context'], 'https://schema.org');
    const [webPage, organization, way] = graph(page);
    assert.equal(webPage['@type'], 'WebPage');
    assert.equal(webPage.url, ROOT + page.path);
    assert.equal(webPage.about['@id'], organization['@id']);
    assert.equal(webPage.breadcrumb['@id'], way['@id']);
    assert.equal(organization['@type'], 'GovernmentOrganization');
    assert.ok(page.title.startsWith(organization.name), page.path);
    assert.match(organization.identifier.value, /^E\d{8}$/);
    assert.deepEqual(way.itemListElement.map(({ position }) => position), [1, 2, 3]);
    for (const { item, name } of way.itemListElement) assert.ok(item.startsWith(ROOT) && name, page.path);
    for (const data of typed(page, 'Dataset')) {
      assert.ok(data.description.length >= 50 && data.description.length <= 5000, page.path);
      for (const key of ['name', 'license', 'creator', 'temporalCoverage', 'spatialCoverage', 'distribution', 'isBasedOn']) assert.ok(data[key], `${page.path}: ${key}`);
      assert.match(data.temporalCoverage, /^\d{4}-04-01\/\d{4}-03-31$/);
      assert.ok(data.isBasedOn.every((source) => /^https?:\/\//.test(source)), page.path);
    }
    for (const observation of typed(page, 'Observation')) {
      for (const key of ['name', 'unitText', 'measurementMethod', 'observationDate', 'description']) assert.ok(observation[key], `${page.path}: ${key}`);
      assert.equal(typeof observation.value, 'number');
      assert.equal(observation.observationAbout['@id'], organization['@id']);
    }
  }
});

test('a figure in structured data is the published one, and a missing one is not there', async () => {
  const luton = pages.find(({ path }) => path === 'council/luton-borough-council/');
  assert.deepEqual(typed(luton, 'Observation').map(({ name, value, description }) => [name, value, description]), [
    ['Uphold rate, 2023-24', 69, '9 of 13 (69%)'],
    ['Upheld per 100,000 residents, 2023-24', 4, '4 (9 upheld)'],
    ['Compliance rate, 2023-24', 100, '7 of 7 (100%)'],
    ['Satisfactory remedy rate, 2023-24', 33, '3 of 9 (33%)'],
  ]);
  const adur = pages.find(({ path }) => path === 'council/adur-district-council/');
  assert.deepEqual([...typed(adur, 'Observation'), ...typed(adur, 'Dataset')], []);
});

test('the front page offers the data as a whole', async () => {
  const front = pages.find(({ path }) => path === '');
  const [site, data] = graph(front);
  assert.equal(site['@type'], 'WebSite');
  assert.equal(site.url, ROOT);
  assert.equal(data['@type'], 'Dataset');
  for (const key of ['name', 'description', 'license', 'creator', 'temporalCoverage', 'spatialCoverage', 'dateModified']) assert.ok(data[key], key);
  assert.ok(data.distribution.some(({ contentUrl }) => contentUrl === `${ROOT}data/v1/figures.csv`));
  for (const { contentUrl } of data.distribution) await stat(join(RENDERED, contentUrl.slice(ROOT.length)));
});

test('the sitemap lists each page once, with the date of the edition; robots are sent to it', async () => {
  const xml = await readFile(join(RENDERED, 'sitemap.xml'), 'utf8');
  assert.match(xml, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<urlset xmlns="http:\/\/www\.sitemaps\.org\/schemas\/sitemap\/0\.9">\n(<url><loc>[^<]+<\/loc><lastmod>\d{4}-\d\d-\d\d<\/lastmod><\/url>\n)+<\/urlset>\n$/);
  const listed = [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => plain(address));
  assert.deepEqual([...listed].sort(), pages.map(({ path }) => ROOT + path).sort());
  assert.deepEqual(new Set([...xml.matchAll(/<lastmod>([^<]+)</g)].map(([, date]) => date)).size, 1);
  assert.match(await readFile(join(RENDERED, 'robots.txt'), 'utf8'), /^User-agent: \*\nAllow: \/\n\nSitemap: https:\/\/upheld\.example\/upheld\/sitemap\.xml\n$/);
});

test('what leads nowhere is listed nowhere', async () => {
  const { meta, canonical } = read(await readFile(join(RENDERED, '404.html'), 'utf8'));
  assert.equal(meta.get('robots'), 'noindex');
  assert.deepEqual(canonical, []);
});
