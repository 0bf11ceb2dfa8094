// Short names for what a program asks of its page.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { shortened } from '../scripts/short-imports.mjs';

const LONG = '__wbg_answer_0123456789abcdef';
const OTHER = '__wbg_question_fedcba9876543210';

const name = (text) => [text.length, ...Buffer.from(text)];

/** A module that imports `names` from "./glue.js", functions without arguments that answer a number, and exports `go`, which calls the first. */
function moduleOf(names) {
  const section = (id, body) => [id, body.length, ...body];
  const imports = names.flatMap((it) => [...name('./glue.js'), ...name(it), 0, 0]);
  return Uint8Array.from([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [1, 0x60, 0, 1, 0x7f]),
    ...section(2, [names.length, ...imports]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('go'), 0, names.length]),
    ...section(10, [1, 4, 0, 0x10, 0, 0x0b]),
  ]);
}

test('a module and its script name the same things by shorter names, and work as before', async () => {
  const script = `const imports = { ${LONG}: () => 42, ${OTHER}: () => 7 }; // _0 is taken`;
  const short = shortened(moduleOf([LONG, OTHER]), script);
  assert.equal(short.renamed, 2);
  assert.ok(!short.script.includes('0123456789abcdef') && short.script.length < script.length);
  const asked = WebAssembly.Module.imports(await WebAssembly.compile(short.wasm)).map((one) => one.name);
  assert.deepEqual(asked, ['_1', '_2']);
  const imports = new Function(`${short.script.replace('const imports =', 'return')}`)();
  const { instance } = await WebAssembly.instantiate(short.wasm, { './glue.js': imports });
  assert.equal(instance.exports.go(), 42);
  // The same again is the same.
  assert.deepEqual(shortened(moduleOf([LONG, OTHER]), script), short);
});

test('names that people chose, and those that the script does not know, stay', async () => {
  const script = `const imports = { go_on: () => 1 };`;
  const same = shortened(moduleOf(['go_on', LONG]), script);
  assert.equal(same.renamed, 0);
  assert.equal(same.script, script);
  assert.deepEqual(Buffer.from(same.wasm), Buffer.from(moduleOf(['go_on', LONG])));
});

test('a module that is cut off is refused', () => {
  assert.throws(() => shortened(moduleOf([LONG]).subarray(0, 30), ''), /ends too early/);
});

test('a call shortens the names of its own program alone: another may be half written beside it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'upheld-names-'));
  t.after(() => rm(folder, { recursive: true }));
  // In the place of wasm-bindgen, whose work is done.
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'wasm-bindgen'), '#!/bin/sh\n', { mode: 0o755 });
  const half = moduleOf([OTHER]).subarray(0, 30);
  const script = `const imports = { ${LONG}: () => 42 };`;
  await Promise.all([
    writeFile(join(folder, 'own_bg.wasm'), moduleOf([LONG])),
    writeFile(join(folder, 'own.js'), script),
    writeFile(join(folder, 'other_bg.wasm'), half),
    writeFile(join(folder, 'other.js'), OTHER),
  ]);
  const tool = fileURLToPath(new URL('../scripts/short-imports.mjs', import.meta.url));
  const run = (...more) => spawnSync(process.execPath, [tool, `--out-dir=${folder}`, ...more], { encoding: 'utf8', env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` } });
  const { status, stderr } = run('--out-name', 'own');
  assert.equal(status, 0, stderr);
  assert.ok(!(await readFile(join(folder, 'own.js'), 'utf8')).includes('0123456789abcdef'));
  assert.deepEqual(Uint8Array.from(await readFile(join(folder, 'other_bg.wasm'))), half);
  assert.equal(await readFile(join(folder, 'other.js'), 'utf8'), OTHER);
  const nameless = run();
  assert.equal(nameless.status, 1);
  assert.match(nameless.stderr, /--out-name is missing/);
});
