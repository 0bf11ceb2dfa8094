// The service worker that is written after a build: its version, and what of the site it may keep.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LEFT, WORKER, addressOf, hashOf, siteOf, workerOf, write } from '../scripts/offline.mjs';

const PAGE = `<link href=./upheld-1234567890abcdef.css rel=stylesheet><link href=manifest.webmanifest rel=manifest>
<link as=fetch href=data/v1/edition.json rel=preload><script type=module>import './upheld-app-1234567890abcdef.js';
fetch('./upheld-app-1234567890abcdef_bg.wasm'); import(new URL('offline.js', document.baseURI))</script><a href="table/">Table</a>`;

/** A site as small as one can be. */
const SITE = {
  '.stage/left-over.js': 'x',
  '404.html': '<p>Not found</p>',
  _headers: '/*\n  X: y\n',
  'about.part': '<p>About</p>',
  'accessibility/index.html': '<p>Accessibility</p>',
  'compare.css': 'a{}',
  'council/luton-borough-council/index.html': '<p>Luton</p>',
  'data/v1/council/luton-borough-council.json': '{}',
  'data/v1/edition.json': '{"date":"2026-11-23","note":"","default_year":2024}',
  'data/v1/figures.csv': 'a\n',
  'data/v1/names.json': '{}',
  'data/v1/sources.json': '{}',
  'embed/council/luton-borough-council/index.html': '<p>Luton</p>',
  'geo/lower-2020.geojson': '{}',
  'geo/lower-2021-detail.geojson': '{}',
  'geo/lower-2021.geojson': '{}',
  'geo/lower-2025.geojson': '{}',
  'geo/upper-2020.geojson': '{}',
  'geo/upper-2024-detail.geojson': '{}',
  'geo/upper-2024.geojson': '{}',
  'icons/icon.svg': '<svg/>',
  'index.html': PAGE,
  'manifest.webmanifest': '{}',
  'method/index.html': '<p>Method</p>',
  'offline.css': 'b{}',
  'offline.js': '1',
  'open.js': '2',
  'table/index.html': '<p>Table</p>',
  'upheld-1234567890abcdef.css': 'c{}',
  'upheld-app-1234567890abcdef.js': '3',
  'upheld-app-1234567890abcdef_bg.wasm': '4',
  'upheld-details_bg.wasm': '5',
};

let folder;
let count = 0;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'upheld-offline-'));
});

after(() => rm(folder, { recursive: true, force: true }));

async function built(changes = {}) {
  const dist = join(folder, String((count += 1)));
  for (const [name, text] of Object.entries({ ...SITE, ...changes })) {
    if (text === undefined) continue;
    await mkdir(dirname(join(dist, name)), { recursive: true });
    await writeFile(join(dist, name), text);
  }
  return dist;
}

test('the same files give the same worker, wherever and whenever they were built', async () => {
  const dist = await built();
  const copy = join(folder, 'copy');
  await cp(dist, copy, { recursive: true });
  for (const name of Object.keys(SITE)) await utimes(join(copy, name), 1, 1);
  await write(dist);
  await write(copy);
  const worker = await readFile(join(dist, WORKER), 'utf8');
  assert.equal(await readFile(join(copy, WORKER), 'utf8'), worker);
  await write(dist);
  assert.equal(await readFile(join(dist, WORKER), 'utf8'), worker, 'what was written before is no part of it');
});

test('any change of any shipped file is another version', async () => {
  const { version } = await siteOf(await built());
  assert.match(version, /^[0-9a-f]{16}$/);
  for (const name of Object.keys(SITE)) {
    const text = name.endsWith('edition.json') ? SITE[name].replace('""', '"new"') : `${SITE[name]} `;
    assert.notEqual((await siteOf(await built({ [name]: text }))).version, version, name);
  }
  assert.notEqual((await siteOf(await built({ 'council/new/index.html': '' }))).version, version);
});

test('every file may be kept, with its hash, or is left to the network by a rule that says why', async () => {
  const dist = await built();
  const { files, left } = await siteOf(dist);
  assert.deepEqual(left, LEFT.map(({ start }) => start));
  for (const { start, why } of LEFT) assert.ok(start && why);
  for (const [name, text] of Object.entries(SITE)) {
    const rules = LEFT.filter(({ start }) => name.startsWith(start));
    if (rules.length) assert.equal(files[addressOf(name)], undefined, name);
    else assert.equal(files[addressOf(name)], createHash('sha256').update(text).digest().subarray(0, 12).toString('base64url'), name);
  }
  assert.deepEqual(Object.keys(files).filter((path) => left.some((start) => path.startsWith(start))), []);
  assert.equal(Object.keys(files).length, Object.keys(SITE).length - 6);
  assert.equal(hashOf('a').length, 16);
  assert.deepEqual(['index.html', 'table/index.html', 'about.part'].map(addressOf), ['', 'table/', 'about.part']);
});

test('kept ahead is what the front page loads, and what every reader comes across', async () => {
  const { core, rest, files, edition } = await siteOf(await built());
  assert.equal(edition, '2026-11-23');
  assert.deepEqual(core.toSorted(), [
    '',
    'data/v1/edition.json',
    'geo/upper-2024.geojson',
    'offline.css',
    'offline.js',
    'upheld-1234567890abcdef.css',
    'upheld-app-1234567890abcdef.js',
    'upheld-app-1234567890abcdef_bg.wasm',
  ]);
  assert.deepEqual(rest.toSorted(), [
    'about.part',
    'accessibility/',
    'compare.css',
    'data/v1/names.json',
    'data/v1/sources.json',
    'geo/lower-2021-detail.geojson',
    'geo/lower-2021.geojson',
    'geo/upper-2024-detail.geojson',
    'method/',
    'upheld-details_bg.wasm',
  ]);
  for (const path of [...core, ...rest]) assert.ok(path in files, path);
});

test('a site that lacks what is to be kept ahead is no site', async () => {
  const without = (name) => built({ [name]: undefined }).then(siteOf);
  await assert.rejects(without('index.html'), /has no index\.html/);
  await assert.rejects(without('data/v1/edition.json'), /has no data\/v1\/edition\.json/);
  await assert.rejects(without('upheld-details_bg.wasm'), /upheld-details_bg/);
  await assert.rejects(without('geo/lower-2021-detail.geojson'), /has no geo\/lower-2021-detail\.geojson/);
  await assert.rejects(without('offline.css'), /has no offline\.css/);
});

test('the worker begins with what it knows of its site', async () => {
  const site = await siteOf(await built());
  const [first, ...rest] = (await workerOf(site)).split('\n');
  assert.deepEqual(JSON.parse(/^const SITE = (.*);$/.exec(first)[1]), site);
  assert.equal(rest.join('\n'), await readFile(new URL('../src/service-worker.js', import.meta.url), 'utf8'));
});

test('the pictures of the installed site are there, in the sizes that its manifest says', async () => {
  const assets = new URL('../assets/', import.meta.url);
  const manifest = JSON.parse(await readFile(new URL('manifest.webmanifest', assets), 'utf8'));
  const sizeOf = (png) => `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
  for (const { src, type, sizes } of manifest.icons.filter((icon) => icon.type === 'image/png')) {
    assert.equal(type, 'image/png');
    assert.equal(sizeOf(await readFile(new URL(src, assets))), sizes, src);
  }
  assert.deepEqual(manifest.icons.map(({ purpose = 'any' }) => purpose).toSorted(), ['any', 'any', 'any', 'maskable']);
  assert.equal(sizeOf(await readFile(new URL('icons/apple-touch-icon.png', assets))), '180x180');
  // One logo: the page holds it, too.
  const [icon, page] = await Promise.all([new URL('icons/icon.svg', assets), new URL('../index.html', import.meta.url)].map((file) => readFile(file, 'utf8')));
  const inPage = decodeURIComponent(/href="data:image\/svg\+xml,([^"]*)"/.exec(page)[1]).replaceAll("'", '"');
  assert.equal(icon.trim(), inPage);
});
