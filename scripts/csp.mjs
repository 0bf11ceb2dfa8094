// Writes the site's security policy after Trunk has built it: the Content-Security-Policy with the hashes of the inline
// scripts in index.html and of its style sheet, into that page as a <meta> and, with the other response headers, into `_headers`, which several
// static hosts and serve.mjs read. The page's own loading script is made to check the WebAssembly's integrity. No
// JavaScript file and no WebAssembly is changed, so Trunk's integrity hashes stay true.
//
//   node scripts/csp.mjs dist            write the policy (before other pages are made out of index.html)
//   node scripts/csp.mjs --check dist    fail if any page of the site breaks it
import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseHeaders, writeHeaders, headersFor } from './headers.mjs';

const PAINTED = new URL('../src/painted.js', import.meta.url);
const META = /[ \t]*<meta http-equiv="Content-Security-Policy" content="[^"]*">\n?/g;

/** The directives for a page with these inline scripts and styles. */
function directives(hashes, styles) {
  return [
    "default-src 'none'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...hashes.map((hash) => `'${hash}'`)].join(' '),
    ["style-src 'self'", ...styles.map((hash) => `'${hash}'`)].join(' '),
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
  ];
}

/**
 * The policy for a page's <meta> and the response header; who may frame a page, the header says besides. `sheet` is the text of the site's
 * style sheet, which its first page holds in itself; `scripts` are those that are written into pages after this.
 */
export function metaPolicy(html, sheet, scripts = []) {
  return directives([...inlineScriptHashes(html), ...scripts.map(hashOf)], sheet === undefined ? [] : [hashOf(sheet)]).join('; ');
}

function hashOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** The pages that nobody may frame; the cards below /embed/ anybody may. */
const OURS = ['/', '/index.html', '/about/*', '/compare/*', '/accessibility/*', '/committee/*', '/council/*', '/method/*', '/open/*', '/table/*'];
const CARDS = '/embed/*';

/** `sha256-…` of every inline script that a browser would run or apply, each once. */
export function inlineScriptHashes(html) {
  return [...new Set(inlineScripts(html).map(hashOf))];
}

/** The texts of inline scripts. Data blocks such as JSON-LD are no scripts: the policy does not ask about them. */
function inlineScripts(html) {
  const runs = /^(|module|importmap|speculationrules|(text|application)\/(x-)?(java|ecma)script)$/;
  return [...withoutComments(html).matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi)]
    .filter(([, attributes]) => !/\ssrc\s*=/i.test(attributes))
    .filter(([, attributes]) => runs.test(/\stype\s*=\s*["']?([^"'\s>]*)/i.exec(attributes)?.[1].toLowerCase() ?? ''))
    .map(([, , text]) => text.replace(/\r\n?/g, '\n'));
}

function withoutComments(html) {
  return html.replace(/<!--[\s\S]*?-->/g, '');
}

/** A page with its policy in place: before anything that it governs, after the character set, which must come first. */
export function withMeta(html, sheet, scripts) {
  const bare = html.replace(META, '');
  const meta = `<meta http-equiv="Content-Security-Policy" content="${metaPolicy(bare, sheet, scripts)}">\n`;
  const after = /<meta\s+charset[^>]*>\s*/i.exec(bare) ?? /<head[^>]*>\s*/i.exec(bare);
  if (!after) throw new Error('index.html has no <head>');
  const at = after.index + after[0].length;
  const indent = /[ \t]*$/.exec(bare.slice(0, at))[0];
  return bare.slice(0, at) + meta + indent + bare.slice(at);
}

/**
 * A page whose WebAssembly is checked against its hash. Trunk writes the hash on the file's preload, where browsers ignore
 * it (Chromium with a warning); on the fetch that takes the file over, they check it. The file is still fetched once.
 */
export function withCheckedWasm(html) {
  const preload = [...html.matchAll(/<link\b[^>]*>/gi)].map(([tag]) => tag).find((tag) => /\.wasm\b/.test(tag) && /\sintegrity\s*=/i.test(tag));
  if (!preload) return html;
  const [attribute, integrity] = /\sintegrity\s*=\s*["']?([^"'\s>]+)["']?/i.exec(preload);
  const start = /module_or_path:\s*(["'])([^"']+\.wasm)\1/;
  if (!start.test(html)) throw new Error('index.html preloads WebAssembly, but does not start it as Trunk 0.21 does');
  return html.replace(preload, preload.replace(attribute, '')).replace(start, (_, quote, url) => `module_or_path: fetch(${quote}${url}${quote}, { integrity: ${quote}${integrity}${quote} })`);
}

/**
 * The response headers of a site whose first page is `html` and whose files are `files` (paths from its root).
 *
 * Who may frame a page. Hosts send the headers of every rule that covers a path, and join what two rules say of one header
 * with a comma; of a Content-Security-Policy that makes two policies, and both hold. So a `frame-ancestors 'none'` for all
 * paths could not be taken back for the cards, and patterns cannot say "all but". Hence no rule says so for all paths:
 *
 * - All paths, those that lead nowhere too, get the policy without a word on frames, and `X-Frame-Options: DENY`, which holds
 *   where no policy speaks of frames.
 * - The cards get a policy that does, `frame-ancestors *`: by the standard a browser then leaves X-Frame-Options aside.
 * - The site's own pages get `frame-ancestors 'none'` besides, for what reads policies only.
 *
 * No path is covered by two rules that speak of frames. On a host where a later rule replaces an earlier one, the rest of the
 * policy still stands in each page's <meta>.
 */
export function siteHeaders(html, files, sheet, scripts) {
  const always = [
    ['Content-Security-Policy', metaPolicy(html, sheet, scripts)],
    ['X-Frame-Options', 'DENY'],
    ['X-Content-Type-Options', 'nosniff'],
    ['Referrer-Policy', 'no-referrer'],
    ['Permissions-Policy', 'camera=(), geolocation=(self), microphone=(), payment=(), usb=()'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
  ];
  const frames = [
    // A page that is cut off from all others (cross-origin isolated) frames only what says that it may be, and loads likewise.
    { pattern: CARDS, headers: [['Content-Security-Policy', 'frame-ancestors *'], ['Cross-Origin-Embedder-Policy', 'require-corp'], ['Cross-Origin-Resource-Policy', 'cross-origin']] },
    ...OURS.map((pattern) => ({ pattern, headers: [['Content-Security-Policy', "frame-ancestors 'none'"]] })),
  ];
  // Open data: any page may read it.
  const open = ['/data/*', '/geo/*'].map((pattern) => ({ pattern, headers: [['Access-Control-Allow-Origin', '*']] }));
  // Trunk names these after their content.
  const immutable = files
    .filter((file) => /-[0-9a-f]{8,16}(_bg)?\.(css|js|wasm)$/.test(file))
    .map((file) => ({ pattern: `/${file}`, headers: [['Cache-Control', 'public, max-age=31536000, immutable']] }));
  // Which version of the site there is: asked each time. The worker is written after this, by offline.mjs.
  const version = { pattern: '/service-worker.js', headers: [['Cache-Control', 'no-cache']] };
  return [{ pattern: '/*', headers: always }, ...frames, ...open, ...immutable, version];
}

/**
 * What in a page the policy of its site would block; empty when nothing. `policy` may be several, joined with commas: each of
 * them that speaks of scripts has to allow them.
 */
export function breaches(html, policy) {
  const policies = policy.split(',').filter((one) => /(^|;)\s*(default|script)-src\s/.test(one));
  const found = inlineScriptHashes(html)
    .filter((hash) => !policies.length || policies.some((one) => !one.includes(`'${hash}'`)))
    .map((hash) => `an inline script that is not in the policy (${hash})`);
  const markup = withoutComments(html).replace(/<script\b[^>]*>[\s\S]*?<\/script\s*>/gi, '');
  for (const [, text] of markup.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi)) {
    const hash = hashOf(text.replace(/\r\n?/g, '\n'));
    const speaking = policy.split(',').filter((one) => /(^|;)\s*(default|style)-src\s/.test(one));
    if (!speaking.length || speaking.some((one) => !one.includes(`'${hash}'`))) found.push(`a <style> element that is not in the policy (${hash})`);
  }
  for (const [tag] of markup.replace(/(<style\b[^>]*>)[\s\S]*?<\/style\s*>/gi, '$1').matchAll(/<[a-z][^>]*>/gi)) {
    const attributes = tag.replace(/"[^"]*"|'[^']*'/g, '""');
    if (/\sstyle\s*=/i.test(attributes)) found.push(`a style attribute: ${tag}`);
    if (/\son[a-z]+\s*=/i.test(attributes)) found.push(`an event handler in an attribute: ${tag}`);
  }
  return found;
}

/** What is wrong with what a page's header says of frames: each page says it once, a card that anybody may. */
export function frameFaults(file, header) {
  if (file === '404.html') return [];
  const said = [...header.matchAll(/frame-ancestors ([^;,]*)/g)].map(([, who]) => who.trim());
  const wanted = file.startsWith('embed/') ? '*' : "'none'";
  return said.length === 1 && said[0] === wanted ? [] : [`the header’s frame-ancestors is ${said.join(' and ') || 'not there'}, not ${wanted}`];
}

async function filesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)));
}

async function write(dist) {
  const page = join(dist, 'index.html');
  const built = withCheckedWasm(await readFile(page, 'utf8'));
  const name = /<link\b[^>]*\shref=["']?(?:\.?\/)*([^"'\s>]+\.css)["']?[^>]*>/i.exec(built)?.[1];
  // By the time that this is written the style sheet has its last form.
  const sheet = name && (await readFile(join(dist, basename(name)), 'utf8'));
  // `upheld render` writes this one right after the map that it draws ahead.
  const scripts = [(await readFile(PAINTED, 'utf8')).trim().split('\n').at(-1)];
  const html = withMeta(built, sheet, scripts);
  const files = (await filesUnder(dist)).sort();
  await writeFile(page, html);
  await writeFile(join(dist, '_headers'), writeHeaders(siteHeaders(html, files, sheet, scripts)));
  console.log(`csp: ${inlineScriptHashes(html).length} inline script(s) allowed by hash in ${relative('.', page)} and _headers`);
}

async function check(dist) {
  const rules = parseHeaders(await readFile(join(dist, '_headers'), 'utf8'));
  const pages = (await filesUnder(dist)).filter((file) => file.endsWith('.html'));
  if (!pages.length) throw new Error(`there is no page in ${dist}`);
  let broken = 0;
  for (const file of pages) {
    const html = await readFile(join(dist, file), 'utf8');
    const header = headersFor(rules, `/${file}`).get('Content-Security-Policy') ?? '';
    const meta = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)?.[1];
    const found = [...breaches(html, header), ...(meta === undefined ? ['no policy of its own'] : breaches(html, meta)), ...frameFaults(file, header)];
    for (const what of new Set(found)) console.error(`${file}: ${what}`);
    if (found.length) broken += 1;
  }
  if (broken) throw new Error(`${broken} of ${pages.length} pages break the Content-Security-Policy`);
  console.log(`csp: all ${pages.length} pages keep to the policy`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [command, folder] = process.argv[2] === '--check' ? [check, process.argv[3]] : [write, process.argv[2]];
  command(folder ?? 'dist').catch((error) => {
    console.error(`error: csp: ${error.message}`);
    process.exitCode = 1;
  });
}
