// The comparison that other sites put into frames: /embed/compare/?councils=a,b&year=2024. It asks for the files of the
// councils and sets what they say side by side. All words about figures come from those files; no rule is in here.
const MOST = 8;
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const main = document.getElementById('main');
const said = document.getElementById('said');
const compared = document.getElementById('compared');
const onwards = document.querySelector('.onwards a');

/** An element with a class, and what is in it: elements, or text. */
function element(tag, attributes = {}, ...content) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content.filter((part) => part !== undefined));
  return made;
}

/** "2023-24" for 2024. */
const named = (year) => `${year - 1}-${String(year).slice(2)}`;

/** What the address asks for, and what of it cannot be had. */
function asked(search) {
  const query = new URLSearchParams(search);
  const problems = [];
  let year = Number(main.dataset.year);
  const wanted = query.get('year');
  if (wanted !== null) {
    if (main.dataset.years.split(' ').includes(wanted)) year = Number(wanted);
    else problems.push(`There is no year “${wanted}” in this edition: ${named(year)} is shown. A year is named by the one in which it ends, as year=${year}.`);
  }
  const all = [...new Set((query.get('councils') ?? '').split(',').map((slug) => slug.trim().toLowerCase()).filter(Boolean))];
  if (all.length > MOST) problems.push(`${all.length} councils are named; the first ${MOST} are shown.`);
  return { year, slugs: all.slice(0, MOST), problems };
}

/** The file of a council; a sentence where it cannot be had. */
async function council(slug) {
  const unknown = { problem: `No council has the address “${slug}”.` };
  if (!SLUG.test(slug)) return unknown;
  try {
    const response = await fetch(`data/v1/council/${slug}.json`);
    if (response.status === 404) return unknown;
    if (!response.ok) return { problem: `The figures of “${slug}” could not be loaded: the server answered ${response.status}.` };
    return { file: await response.json() };
  } catch {
    return { problem: `The figures of “${slug}” could not be loaded. Check your connection, and load the page again.` };
  }
}

function statistic(words) {
  const counts = words.counts && element('strong', {}, words.counts);
  const figure = words.rate === undefined ? [words.absent] : [...(counts ? [counts, ': '] : []), words.rate];
  const cell = element('td', {}, element('p', { class: words.rate === undefined ? 'absent' : 'value' }, ...figure));
  if (words.interval_95) cell.append(element('p', { class: 'sureness' }, `95% interval ${words.interval_95} (computed)`));
  if (words.certainty) cell.append(element('p', {}, element('span', { class: 'badge' }, words.certainty)));
  if (words.published_average) cell.append(element('p', { class: 'similar' }, `Published average of similar authorities: ${words.published_average}`));
  if (words.against_similar) cell.append(element('p', { class: 'grade' }, `${words.against_similar} (computed)`));
  for (const note of words.notes ?? []) cell.append(element('p', { class: 'note' }, note));
  return cell;
}

function row(file, year, columns) {
  const known = file.years.find(({ year_ending }) => year_ending.startsWith(`${year}-`));
  const address = `council/${file.slug}/?year=${year}`;
  const head = element('th', { scope: 'row' }, element('a', { href: address, target: '_top' }, file.name), element('p', { class: 'muted' }, `${file.type_name}, ${file.region}`));
  if (known?.in_words.note) head.append(element('p', { class: 'note' }, known.in_words.note));
  if (!known) return element('tr', {}, head, element('td', { colspan: String(columns) }, element('p', { class: 'absent' }, `This edition holds no figures for it in ${named(year)}.`)));
  return element('tr', {}, head, ...known.in_words.statistics.map(statistic));
}

function table(files, year) {
  // The headings are the same in every file and year.
  const statistics = files.flatMap((file) => file.years)[0]?.in_words.statistics ?? [];
  const head = statistics.map(({ heading, what }) => element('th', { scope: 'col' }, heading, element('p', { class: 'muted' }, what)));
  return element(
    'div',
    { class: 'table-scroll', role: 'group', 'aria-label': 'Table of the councils, scrolls sideways', tabindex: '0' },
    element(
      'table',
      {},
      element('caption', {}, `In ${named(year)}: 1 April ${year - 1} to 31 March ${year}`),
      element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, 'Council'), ...head)),
      element('tbody', {}, ...files.map((file) => row(file, year, Math.max(1, statistics.length)))),
    ),
  );
}

function show(files, year, problems) {
  const types = [...new Set(files.map((file) => file.type_name))];
  if (types.length > 1) problems.push(`These are councils of different types (${types.join(', ')}). They do different work, so their figures are not like for like; the Ombudsman compares councils within a type only.`);
  said.replaceChildren(...problems.map((problem) => element('p', { class: 'problem' }, problem)));
  if (!files.length) return compared.replaceChildren();
  compared.replaceChildren(table(files, year));
  onwards.href = `compare/?councils=${files.map((file) => file.slug).join(',')}&year=${year}`;
  onwards.textContent = 'These councils on Upheld';
  document.title = `${files.map((file) => file.short_name).join(', ')} in ${named(year)} – Upheld`;
}

const { year, slugs, problems } = asked(location.search);
if (!slugs.length) {
  show([], year, [...problems, 'No council is named. Add councils to the address, by what stands in the addresses of their pages: ?councils=luton-borough-council,reading-borough-council']);
} else {
  said.replaceChildren(element('p', { class: 'muted' }, 'The figures are on their way.'));
  const found = await Promise.all(slugs.map(council));
  const files = found.flatMap(({ file }) => file ?? []);
  show(files, year, [...problems, ...found.flatMap(({ problem }) => problem ?? [])]);
}
