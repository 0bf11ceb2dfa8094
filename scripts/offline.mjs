// Writes the site's service worker, once all else of the site is there: src/service-worker.js, with the site's version and the hashes of its
// files before it. The same files give the same worker, so a site that was built again without a change is no new version.
//
//   node scripts/offline.mjs dist
import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The worker, at the root of the site: all below is its scope. */
export const WORKER = 'service-worker.js';
const EDITION = 'data/v1/edition.json';

/** What is never kept on the reader's device, and why. `start`: all addresses that begin so are left to the network. */
export const LEFT = [
  { start: WORKER, why: 'the worker: browsers keep it themselves' },
  { start: '_', why: 'instructions for hosts' },
  { start: '.', why: 'hidden: hosts keep it back' },
  { start: '404.html', why: 'hosts show it; the program has its own words for an address that leads nowhere' },
  { start: 'embed', why: 'cards in other sites’ pages, which are asked for anew each time' },
  { start: 'cards', why: 'pictures for other sites’ link previews' },
  { start: 'robots.txt', why: 'for search engines' },
  { start: 'sitemap.xml', why: 'for search engines' },
  { start: 'licences.txt', why: 'large, and read by hardly anybody' },
  { start: 'data/v1/council', why: 'to take away: a link to a file is a link to what there is today' },
  { start: 'data/v1/figures.csv', why: 'the same' },
  { start: 'data/v1/datapackage.json', why: 'the same' },
  { start: 'data/v1/changelog.json', why: 'the same' },
  { start: 'data/v1/CHANGELOG.md', why: 'the same' },
];

/** What the second program needs, and the rest that every reader comes across; kept ahead, save where the reader spares data. */
const REST = [
  /^upheld-details_bg\.wasm$/,
  /^data\/v1\/sources\.json$/,
  /^data\/v1\/names\.json$/,
  /^compare\.css$/,
  /^about\.part$/,
  // Pages without a program: nothing else can show them.
  /^method\/index\.html$/,
  /^accessibility\/index\.html$/,
];

/**
 * What the worker has to know of the site in the folder `dist`.
 *
 * @returns {Promise<{version: string, edition: string, files: Record<string, string>, core: string[], rest: string[], left: string[], apology: string}>}
 *   `files`: hashes of all that may be kept, by address below the root, '' for the front page; `core`: what a start needs; `rest`:
 *   what is kept ahead besides
 */
export async function siteOf(dist) {
  const names = await filesBelow(dist);
  const contents = new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(dist, name))])));
  const page = contents.get('index.html')?.toString('utf8');
  if (page === undefined) throw new Error(`${dist} has no index.html: build the site first`);
  const edition = JSON.parse(contents.get(EDITION) ?? 'null');
  if (!edition?.date) throw new Error(`${dist} has no ${EDITION} with a date: build the site first`);

  const [source, apology] = await Promise.all(['src/service-worker.js', 'assets/offline.html'].map(own));
  const shipped = names.filter((name) => name !== WORKER).map((name) => `${name} ${hashOf(contents.get(name))}\n`);
  const version = createHash('sha256').update([...shipped, source, apology].join('')).digest('hex').slice(0, 16);

  const kept = names.filter((name) => !LEFT.some(({ start }) => name.startsWith(start)));
  const files = Object.fromEntries(kept.map((name) => [addressOf(name), hashOf(contents.get(name))]));
  const isProgramOrStyle = (name) => /\.(js|wasm|css|json)$/.test(name);
  const [first, ...others] = boundaries(kept, edition.default_year);
  const core = ['', ...kept.filter((name) => isProgramOrStyle(name) && isNamed(page, name)), 'offline.css', first];
  const rest = [...matching(kept, REST).map(addressOf), ...others];
  const missing = [...core, ...rest].find((path) => !(path in files));
  if (missing) throw new Error(`${dist} has no ${missing}`);
  return { version, edition: edition.date, files, core, rest: rest.filter((name) => !core.includes(name)), left: LEFT.map(({ start }) => start), apology };
}

/** The text of the worker for a site. */
export async function workerOf(site) {
  return `const SITE = ${JSON.stringify(site)};\n${await own('src/service-worker.js')}`;
}

/** The address of a file below the root of its site: that of an index.html is its folder. */
export function addressOf(name) {
  return name.replace(/(^|\/)index\.html$/, '$1');
}

/** The first 96 bits of SHA-256: to tell versions of a file apart, not to keep anybody from forging one. */
export function hashOf(content) {
  return createHash('sha256').update(content).digest().subarray(0, 12).toString('base64url');
}

/** All files below a folder, with slashes, in order. */
async function filesBelow(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .sort((a, b) => (a < b ? -1 : 1));
}

/** Whether a page loads a file: its name stands in it by itself. */
function isNamed(page, name) {
  return new RegExp(`(?<![\\w-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`).test(page);
}

function matching(names, patterns) {
  return patterns.map((pattern) => {
    const found = names.find((name) => pattern.test(name));
    if (!found) throw new Error(`no file of the site is ${pattern}: what is kept for reading offline has to be told anew`);
    return found;
  });
}

/** The boundaries that hold in a year, those of the last sets that began by then: of the first view, of the other tier, and both in detail. */
function boundaries(names, year) {
  return ['upper', 'lower'].flatMap((tier) => {
    const sets = names.map((name) => new RegExp(`^geo/${tier}-(\\d{4})\\.geojson$`).exec(name)?.[1]).filter((began) => began && Number(began) <= year);
    if (!sets.length) throw new Error(`no boundaries of the ${tier} tier for ${year}`);
    const set = `geo/${tier}-${sets.sort().at(-1)}`;
    return [`${set}.geojson`, `${set}-detail.geojson`];
  });
}

function own(path) {
  return readFile(new URL(`../${path}`, import.meta.url), 'utf8');
}

/** Writes the worker into a built site; answers what it knows. */
export async function write(dist) {
  const site = await siteOf(dist);
  await writeFile(join(dist, WORKER), await workerOf(site));
  return site;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  write(process.argv[2] ?? 'dist')
    .then(({ version, core, rest, files }) => console.log(`offline: version ${version}: ${core.length + rest.length} files are kept ahead, ${Object.keys(files).length} may be kept`))
    .catch((error) => {
      console.error(`error: offline: ${error.message}`);
      process.exitCode = 1;
    });
}
