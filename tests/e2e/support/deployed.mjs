// A site whose host gets another version while readers are on it.
import { cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressOf, hashOf, write } from '../../../scripts/offline.mjs';
import { serve } from '../../../scripts/serve.mjs';
import { EDITION } from './expected.mjs';
import { DIST } from './site.mjs';

/** The day of the edition that is deployed later. */
export const LATER = '2027-01-15';

/**
 * Serves a folder at one address, and others there later.
 *
 * @returns {Promise<{url: string, asked: string[], deploy: (root: string) => Promise<void>, fails: (broken: (path: string) => boolean) => void,
 *   close: () => Promise<void>}>} `asked`: every path that was asked for; `fails`: answers some paths with an error from now on
 */
export async function deployable(root, base = '/') {
  let behind = await serve({ root, base });
  let isBroken = () => false;
  const asked = [];
  const front = createServer((incoming, outgoing) => {
    asked.push(incoming.url);
    if (isBroken(incoming.url)) return outgoing.writeHead(500).end();
    const onward = request(new URL(incoming.url, behind.url), { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    onward.end();
  });
  await new Promise((listening) => { front.listen(0, '127.0.0.1', listening); });
  return {
    url: `http://127.0.0.1:${front.address().port}${new URL(behind.url).pathname}`,
    asked,
    async deploy(next) {
      const before = behind;
      behind = await serve({ root: next, base });
      await before.close();
    },
    fails(broken) {
      isBroken = broken;
    },
    async close() {
      await new Promise((done) => {
        front.close(done);
        front.closeAllConnections();
      });
      await behind.close();
    },
  };
}

/** Two versions of the site, in folders of their own: as it was built, and with another edition, style and second program. */
export async function versions() {
  const folder = await mkdtemp(join(tmpdir(), 'upheld-versions-'));
  const [now, later] = [join(folder, 'now'), join(folder, 'later')];
  // Neither is kept on a device, and both have many files.
  const kept = (path) => !/\/(embed|data\/v1\/council|\.stage)$/.test(path);
  await cp(DIST, now, { recursive: true, filter: kept });
  await cp(now, later, { recursive: true });

  const { date } = JSON.parse(await readFile(join(later, EDITION), 'utf8'));
  // The programs refuse files of two editions.
  for (const name of [EDITION, 'data/v1/sources.json', 'data/v1/names.json']) {
    const text = await readFile(join(later, name), 'utf8');
    await writeFile(join(later, name), text.replace(date, LATER));
  }
  for (const name of ['details.css', 'upheld-details.js', 'about.part']) {
    const text = await readFile(join(later, name), 'utf8');
    await writeFile(join(later, name), `${text}${name.endsWith('.part') ? '<p>Later.</p>' : '\n/* later */\n'}`);
  }
  // A file that is named after its content has another name, which all pages know.
  const style = (await readdir(later)).find((name) => /^upheld-[0-9a-f]+\.css$/.test(name));
  await rename(join(later, style), join(later, 'upheld-1a7e51a7e51a7e5.css'));
  for (const name of await readdir(later, { recursive: true })) {
    if (!name.endsWith('.html')) continue;
    const page = await readFile(join(later, name), 'utf8');
    await writeFile(join(later, name), page.replaceAll(style, 'upheld-1a7e51a7e51a7e5.css').replace(date, LATER));
  }
  return { now: await versionOf(now), later: await versionOf(later), remove: () => rm(folder, { recursive: true, force: true }) };
}

async function versionOf(root) {
  return { root, ...(await write(root)), shell: bare(await readFile(join(root, 'index.html'), 'utf8')) };
}

/** What all pages of the program share. */
function bare(page) {
  return page.replace(/<base href="[^"]*">|<title>[^<]*|<!-- static -->[^]*<!-- \/static -->/g, '');
}

/**
 * Listens to what a page gets, from now on. `mixed` answers what of it is not of `version`: what a worker made by itself out of the front
 * page, for an address that has none, counts as that.
 */
export function listen(page, site) {
  let got = [];
  // At once: it is not to be had any more when the page has gone on.
  page.on('response', (response) => got.push(response.body().then((body) => ({ response, body }), () => undefined)));
  return {
    async mixed({ files, core, rest, shell }) {
      const read = (await Promise.all(got)).filter(Boolean);
      const wrong = read.flatMap(({ response, body }) => {
        const path = addressOf(response.url().slice(site.url.length).replace(/[?#].*$/, ''));
        if (!(path in files)) return `${path}: of no file`;
        const isShell = response.request().isNavigationRequest() && bare(String(body)) === shell;
        if (hashOf(body) !== files[path] && !isShell) return `${path}: of another version`;
        return [...core, ...rest].includes(path) && !response.fromServiceWorker() ? `${path}: not kept` : [];
      });
      return { wrong, count: read.length };
    },
    forget() {
      got = [];
    },
  };
}
