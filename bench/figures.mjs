// The rates of a year by council code, from the committed figures, for pages that are not Upheld's own.
import { readFile } from 'node:fs/promises';

/** Best source first. */
const SOURCES = ['ombudsman', 'letter', 'council', 'press'];
const COLUMNS = { uphold: 'uphold_pct', compliance: 'compliance_pct', remedy: 'satisfactory_remedy_pct' };

/** `{ code: { uphold, compliance, remedy } }` for the reporting year that ends in `year`; what no source gives is left out. */
export async function ratesOf(file, year) {
  const [header, ...lines] = parseCsv(await readFile(file, 'utf8'));
  const rows = lines.map((line) => Object.fromEntries(header.map((name, i) => [name, line[i]])));
  const rates = {};
  const ranked = rows
    .filter((row) => row.year_ending.startsWith(`${year}-`))
    .sort((a, b) => SOURCES.indexOf(a.source_kind) - SOURCES.indexOf(b.source_kind));
  for (const row of ranked) {
    const council = (rates[row.gss_code] ??= {});
    for (const [measure, column] of Object.entries(COLUMNS)) {
      if (row[column] !== '') council[measure] ??= Number(row[column]);
    }
  }
  return rates;
}

/** Rows of fields, as RFC 4180 has them. */
function parseCsv(text) {
  const rows = [];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    const field = quoted === undefined ? bare : quoted.replaceAll('""', '"');
    if (!rows.length || rows.at(-1).ended) {
      if (end === '' && field === '') break;
      rows.push({ fields: [], ended: false });
    }
    rows.at(-1).fields.push(field);
    rows.at(-1).ended = end !== ',';
  }
  return rows.map(({ fields }) => fields);
}
