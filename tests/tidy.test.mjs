// What must not be in the repository: a path of somebody's machine, the host of a package registry, a version that drifts.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MACHINE_PATH = /(?:^|[\s"'`=(:,])(?:file:\/\/)?(?:\/(?:root|work|farm|tmp\/wt)\/|\/(?:home|Users)\/[a-z][\w.-]*\/)/im;
const REGISTRY_HOST = /artifac[t]ory|(?:index|static)\.crates\.io|registry\.(?:npmjs|yarnpkg)|files\.pythonhosted|pypi\.org\/simple|deb\.debian\.org|proxy\.golang/i;

const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 })
  .split('\0')
  .filter(Boolean);
const texts = tracked
  .map((path) => ({ path, bytes: read(path) }))
  .filter(({ bytes }) => bytes && !bytes.subarray(0, 8000).includes(0))
  .map(({ path, bytes }) => ({ path, text: bytes.toString('utf8') }));

function read(path) {
  try {
    return readFileSync(`${ROOT}${path}`);
  } catch (error) {
    // Deleted, and not yet committed so.
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function holding(pattern) {
  return texts.flatMap(({ path, text }) => {
    const found = pattern.exec(text);
    return found ? [`${path}:${text.slice(0, found.index + found[0].length).split('\n').length}: ${found[0].trim()}`] : [];
  });
}

test('no file names a path of one machine', () => {
  assert.ok(texts.length > 0);
  assert.deepEqual(holding(MACHINE_PATH), []);
  for (const path of ['/root', '/work', '/home/somebody', '/Users/somebody'].map((folder) => `"${folder}/x"`)) assert.match(path, MACHINE_PATH);
  assert.doesNotMatch('https://example.org/home/page/ and ./work/x', MACHINE_PATH);
});

test('no file names the host of a package registry', () => {
  assert.deepEqual(holding(REGISTRY_HOST), []);
  assert.match(['https://registry', 'npmjs.org/'].join('.'), REGISTRY_HOST);
});

test('npm packages are pinned, by exact version and by hash', () => {
  const { devDependencies, dependencies = {} } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
  const { packages } = JSON.parse(readFileSync(`${ROOT}package-lock.json`, 'utf8'));
  for (const [name, version] of Object.entries({ ...devDependencies, ...dependencies })) {
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
    assert.equal(packages[`node_modules/${name}`]?.version, version, name);
  }
  for (const [name, { integrity, resolved }] of Object.entries(packages)) {
    if (!name) continue;
    assert.match(integrity, /^sha512-/, name);
    assert.equal(resolved, undefined, name);
  }
});

test('what is built stays out of the repository', () => {
  assert.deepEqual(tracked.filter((path) => /^(dist|target|node_modules|\.build|tests\/screenshots)\//.test(path)), []);
});
