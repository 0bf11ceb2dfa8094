// The published data (/data/v1), held against its own descriptions by the ecosystem's own validators: Frictionless for the data
// package, csvw for CSV on the Web, jsonschema for the files of the councils. Each of them is shown to find what is wrong with
// a broken copy. `scripts/test.sh data` builds the data and installs the validators; PUBLISHED names another folder.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { access, cp, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PUBLISHED = process.env.PUBLISHED ?? fileURLToPath(new URL('../../.build/site/data/v1', import.meta.url));
const TOOLS = process.env.UPHELD_TOOLS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'upheld/tools');
const SCHEMA_PY = fileURLToPath(new URL('schema.py', import.meta.url));

let copies;
before(async () => {
  await access(join(PUBLISHED, 'datapackage.json')).catch(() => {
    throw new Error(`there is no data in ${PUBLISHED}: run scripts/test.sh data`);
  });
  copies = await mkdtemp(join(tmpdir(), 'upheld-data-'));
});
after(() => rm(copies, { recursive: true }));

/** Runs a validator in a folder: whether it is content, and what it said. */
function run(command, args, folder) {
  return new Promise((done, failed) => {
    execFile(join(TOOLS, 'validators/bin', command), args, { cwd: folder, maxBuffer: 1 << 26, env: { ...process.env, PYTHONUTF8: '1', NO_COLOR: '1', COLUMNS: '400' } }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') failed(new Error(`${command} does not run (${error.code ?? error.signal}): run scripts/setup.sh test`));
      else done({ content: !error, said: `${stdout}${stderr}` });
    });
  });
}

const frictionless = (folder) => run('frictionless', ['validate', '--json', 'datapackage.json'], folder);
const csvw = (folder) => run('csvwvalidate', ['-v', 'figures.csv-metadata.json'], folder);
const schema = async (folder, files) => run('python', [SCHEMA_PY, 'council.schema.json', ...(files ?? (await readdir(join(folder, 'council'))).map((name) => `council/${name}`))], folder);

/** A copy of the published data, in which one file has been changed. */
async function broken(file, change) {
  const folder = await mkdtemp(join(copies, 'broken-'));
  await cp(PUBLISHED, folder, { recursive: true });
  const path = join(folder, file);
  const text = await readFile(path, 'utf8');
  const changed = change(text);
  assert.notEqual(changed, text, `nothing was broken in ${file}`);
  if (changed === undefined) await rm(path);
  else await writeFile(path, changed);
  return folder;
}

/** A change of one cell of the table, found by its row (2 is the first below the header) and column. */
const cell = (number, column, value) => (text) => {
  const lines = text.split('\n');
  const at = lines[0].split(',').indexOf(column);
  const cells = lines[number - 1].split(',');
  assert.ok(at >= 0 && !lines[number - 1].includes('"'));
  cells[at] = value;
  lines[number - 1] = cells.join(',');
  return lines.join('\n');
};
const rowTwice = (text) => text.replace(/^(E.*\n)/m, '$1$1');
const field = (path, value) => (text) => {
  const file = JSON.parse(text);
  const names = path.split('.');
  const last = names.pop();
  const holder = names.reduce((at, name) => at[name], file);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return JSON.stringify(file);
};

test('the data package is valid, in all its resources', async () => {
  const { content, said } = await frictionless(PUBLISHED);
  assert.ok(content, said);
  const report = JSON.parse(said);
  const { resources } = JSON.parse(await readFile(join(PUBLISHED, 'datapackage.json'), 'utf8'));
  assert.equal(report.tasks.length, resources.length);
  assert.ok(report.tasks.find(({ name }) => name === 'figures').stats.rows > 0);
  for (const { path, bytes } of resources) assert.equal((await stat(join(PUBLISHED, path))).size, bytes, path);
  // All that lies there is in the package, but its own description, that of the table, and the files of the councils.
  const others = ['datapackage.json', 'figures.csv-metadata.json', 'council'];
  assert.deepEqual((await readdir(PUBLISHED)).sort(), [...resources.map(({ path }) => path), ...others].sort());
});

test('the table is valid CSV on the Web', async () => {
  const { content, said } = await csvw(PUBLISHED);
  assert.ok(content, said);
  assert.match(said, /OK/);
});

test('the file of every council is as its schema says, and every field is described', async () => {
  const { content, said } = await schema(PUBLISHED);
  assert.ok(content, said);
  const councils = (await readdir(join(PUBLISHED, 'council'))).length;
  assert.ok(councils > 300);
  assert.equal(said.trim(), `${councils} valid`);
});

test('the changes are told of the edition, to programs and to people', async () => {
  const { editions } = JSON.parse(await readFile(join(PUBLISHED, 'changelog.json'), 'utf8'));
  const { date } = JSON.parse(await readFile(join(PUBLISHED, 'edition.json'), 'utf8'));
  assert.equal(editions[0].date, date);
  const dates = editions.map((edition) => edition.date);
  assert.deepEqual(dates, [...new Set(dates)].sort().reverse());
  const text = await readFile(join(PUBLISHED, 'CHANGELOG.md'), 'utf8');
  assert.deepEqual([...text.matchAll(/^## (.*)$/gm)].map(([, day]) => day), dates);
  assert.equal([...text.matchAll(/^- /gm)].length, editions.flatMap(({ changes }) => changes).length);
});

for (const [what, file, change, told] of [
  ['a day that is none', 'figures.csv', cell(2, 'year_ending', '2020-13-31'), /type-error/],
  ['a percentage beyond 100', 'figures.csv', cell(2, 'uphold_pct', '133'), /constraint-error/],
  ['a count that is none', 'figures.csv', cell(2, 'upheld', '3.5'), /type-error/],
  ['a row without its source', 'figures.csv', cell(2, 'source', ''), /constraint-error/],
  ['a row twice', 'figures.csv', rowTwice, /primary-key/],
  ['a column that is not described', 'figures.csv', (text) => text.replace('gss_code,', 'code,'), /incorrect-label/],
  ['a file that is gone', 'names.json', () => undefined, /No such file|scheme-error|not found/i],
  ['a description that is none', 'datapackage.json', field('resources'), /package-error/],
]) {
  test(`Frictionless finds ${what}`, async () => {
    const { content, said } = await frictionless(await broken(file, change));
    assert.ok(!content, 'found nothing');
    assert.match(said, told);
  });
}

for (const [what, file, change] of [
  ['a day that is none', 'figures.csv', cell(2, 'year_ending', '2020-13-31')],
  ['a percentage beyond 100', 'figures.csv', cell(2, 'uphold_pct', '133')],
  ['a count that is none', 'figures.csv', cell(2, 'upheld', '3.5')],
  ['a row without its source', 'figures.csv', cell(2, 'source', '')],
  ['a row twice', 'figures.csv', rowTwice],
  ['a column that is not described', 'figures.csv', (text) => text.replace('gss_code,', 'code,')],
]) {
  test(`the validator of CSV on the Web finds ${what}`, async () => {
    const { content, said } = await csvw(await broken(file, change));
    assert.ok(!content, `found nothing: ${said}`);
  });
}

const LUTON = 'council/luton-borough-council.json';
for (const [what, change, told] of [
  ['a field that is missing', field('name'), /'name' is a required property/],
  ['a field that is not described', field('colour', 'red'), /'colour' was unexpected/],
  ['one that is not described deep inside', field('years.0.computed.uphold.colour', 'red'), /'colour' was unexpected/],
  ['a count that is none', field('years.0.figures.0.value', 'many'), /'many' is not of type 'number'/],
  ['a day that is none', field('years.0.year_ending', '2020-03-32'), /is not a 'date'/],
  ['a type of council that is none', field('type', 'parish'), /'parish' is not one of/],
  ['a statistic with neither a rate nor a reason', field('years.0.in_words.statistics.0.rate'), /statistics\/0: oneOf:/],
  ['a chance beyond 1', field('years.1.computed.uphold.against_similar.chance_of_as_many_or_more', 1.2), /greater than the maximum/],
]) {
  test(`the schema of a council’s file refuses ${what}`, async () => {
    const { content, said } = await schema(await broken(LUTON, change), [LUTON]);
    assert.ok(!content, 'found nothing');
    assert.match(said, told);
  });
}
