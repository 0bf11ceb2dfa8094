// Every package that Upheld is built or tested with has a licence that deny.toml allows.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { notices, shipped } from '../scripts/notices.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ALLOWED = new Set(
  [.../^allow = \[([^\]]*)\]/m.exec(readFileSync(`${ROOT}deny.toml`, 'utf8'))[1].matchAll(/"([^"]+)"/g)].map(([, licence]) => licence),
);
/** What is not shipped: tools that only run in tests, and the font that cards are drawn in. */
const ALLOWED_UNSHIPPED = new Set(['MPL-2.0', 'OFL-1.1']);

/** Whether an SPDX expression can be met with the allowed licences alone. */
function allows(expression, allowed) {
  const words = expression.replaceAll('/', ' OR ').match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const either = () => {
    let met = both();
    while (words[at] === 'OR') {
      at += 1;
      met = both() || met;
    }
    return met;
  };
  const both = () => {
    let met = one();
    while (words[at] === 'AND') {
      at += 1;
      met = one() && met;
    }
    return met;
  };
  const one = () => {
    const word = words[at];
    at += 1;
    if (word === '(') {
      const met = either();
      at += 1;
      return met;
    }
    if (words[at] === 'WITH') {
      const exception = words[at + 1];
      at += 2;
      return allowed.has(word) || allowed.has(`${word} WITH ${exception}`);
    }
    return allowed.has(word);
  };
  return words.length > 0 && either() && at === words.length;
}

function crates(platform) {
  const options = ['metadata', '--format-version', '1', '--locked', '--filter-platform', platform];
  const { packages, resolve } = JSON.parse(execFileSync('cargo', options, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 }));
  const used = new Set(resolve.nodes.map(({ id }) => id));
  return packages.filter(({ id }) => used.has(id));
}

const host = /^host: (.*)$/m.exec(execFileSync('rustc', ['-vV'], { encoding: 'utf8' }))[1];
for (const platform of ['wasm32-unknown-unknown', host]) {
  test(`crates for ${platform}`, () => {
    const found = crates(platform);
    assert.ok(found.length > 0, 'no crate found');
    const refused = found.filter(({ license }) => !allows(license ?? '', ALLOWED)).map(({ name, version, license }) => `${name} ${version}: ${license}`);
    assert.deepEqual(refused, [], 'a licence that deny.toml does not allow');
  });
}

test('npm packages', () => {
  const { packages } = JSON.parse(readFileSync(`${ROOT}package-lock.json`, 'utf8'));
  const found = Object.entries(packages);
  assert.ok(found.length > 1, 'no package found');
  const allowed = new Set([...ALLOWED, ...ALLOWED_UNSHIPPED]);
  assert.deepEqual(found.filter(([, { license }]) => !allows(license ?? '', allowed)).map(([name, { license }]) => `${name || 'upheld'}: ${license}`), []);
});

test('an expression is read as SPDX means it', () => {
  const some = new Set(['MIT', 'Apache-2.0', 'Unicode-3.0', 'Apache-2.0 WITH LLVM-exception']);
  for (const good of ['MIT', 'MIT OR GPL-3.0', 'GPL-3.0 OR MIT', 'MIT/GPL-3.0', '(MIT OR GPL-3.0) AND Unicode-3.0', 'Apache-2.0 WITH LLVM-exception OR GPL-2.0']) assert.ok(allows(good, some), good);
  for (const bad of ['', 'GPL-3.0', 'MIT AND GPL-3.0', '(MIT OR Apache-2.0) AND GPL-3.0', 'GPL-2.0 WITH Classpath-exception-2.0']) assert.ok(!allows(bad, some), bad);
});

test('the site carries the licences of all that it is made with', () => {
  const text = notices();
  const crates = shipped();
  const names = new Set(crates.map(({ name }) => name));
  for (const name of ['leptos', 'leaflet', 'geojson', 'plotters', 'gloo-net', 'serde_json']) assert.ok(names.has(name), `${name} is shipped`);
  for (const name of ['proptest', 'wasm-bindgen-test', 'clap', 'leptos_macro']) assert.ok(!names.has(name), `${name} is not shipped`);
  for (const { name, version } of crates) assert.ok(text.includes(`${name} ${version} (`), `${name} ${version} is named`);
  assert.match(text, /^leaflet 1\.9\.4 \(BSD-2-Clause\)$/m);
  assert.match(text, /Permission is hereby granted, free of charge/);
  assert.match(text, /Redistribution and use in source and binary forms/);
});
