// What the local server promises: the same behaviour as a static host, and nothing outside the folder.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { serve } from '../scripts/serve.mjs';

let folder;
let site;
const LONG = `{"words":"${'council '.repeat(200)}"}`;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'upheld-serve-'));
  const root = join(folder, 'dist');
  await mkdir(join(root, 'council', 'luton'), { recursive: true });
  await mkdir(join(root, 'data'));
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(root, 'index.html'), '<title>map</title>');
  await writeFile(join(root, 'council', 'luton', 'index.html'), '<title>Luton</title>');
  await writeFile(join(root, '404.html'), '<title>no such page</title>');
  await writeFile(join(root, 'app.wasm'), Buffer.alloc(1000, 1));
  await writeFile(join(root, 'data', 'edition.json'), LONG);
  await writeFile(join(root, 'data', 'a council.geojson'), '{}');
  await writeFile(join(root, '.hidden'), 'hidden');
  await writeFile(join(root, '_headers'), "/*\n  Content-Security-Policy: default-src 'none'\n\n/data/*\n  Access-Control-Allow-Origin: *\n\n/council/*\n  Content-Security-Policy: frame-ancestors *\n");
  await symlink(join(folder, 'secret.txt'), join(root, 'link.txt'));
  site = await serve({ root });
});

after(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

/** A request as written, without the tidying of paths that `fetch` does. */
function get(path, { headers = {}, method = 'GET', to = site } = {}) {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port: to.port, path, method, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

test('a file comes with its type', async () => {
  for (const [path, type] of [
    ['/', 'text/html; charset=utf-8'],
    ['/app.wasm', 'application/wasm'],
    ['/data/edition.json', 'application/json'],
    ['/data/a%20council.geojson', 'application/geo+json'],
  ]) {
    const { status, headers } = await get(path);
    assert.equal(status, 200, path);
    assert.equal(headers['content-type'], type, path);
  }
});

test('a folder shows its index page, and is given its final slash', async () => {
  assert.match((await get('/council/luton/')).body.toString(), /Luton/);
  const moved = await get('/council/luton?year=2020');
  assert.equal(moved.status, 301);
  assert.equal(moved.headers.location, '/council/luton/?year=2020');
});

test('an unknown address shows the 404 page with status 404', async () => {
  for (const path of ['/nowhere', '/council/', '/council/luton/index.html/', '/data/edition.json/', '/data/none.json']) {
    const { status, body } = await get(path);
    assert.equal(status, 404, path);
    assert.match(body.toString(), /no such page/, path);
  }
});

test('nothing outside the folder is served', async () => {
  for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/data/../../secret.txt', '/link.txt', '//../secret.txt', '/%00', '/%']) {
    const { status, body } = await get(path);
    assert.ok(status === 400 || status === 404, `${path}: ${status}`);
    assert.doesNotMatch(body.toString(), /secret/, path);
  }
});

test('hidden files and instructions for hosts are kept back', async () => {
  for (const path of ['/.hidden', '/_headers']) assert.equal((await get(path)).status, 404, path);
});

test('a redirect never leads to another host', async () => {
  const { headers } = await get('//council/luton');
  assert.equal(headers.location, '/council/luton/');
});

test('a browser that reads brotli gets brotli', async () => {
  const packed = await get('/data/edition.json', { headers: { 'Accept-Encoding': 'gzip, br' } });
  assert.equal(packed.headers['content-encoding'], 'br');
  assert.equal(packed.headers.vary, 'Accept-Encoding');
  assert.ok(packed.body.length < LONG.length / 4);
  assert.equal(brotliDecompressSync(packed.body).toString(), LONG);
  for (const accept of ['gzip', 'br;q=0', '']) {
    const raw = await get('/data/edition.json', { headers: { 'Accept-Encoding': accept } });
    assert.equal(raw.headers['content-encoding'], undefined, accept);
    assert.equal(raw.body.toString(), LONG, accept);
  }
});

test('what the browser has is not sent again until it changes', async () => {
  const path = join(folder, 'dist', 'data', 'changing.json');
  await writeFile(path, '{"a":1}');
  const first = await get('/data/changing.json');
  const again = await get('/data/changing.json', { headers: { 'If-None-Match': first.headers.etag } });
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
  await writeFile(path, '{"a":22}');
  const changed = await get('/data/changing.json', { headers: { 'If-None-Match': first.headers.etag } });
  assert.equal(changed.status, 200);
  assert.equal(changed.body.toString(), '{"a":22}');
});

test('the headers that the site asks for are sent, on every page and on errors', async () => {
  for (const path of ['/', '/nowhere']) {
    assert.equal((await get(path)).headers['content-security-policy'], "default-src 'none'", path);
  }
  // As the strictest of hosts: what a later rule says is added to what an earlier one said.
  assert.equal((await get('/council/luton/')).headers['content-security-policy'], "default-src 'none', frame-ancestors *");
  assert.equal((await get('/data/edition.json')).headers['access-control-allow-origin'], '*');
  assert.equal((await get('/')).headers['access-control-allow-origin'], undefined);
});

test('HEAD tells what GET would; nothing else is answered', async () => {
  const { status, headers, body } = await get('/', { method: 'HEAD' });
  assert.equal(status, 200);
  assert.equal(headers['content-length'], '18');
  assert.equal(body.length, 0);
  const post = await get('/', { method: 'POST' });
  assert.equal(post.status, 405);
  assert.equal(post.headers.allow, 'GET, HEAD');
});

test('a site can lie under a path of its host', async () => {
  const under = await serve({ root: join(folder, 'dist'), base: 'upheld' });
  try {
    assert.equal(under.url, `http://127.0.0.1:${under.port}/upheld/`);
    assert.match((await get('/upheld/', { to: under })).body.toString(), /map/);
    assert.equal((await get('/upheld', { to: under })).headers.location, '/upheld/');
    assert.equal((await get('/upheld/council/luton', { to: under })).headers.location, '/upheld/council/luton/');
    assert.equal((await get('/council/luton/', { to: under })).status, 404);
    assert.equal((await get('/upheld/', { to: under })).headers['content-security-policy'], "default-src 'none'");
  } finally {
    await under.close();
  }
});

test('when the port is taken the next one serves, if that was allowed', async () => {
  const root = join(folder, 'dist');
  await assert.rejects(serve({ root, port: site.port }), { code: 'EADDRINUSE' });
  const next = await serve({ root, port: site.port, tries: 50 });
  assert.ok(next.port > site.port);
  await next.close();
});

test('a folder that is not there is said', async () => {
  await assert.rejects(serve({ root: join(folder, 'nothing') }), /there is no folder/);
});
