// What a reader finds on the page, and does with it: by role and name, as someone who sees it and someone who hears it do.
import assert from 'node:assert/strict';
import { shapeCodes } from './expected.mjs';

/** The headings of a council's panel, in their order. */
export const HEADINGS = [
  'Complaints upheld',
  'Compliance with recommendations',
  'Satisfactory remedies',
  'Compared with similar authorities',
  'Over the years',
  'Annual letter',
  'Where these figures come from',
];

export const map = (page) => page.getByRole('region', { name: 'Map of councils' });
export const find = (page) => page.getByRole('combobox', { name: 'Find a council or postcode' });
export const select = (page, name) => page.getByRole('combobox', { name, exact: true });
export const table = (page) => page.getByRole('table', { name: 'Councils', exact: true });
export const panel = (page, council) => page.getByRole('region', { name: council, exact: true });
/** One of the panel's sections, by its heading. */
export const section = (page, heading) => page.locator('section.panel section').filter({ has: page.getByRole('heading', { level: 3, name: heading, exact: true }) });
/** What the search offers. */
export const options = (page) => page.getByRole('listbox', { name: 'Councils' }).getByRole('option');
export const shapes = (page) => page.locator('.map path.leaflet-interactive');
export const said = (page) => page.locator('[aria-live="polite"]').first();

/** Waits until the map shows `count` shapes, each of them with a fill. */
export async function drawn(page, count) {
  await page.waitForFunction((wanted) => {
    const paths = [...document.querySelectorAll('.map path.leaflet-interactive')];
    return paths.length === wanted && paths.every((path) => path.dataset.fill);
  }, count);
}

/** The legend: its rows with their counts, and how many councils they add up to. */
export async function legend(page) {
  const rows = await page.locator('.legend li').evaluateAll((items) =>
    items.map((item) => ({ label: item.querySelector('.class').textContent, count: Number(item.querySelector('.count').firstChild.data) })),
  );
  // The row on hatching counts councils a second time.
  const total = rows.filter(({ label }) => !/hatched/.test(label)).reduce((sum, { count }) => sum + count, 0);
  return { rows, total };
}

/** The place of a council's shape among those that are drawn. */
async function placeOf(code, file) {
  const place = (await shapeCodes(file)).indexOf(code);
  assert.ok(place >= 0, `${code} has no shape in ${file}`);
  return place;
}

/** Waits until the map rests and the shape of the council with `code` is at least, or at most, so wide on the screen; answers its width. */
export async function shapeWidth(page, code, { least = 0, most = Infinity } = {}, file = 'upper-2024') {
  const width = await page.waitForFunction(
    ([at, from, to]) => {
      // While it zooms, Leaflet draws sizes in between, and takes no further key.
      if (document.querySelector('.map .leaflet-zoom-anim, .map .leaflet-pan-anim')) return false;
      const wide = document.querySelectorAll('.map path.leaflet-interactive')[at].getBoundingClientRect().width;
      return from <= wide && wide <= (to ?? Infinity) && wide;
    },
    [await placeOf(code, file), least, Number.isFinite(most) ? most : null],
  );
  return width.jsonValue();
}

/** A point in the window on the shape of the council with `code`, well inside it. */
export async function pointOn(page, code, file = 'upper-2024') {
  const place = await placeOf(code, file);
  const point = await page.evaluate((at) => {
    const path = document.querySelectorAll('.map path.leaflet-interactive')[at];
    const { left, top, width, height } = path.getBoundingClientRect();
    const on = (x, y) => document.elementFromPoint(x, y) === path;
    const steps = 24;
    let best;
    for (let column = 1; column < steps; column += 1) {
      for (let row = 1; row < steps; row += 1) {
        const [x, y] = [left + (width * column) / steps, top + (height * row) / steps];
        let room = 0;
        while (room < 12 && [[room, 0], [-room, 0], [0, room], [0, -room]].every(([dx, dy]) => on(x + dx, y + dy))) room += 1;
        if (room > (best?.room ?? 0)) best = { x, y, room };
      }
    }
    return best;
  }, place);
  assert.ok(point, `no point on the shape of ${code} can be reached`);
  return point;
}

/** Types into the search and waits for its options. */
export async function look(page, text) {
  await find(page).fill(text);
  await options(page).first().waitFor();
  return options(page).allInnerTexts();
}

/** Waits for the panel of a council, and for all that the second program says of it: what is seen first comes before the rest. */
export async function opened(page, council) {
  await named(page, council);
  await panel(page, council).locator('[data-view]').getByRole('heading', { level: 3, name: HEADINGS.at(-1), exact: true }).waitFor();
}

/** Waits for the panel of a council, whether or not it says more than the council's name yet. */
export async function named(page, council) {
  await panel(page, council).getByRole('heading', { level: 2, name: council, exact: true }).waitFor();
}

/** The address on the screen: path and query, below the root of the site. */
export function address(page, site) {
  assert.ok(page.url().startsWith(site.url), page.url());
  return `/${page.url().slice(site.url.length)}`;
}

/** Whether the page scrolls sideways, and by what. */
export async function assertNoSidewaysScroll(page) {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const beyond = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > room + 0.5);
    return [`${document.documentElement.scrollWidth} in ${room}`, ...beyond.slice(0, 8).map((element) => `${element.nodeName}.${element.className.baseVal ?? element.className}`)];
  });
  assert.deepEqual(wide, [], 'the page scrolls sideways');
}

/** What has the focus, and whether that can be seen. */
export function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { width, height, bottom, right } = element.getBoundingClientRect();
    return {
      id: element.id,
      text: (element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? '').trim().slice(0, 60),
      name: element.nodeName.toLowerCase(),
      outlined: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
      onScreen: width > 0 && height > 0 && bottom > 0 && right > 0,
    };
  });
}

/** Asserts that what has the focus shows it; answers it. */
export async function assertFocusVisible(page) {
  const element = await focused(page);
  assert.notEqual(element.name, 'body', 'nothing has the focus');
  assert.ok(element.outlined && element.onScreen, `the focus cannot be seen on ${JSON.stringify(element)}`);
  return element;
}

/** Presses Tab until `reached` is true of what has the focus; the focus is visible all the way. Answers the way. */
export async function tabTo(page, reached, key = 'Tab') {
  const way = [];
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press(key);
    const element = await assertFocusVisible(page);
    way.push(element.text);
    if (reached(element)) return way;
  }
  throw new Error(`not reached by ${key}: ${way.join(' → ')}`);
}
