// Writes the licences of all software that the built site carries: the crates of its programs, and Leaflet.
//
//   node scripts/notices.mjs FILE
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TEXTS = /^(licen[cs]e|copying|copyright|notice|unlicense)/i;

/** The crates that are compiled into the site's programs, each with its package as `cargo metadata` describes it. */
export function shipped() {
  const options = ['metadata', '--format-version', '1', '--locked', '--filter-platform', 'wasm32-unknown-unknown'];
  const { packages, resolve } = JSON.parse(execFileSync('cargo', options, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 }));
  const packageOf = new Map(packages.map((one) => [one.id, one]));
  const nodeOf = new Map(resolve.nodes.map((node) => [node.id, node]));
  const runsWhenBuilding = (id) => packageOf.get(id).targets.some(({ kind }) => kind.includes('proc-macro'));
  const found = new Set();
  const reach = (id) => {
    if (found.has(id) || runsWhenBuilding(id)) return;
    found.add(id);
    for (const { pkg, dep_kinds } of nodeOf.get(id).deps) if (dep_kinds.some(({ kind }) => kind === null)) reach(pkg);
  };
  // The page's programs, and the one that reads files.
  reach(resolve.root);
  reach(packages.find(({ name }) => name === 'upheld-worker').id);
  return [...found].map((id) => packageOf.get(id)).filter(({ source }) => source !== null);
}

/** The texts of the licences in a folder. */
function texts(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && TEXTS.test(entry.name))
    .map(({ name }) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
}

/** The notices, each text once, under the names of all that it covers. */
export function notices() {
  const leaflet = JSON.parse(readFileSync(join(ROOT, 'node_modules/leaflet/package.json'), 'utf8'));
  const parts = [
    ...shipped().map(({ name, version, license, manifest_path }) => ({ title: `${name} ${version} (${license})`, folder: dirname(manifest_path) })),
    { title: `leaflet ${leaflet.version} (${leaflet.license})`, folder: join(ROOT, 'node_modules/leaflet') },
  ].sort((a, b) => a.title.localeCompare(b.title, 'en'));
  const titlesOf = new Map();
  const without = [];
  for (const { title, folder } of parts) {
    const found = texts(folder);
    if (!found.length) without.push(title);
    for (const text of found) titlesOf.set(text, [...(titlesOf.get(text) ?? []), title]);
  }
  const line = '-'.repeat(80);
  const head = 'Upheld is made with the software of others. These are their licences.\n';
  const bare = without.length ? `\nPublished without the text of their licence, which is named beside each:\n\n${without.join('\n')}\n` : '';
  return head + bare + [...titlesOf].map(([text, titles]) => `\n${line}\n${titles.join('\n')}\n${line}\n\n${text}\n`).join('');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [file] = process.argv.slice(2);
  if (!file) {
    console.error('usage: notices.mjs FILE');
    process.exitCode = 2;
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, notices());
  }
}
