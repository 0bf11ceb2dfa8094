// The house's layers: a crate names only what stands before it, and each outside thing has one place.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BROWSER = String.raw`\b(web_sys|js_sys|wasm_bindgen\w*|gloo\w*|leptos\w*|leaflet|plotters_canvas)\b`;
const IO = String.raw`\bstd\s*::\s*(\{[^;]*\b)?(fs|net|env|process|time|io\s*::\s*(stdin|stdout|stderr))\b`;

/** What may stand in no Rust file under `under`, save where `except` says; `shipped`: its tests may. */
const RULES = [
  { name: 'domain names no browser', under: ['domain/src'], forbids: BROWSER },
  { name: 'domain does no input or output, and has no clock', under: ['domain/src'], forbids: IO },
  { name: 'sources name no browser', under: ['sources/src'], forbids: BROWSER },
  { name: 'sources do no input or output, and have no clock', under: ['sources/src'], forbids: IO },
  { name: 'charts name no browser', under: ['charts/src'], forbids: BROWSER },
  { name: 'charts do no input or output, and have no clock', under: ['charts/src'], forbids: IO },
  { name: 'pages name no browser', under: ['pages/src'], forbids: BROWSER },
  { name: 'pages do no input or output, and have no clock', under: ['pages/src'], forbids: IO },
  { name: 'the worker asks the network for nothing: it cannot send on what it reads', under: ['worker/src'], forbids: String.raw`\b(gloo\w*|leptos\w*|fetch\w*|XmlHttpRequest|WebSocket|EventSource|Request|Response)\b` },
  { name: 'Leaflet is known under src/map only', under: ['src'], except: /^src\/map\//, forbids: String.raw`\bleaflet\s*::|\buse\s+leaflet\b|js_namespace\s*=\s*("?L\b|\[\s*"?L\b)` },
  { name: 'plotters is known in charts only', under: ['domain/src', 'sources/src', 'pages/src', 'cli/src', 'src'], forbids: String.raw`\bplotters\s*::|\buse\s+plotters\b` },
  { name: 'plotters-canvas is known under src/chart only', under: ['src', 'cli/src'], except: /^src\/chart\//, forbids: String.raw`\bplotters_canvas\b` },
  { name: 'no shipped code takes in the data at compile time: it is loaded, so that it can be replaced', shipped: true, under: ['src', 'domain/src', 'sources/src', 'charts/src', 'pages/src', 'worker/src', 'cli/src'], forbids: String.raw`include(_str|_bytes)?!\s*\([^)]*\b(data|geo)/` },
];

/** Which of our crates each may name. */
const BEFORE = {
  'upheld-domain': [],
  'upheld-sources': ['upheld-domain'],
  'upheld-charts': ['upheld-domain'],
  'upheld-pages': ['upheld-domain'],
  upheld: ['upheld-domain', 'upheld-sources', 'upheld-charts', 'upheld-pages'],
  'upheld-worker': ['upheld-domain', 'upheld-sources'],
  'upheld-cli': ['upheld-domain', 'upheld-sources', 'upheld-charts', 'upheld-pages'],
};

function rustFiles(folder) {
  return readdirSync(`${ROOT}${folder}`, { recursive: true })
    .filter((name) => name.endsWith('.rs'))
    .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(`${ROOT}${folder}/${name}`, 'utf8') }));
}

/** Rust source without its comments, line for line. */
function code(text) {
  return text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).replace(/(^|[^:"])\/\/.*$/gm, '$1');
}

/** A file without the tests at its end. */
function withoutTests(source) {
  return source.replace(/#\[cfg\(test\)\]\s*(#\[[^\]]*\]\s*)*mod \w+ \{[\s\S]*/, '');
}

function breaches({ forbids, except, shipped }, files) {
  return files
    .filter(({ path }) => !except?.test(path))
    .flatMap(({ path, text }) => {
      const source = shipped ? withoutTests(code(text)) : code(text);
      return [...source.matchAll(new RegExp(forbids, 'g'))].map(({ 0: found, index }) => `${path}:${source.slice(0, index).split('\n').length}: ${found.trim()}`);
    });
}

for (const rule of RULES) {
  test(rule.name, () => {
    const files = rule.under.flatMap(rustFiles);
    assert.ok(files.length > 0, `no Rust file under ${rule.under.join(', ')}`);
    assert.deepEqual(breaches(rule, files), []);
  });
}

test('every fetch goes through one file', () => {
  const naming = rustFiles('src').filter(({ text }) => /\bgloo_net\b/.test(code(text)));
  assert.ok(naming.length <= 1, `gloo_net is named in ${naming.map(({ path }) => path).join(', ')}`);
});

test('a crate names only what stands before it', () => {
  const { packages } = JSON.parse(execFileSync('cargo', ['metadata', '--format-version', '1', '--no-deps', '--locked'], { cwd: ROOT, encoding: 'utf8' }));
  for (const { name, dependencies } of packages.filter((found) => found.name in BEFORE)) {
    const ours = dependencies.map((dependency) => dependency.name).filter((dependency) => dependency in BEFORE && dependency !== name);
    assert.deepEqual(ours.filter((dependency) => !BEFORE[name].includes(dependency)), [], `${name} names what does not stand before it`);
  }
  assert.deepEqual(Object.keys(BEFORE).filter((name) => !packages.some((found) => found.name === name)), []);
});

test('these rules see what they are about', () => {
  const seen = (name, path, text) => breaches(RULES.find((rule) => rule.name.startsWith(name)), [{ path, text }]).length;
  assert.equal(seen('domain does no', 'domain/src/a.rs', 'use std::{collections::BTreeMap, fs};'), 1);
  assert.equal(seen('domain does no', 'domain/src/a.rs', 'let now = std::time::Instant::now();'), 1);
  assert.equal(seen('domain does no', 'domain/src/a.rs', '// std::fs is for the command line\n/* std::env */ use std::fmt;'), 0);
  assert.equal(seen('domain names no', 'domain/src/a.rs', 'use web_sys::window;'), 1);
  assert.equal(seen('Leaflet', 'src/table/view.rs', 'use leaflet::Map;'), 1);
  assert.equal(seen('Leaflet', 'src/map/view.rs', 'use leaflet::Map;'), 0);
  assert.equal(seen('Leaflet', 'src/table/view.rs', '#[wasm_bindgen(js_namespace = L)]'), 1);
  assert.equal(seen('plotters is', 'src/chart/canvas.rs', 'use plotters::prelude::*;'), 1);
  assert.equal(seen('plotters-canvas', 'src/app.rs', 'use plotters_canvas::CanvasBackend;'), 1);
  assert.equal(seen('no shipped code', 'src/edition.rs', 'include_str!("../data/figures.csv")'), 1);
  assert.equal(seen('no shipped code', 'domain/src/a.rs', '#[cfg(test)]\nmod tests {\n    const A: &str = include_str!("../data/figures.csv");\n}'), 0);
});
