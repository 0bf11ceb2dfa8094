// The security policy that is written after a build.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { breaches, frameFaults, inlineScriptHashes, metaPolicy, siteHeaders, withCheckedWasm, withMeta } from '../scripts/csp.mjs';
import { headersFor, parseHeaders, writeHeaders } from '../scripts/headers.mjs';

const SCRIPT = "import init from '/app-0123456789abcdef.js'; init();";
const HASH = `sha256-${createHash('sha256').update(SCRIPT).digest('base64')}`;
const PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Upheld</title>
  <script type="module">${SCRIPT}</script>
  <script src="leaflet.js"></script>
  <script type="application/ld+json">{"a":1}</script>
</head>
<body></body>
</html>`;

test('every inline script that runs is allowed by its hash, and nothing else', () => {
  assert.deepEqual(inlineScriptHashes(PAGE), [HASH]);
  assert.match(metaPolicy(PAGE), new RegExp(`script-src 'self' 'wasm-unsafe-eval' '${HASH.replace(/[+/]/g, '\\$&')}';`));
  assert.doesNotMatch(metaPolicy(PAGE), /'unsafe-inline'|'unsafe-eval'|https?:|\*/);
  assert.match(metaPolicy(PAGE), /^default-src 'none'; /);
});

test('the style sheet may stand in a page, by its hash, and no other style', () => {
  const sheet = 'p > a { color: red }';
  const policy = metaPolicy(PAGE, sheet);
  assert.match(policy, /; style-src 'self' 'sha256-[^']+';/);
  const styled = PAGE.replace('</head>', `<style data-link="x">${sheet}</style></head>`);
  assert.deepEqual(breaches(styled, policy), []);
  assert.match(breaches(styled, metaPolicy(PAGE)).join(), /a <style> element that is not in the policy/);
  assert.match(breaches(styled.replace('red', 'blue'), policy).join(), /a <style> element that is not in the policy/);
});

test('the site may have a worker and a manifest, its own alone', () => {
  assert.match(metaPolicy(PAGE), /; manifest-src 'self'; worker-src 'self';/);
});

test('the browser ignores frame-ancestors in a page, so that it stands in the header only', () => {
  assert.doesNotMatch(metaPolicy(PAGE), /frame-ancestors/);
});

test('anybody may frame a card and nobody anything else, also where a host joins the headers of several rules', () => {
  const rules = siteHeaders(PAGE, []);
  const sent = (path) => headersFor(rules, path);
  const policies = (path) => sent(path).get('Content-Security-Policy').split(', ');
  for (const path of ['/', '/council/luton-borough-council/', '/table/', '/about/', '/open/', '/compare/']) {
    assert.deepEqual(policies(path), [metaPolicy(PAGE), "frame-ancestors 'none'"], path);
  }
  for (const path of ['/embed/council/luton-borough-council/', '/embed/council/luton-borough-council/2020/', '/embed/compare/', '/embed/nowhere/']) {
    assert.deepEqual(policies(path), [metaPolicy(PAGE), 'frame-ancestors *'], path);
    assert.equal(sent(path).get('Cross-Origin-Opener-Policy'), 'same-origin');
  }
  // A browser heeds X-Frame-Options only where no policy speaks of frames.
  for (const path of ['/nowhere', '/nowhere/at/all/', '/404.html', '/embedded', '/data/v1/edition.json']) {
    assert.deepEqual(policies(path), [metaPolicy(PAGE)], path);
    assert.equal(sent(path).get('X-Frame-Options'), 'DENY', path);
  }
  assert.deepEqual(frameFaults('table/index.html', policies('/table/').join(', ')), []);
  assert.deepEqual(frameFaults('embed/compare/index.html', policies('/embed/compare/').join(', ')), []);
  assert.match(frameFaults('embed/compare/index.html', "default-src 'none'; frame-ancestors 'none', frame-ancestors *")[0], /'none' and \*, not \*/);
  assert.match(frameFaults('new/index.html', policies('/new/').join(', '))[0], /not there, not 'none'/);
});

test('the policy stands in the page after the character set and before any script, once however often it is written', () => {
  const once = withMeta(PAGE);
  assert.ok(once.indexOf('charset') < once.indexOf('http-equiv'));
  assert.ok(once.indexOf('http-equiv') < once.indexOf('<script'));
  assert.equal(withMeta(once), once);
  assert.equal(once.match(/Content-Security-Policy/g).length, 1);
  assert.equal(once.replace(/ *<meta http-equiv.*\n/, ''), PAGE);
});

test('a page that keeps to the policy has no breach', () => {
  assert.deepEqual(breaches(withMeta(PAGE), `${metaPolicy(PAGE)}, frame-ancestors 'none'`), []);
});

test('what the browser would block is found before a reader finds it', () => {
  const policy = metaPolicy(PAGE);
  assert.match(breaches(PAGE.replace('init();', 'other();'), policy)[0], /inline script/);
  assert.match(breaches(PAGE.replace('<body>', '<body style="margin: 0">'), policy)[0], /style attribute/);
  assert.match(breaches(PAGE.replace('<body>', '<body onload="go()">'), policy)[0], /event handler/);
  assert.match(breaches(PAGE.replace('<title>', '<style>a{}</style><title>'), policy)[0], /<style>/);
  assert.match(breaches(PAGE, `${policy}, default-src 'none'`)[0], /inline script/, 'of two policies both hold');
  assert.match(breaches(PAGE, "frame-ancestors 'none'")[0], /inline script/, 'no policy on scripts');
  assert.deepEqual(breaches(PAGE.replace('<body>', '<body title="a style=b and onload=c">'), policy), []);
});

test('WebAssembly is checked against its hash where browsers do check it', () => {
  const script = `<script type="module">import init from '/a.js'; init({ module_or_path: '/a_bg.wasm' });</script>`;
  const script_preload = '<link rel="modulepreload" href="/a.js" integrity="sha384-js">';
  const written = withCheckedWasm(`<head>${script}${script_preload}<link rel="preload" href="/a_bg.wasm" crossorigin="anonymous" integrity="sha384-a/b+c" as="fetch"></head>`);
  assert.ok(written.includes(`module_or_path: fetch('/a_bg.wasm', { integrity: 'sha384-a/b+c' })`));
  assert.ok(written.includes('<link rel="preload" href="/a_bg.wasm" crossorigin="anonymous" as="fetch">'));
  assert.ok(written.includes(script_preload));
  assert.equal(withCheckedWasm(written), written);
  assert.equal(withCheckedWasm(PAGE), PAGE);
  // As Trunk minifies.
  assert.match(withCheckedWasm(`<link as=fetch href=/a_bg.wasm integrity=sha384-x rel=preload><script type=module>init({module_or_path:"/a_bg.wasm"})</script>`), /^<link as=fetch href=\/a_bg.wasm rel=preload>.*fetch\("\/a_bg.wasm", \{ integrity: "sha384-x" \}\)/);
  assert.throws(() => withCheckedWasm('<link href=/a.wasm integrity=sha384-x>'), /does not start it/);
});

test('the headers file gives every path the policy, opens the data, and keeps only files named after their content for long', () => {
  const text = writeHeaders(siteHeaders(PAGE, ['app-0123456789abcdef.js', 'app-0123456789abcdef_bg.wasm', 'geo/upper-2024.geojson']));
  const rules = parseHeaders(text);
  assert.deepEqual(parseHeaders(writeHeaders(rules)), rules);
  for (const path of ['/', '/council/luton/', '/nowhere']) {
    const headers = headersFor(rules, path);
    assert.ok(headers.get('Content-Security-Policy').startsWith(metaPolicy(PAGE)), path);
    assert.equal(headers.get('X-Content-Type-Options'), 'nosniff');
    assert.equal(headers.get('Referrer-Policy'), 'no-referrer');
    assert.equal(headers.get('Cache-Control'), undefined);
  }
  assert.equal(headersFor(rules, '/geo/upper-2024.geojson').get('Access-Control-Allow-Origin'), '*');
  assert.match(headersFor(rules, '/app-0123456789abcdef.js').get('Cache-Control'), /immutable/);
  assert.match(headersFor(rules, '/app-0123456789abcdef_bg.wasm').get('Cache-Control'), /immutable/);
  assert.equal(headersFor(rules, '/service-worker.js').get('Cache-Control'), 'no-cache', 'a newer version is seen at once');
});

test('a headers file that cannot be read says where', () => {
  assert.throws(() => parseHeaders('/*\n  nonsense\n'), /line 2/);
  assert.throws(() => parseHeaders('  X: y\n'), /line 1/);
});
