// Tables to be imported: every council, with made-up counts, for each of eight years.
import { councils } from '../tests/e2e/support/expected.mjs';

/** The years. */
export const YEARS = [2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025];

/** The table of a year, its title and notes as real ones have them. */
export function table(year) {
  const names = [...new Set(['upper', 'lower'].flatMap((tier) => councils(year, tier).map(({ name }) => name)))];
  const quoted = (text) => (text.includes(',') ? `"${text}"` : text);
  const rows = names.map((name, place) => {
    const upheld = 1 + ((place * 7 + year) % 40);
    return `${quoted(name)},${place % 5},${upheld % 30},${upheld},${Math.round((100 * upheld) / (upheld + (upheld % 30)))}%`;
  });
  const title = `"Complaints decided, ${year - 1}-${year % 100}"`;
  return { councils: names.length, text: [title, '', 'Authority,Referred back,Not upheld,Upheld,Uphold rate', ...rows, ''].join('\n') };
}
