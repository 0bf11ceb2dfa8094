// What the tables of the repository say, for journeys to hold the page against, and the files that the page asks for.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { DIST } from './site.mjs';

/** Where the page asks for its figures. */
export const EDITION = 'data/v1/edition.json';

const DATA = new URL('../../../data/', import.meta.url);

/** The rows of a table of comma-separated values, each by its headings. */
async function read(name) {
  const text = await readFile(new URL(`${name}.csv`, DATA), 'utf8');
  const records = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\r?\n|$)/g)) {
    records.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',') records.push([]);
  }
  const [headings, ...rows] = records.filter((record) => record.length > 1);
  for (const row of rows) assert.equal(row.length, headings.length, `${name}: ${row}`);
  return rows.map((row) => Object.fromEntries(headings.map((heading, at) => [heading, row[at]])));
}

const register = await read('councils');
const figures = await read('figures');

/** The edition's date and what it says of itself. */
export const [edition] = await read('edition');

/** The councils that existed in the year that ends in March of `year`, of the tier "upper" or "lower". */
export function councils(year, tier) {
  const stands = (council) => council.tier === 'single' || council.tier === tier;
  const existed = ({ first_year, last_year }) => Number(first_year) <= year && (last_year === '' || year <= Number(last_year));
  return register.filter((council) => stands(council) && existed(council));
}

/** A council that still exists and of which the edition holds no figure in any year. */
export function councilWithNothing() {
  const known = new Set(figures.flatMap(({ gss_code }) => gss_code));
  return register.find(({ code, former_codes, last_year }) => last_year === '' && former_codes === '' && !known.has(code));
}

/** The edition's file, with a letter to the council with `code` about `year` among what it holds. */
export async function editionWithLetter(code, year) {
  const file = JSON.parse(await readFile(`${DIST}/${EDITION}`, 'utf8'));
  file.letters.code.push(code);
  file.letters.year.push(year);
  return file;
}

/** The codes of the shapes in a file of boundaries, in the order in which they are drawn. */
export async function shapeCodes(file) {
  const { features } = JSON.parse(await readFile(`${DIST}/geo/${file}.geojson`, 'utf8'));
  return features.map(({ properties }) => properties.code);
}
