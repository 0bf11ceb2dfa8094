// Serves a folder of plain files as a static host would: MIME types, brotli, ETags, `index.html` of a folder, `404.html`
// with status 404, and the response headers that the site's own `_headers` file asks for. Nothing outside the folder is
// ever served. The tests and the benchmark use it as a module; `node scripts/serve.mjs --help` tells how to run it.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { brotliCompress, constants } from 'node:zlib';
import { headersFor, parseHeaders } from './headers.mjs';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.geojson': 'application/geo+json',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};
const ALREADY_COMPRESSED = /^image\/(jpeg|png|webp)|^font\/|^application\/pdf/;
/** Instructions for hosts, which these keep to themselves. */
const KEPT_BACK = new Set(['_headers', '_redirects']);
const SMALLEST_WORTH_COMPRESSING = 256;

const brotli = promisify(brotliCompress);

/**
 * Starts a server.
 *
 * @param {object} options
 * @param {string} options.root the folder to serve
 * @param {string} [options.base] the path under which it is served, `/` unless told
 * @param {string} [options.host] the address to listen on, only this machine unless told
 * @param {number} [options.port] the port; 0 takes any free one
 * @param {number} [options.tries] how many ports to try, upwards, when one is taken
 * @param {number} [options.quality] of brotli, 1 to 11: hosts serve 11, 5 answers sooner
 * @returns {Promise<{url: string, port: number, close: () => Promise<void>}>}
 */
export async function serve({ root, base = '/', host = '127.0.0.1', port = 0, tries = 1, quality = 5 }) {
  const site = await openSite(root, base, quality);
  const server = createServer((request, response) => {
    answer(site, request)
      .catch((error) => {
        console.error(`serve: ${request.method} ${request.url}: ${error.message}`);
        return plain(500, 'Something went wrong on the server. Its terminal says what.');
      })
      .then(({ status, headers, body }) => {
        response.writeHead(status, headers);
        response.end(request.method === 'HEAD' ? undefined : body);
      });
  });
  const bound = await listen(server, host, port, tries);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}${site.base}`,
    port: bound,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

async function openSite(root, base, quality) {
  const folder = await realpath(root).catch(() => {
    throw new Error(`there is no folder ${root}`);
  });
  const rules = parseHeaders(await readFile(join(folder, '_headers'), 'utf8').catch(missingIsEmpty));
  return { folder, base: `/${base}/`.replace(/\/+/g, '/'), rules, quality, compressed: new Map() };
}

function missingIsEmpty(error) {
  if (error.code === 'ENOENT') return '';
  throw error;
}

async function listen(server, host, port, tries) {
  for (let candidate = port; ; candidate += 1) {
    try {
      await new Promise((ok, failed) => {
        server.once('error', failed);
        server.listen(candidate, host, () => {
          server.off('error', failed);
          ok();
        });
      });
      return server.address().port;
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || candidate >= port + tries - 1) throw error;
    }
  }
}

/** The answer to one request: status, headers, body. */
async function answer(site, request) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return plain(405, 'Only GET and HEAD are answered here.', { Allow: 'GET, HEAD' });
  }
  const [rawPath, query] = splitOnce(request.url, '?');
  const segments = pathSegments(rawPath);
  if (!segments) return plain(400, 'This address cannot be read.');

  const inBase = segmentsUnder(site.base, segments);
  if (!inBase) {
    return site.base === '/' ? notFound(site, request, '/') : plain(404, `Everything here lies under ${site.base}`);
  }
  const slash = rawPath.endsWith('/');
  const path = `/${inBase.join('/')}${slash && inBase.length ? '/' : ''}`;
  const file = await findFile(site, inBase, slash);
  if (file === 'folder') {
    const location = `${[site.base.slice(0, -1), ...inBase.map(encodeURIComponent)].join('/')}/${query === undefined ? '' : `?${query}`}`;
    return plain(301, `Moved to ${location}`, { Location: location });
  }
  if (!file) return notFound(site, request, path);
  return fileAnswer(site, request, file, 200, path);
}

function splitOnce(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** The decoded parts of a path, or undefined when it is malformed or steps outside. */
function pathSegments(path) {
  if (!path.startsWith('/')) return undefined;
  try {
    const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
    return parts.some((part) => part === '..' || part === '.' || /[/\\\0]/.test(part)) ? undefined : parts;
  } catch {
    return undefined;
  }
}

function segmentsUnder(base, segments) {
  const prefix = base.split('/').filter(Boolean);
  return prefix.every((part, i) => segments[i] === part) ? segments.slice(prefix.length) : undefined;
}

/** The file that a path stands for, `'folder'` when its final slash is missing, undefined when there is none. */
async function findFile(site, segments, slash) {
  if (KEPT_BACK.has(segments[0]) || segments.some((part) => part.startsWith('.') && part !== '.well-known')) return undefined;
  const wanted = join(site.folder, ...segments);
  const found = await statInside(site, wanted);
  if (found?.isFile()) return slash && segments.length ? undefined : { path: wanted, stat: found };
  if (!found?.isDirectory()) return undefined;
  const index = join(wanted, 'index.html');
  const indexStat = await statInside(site, index);
  if (!indexStat?.isFile()) return undefined;
  return slash ? { path: index, stat: indexStat } : 'folder';
}

/** What lies at a path, if it is inside the folder, links followed. */
async function statInside(site, path) {
  try {
    const real = await realpath(path);
    if (real !== site.folder && !real.startsWith(site.folder + sep)) return undefined;
    return await stat(real);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes(error.code)) return undefined;
    throw error;
  }
}

async function notFound(site, request, path) {
  const page = join(site.folder, '404.html');
  const pageStat = await statInside(site, page);
  return pageStat?.isFile()
    ? fileAnswer(site, request, { path: page, stat: pageStat }, 404, path)
    : plain(404, 'Not found', Object.fromEntries(headersFor(site.rules, path)));
}

async function fileAnswer(site, request, file, status, path) {
  const type = TYPES[extname(file.path).toLowerCase()] ?? 'application/octet-stream';
  const compressible = !ALREADY_COMPRESSED.test(type) && file.stat.size >= SMALLEST_WORTH_COMPRESSING;
  const asBrotli = compressible && acceptsBrotli(request.headers['accept-encoding']);
  const { body, etag } = await content(site, file, asBrotli);
  const headers = { 'Cache-Control': 'no-cache', ...Object.fromEntries(headersFor(site.rules, path)), 'Content-Type': type, ETag: etag };
  if (compressible) headers.Vary = 'Accept-Encoding';
  if (asBrotli) headers['Content-Encoding'] = 'br';
  if (status === 200 && matches(request.headers['if-none-match'], etag)) return { status: 304, headers, body: undefined };
  headers['Content-Length'] = body.length;
  return { status, headers, body };
}

/** The bytes of a file, compressed at most once as long as it does not change. */
async function content(site, file, asBrotli) {
  const version = `${file.stat.mtimeMs} ${file.stat.size}`;
  const key = `${file.path}${asBrotli ? ' br' : ''}`;
  const known = site.compressed.get(key);
  if (known?.version === version) return known.content;
  const promise = read(site, file, asBrotli);
  site.compressed.set(key, { version, content: promise });
  return promise;
}

async function read(site, file, asBrotli) {
  const raw = await readFile(file.path);
  const hash = createHash('sha256').update(raw).digest('base64url').slice(0, 22);
  if (!asBrotli) return { body: raw, etag: `"${hash}"` };
  return { body: await compress(raw, site.quality), etag: `"${hash}-br"` };
}

/** Bytes as a host would send them to a browser. */
export function compress(raw, quality = 11) {
  return brotli(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length } });
}

function acceptsBrotli(header = '') {
  return header.split(',').some((part) => /^\s*br\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/.test(part));
}

function matches(header = '', etag) {
  return header.split(',').some((part) => part.trim().replace(/^W\//, '') === etag || part.trim() === '*');
}

function plain(status, text, headers = {}) {
  const body = Buffer.from(`${text}\n`);
  return { status, body, headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': body.length } };
}

const USAGE = `usage: node scripts/serve.mjs [FOLDER] [--port 8080] [--base /] [--host 127.0.0.1]
Serves FOLDER (dist unless told). When the port is taken, the next free one serves.`;

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '8080' },
      base: { type: 'string', default: '/' },
      host: { type: 'string', default: '127.0.0.1' },
      help: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (values.help || positionals.length > 1) return console.log(USAGE);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`${values.port} is not a port (0 to 65535)`);
  const root = resolve(positionals[0] ?? 'dist');
  const site = await serve({ root, base: values.base, host: values.host, port, tries: port ? 50 : 1 });
  if (port && site.port !== port) console.log(`Port ${port} is taken.`);
  console.log(`Upheld is at ${site.url} (Ctrl+C stops it)`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => site.close().then(() => process.exit(0)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(`error: ${error.message}`);
    process.exitCode = error.code?.startsWith('ERR_PARSE_ARGS') ? 2 : 1;
  });
}
