// For everyone: how large what is pressed is, text set wider, what a screen reader is given, what a text browser shows.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { journey } from './support/journey.mjs';
import { assertNoSidewaysScroll, look, opened } from './support/reader.mjs';
import { DIST } from './support/site.mjs';

const STATES = [
  ['/', 'map'],
  ['/council/luton-borough-council/?year=2020', 'council'],
  ['/table/?region=north-east', 'table'],
  ['/compare/?councils=luton-borough-council,birmingham-city-council&year=2024', 'comparison'],
  ['/about/', 'about'],
  ['/method/', 'method'],
  ['/accessibility/', 'accessibility'],
  ['/open/', 'open'],
];

/** What stands when all of a page has come. */
async function settled(page, path, { open, ready }) {
  await open(path);
  if (!/^\/(method|accessibility)\//.test(path)) await ready();
  if (path.startsWith('/council/')) await opened(page, 'Luton Borough Council');
  await page.waitForFunction(() => !document.querySelector('.waiting'));
}

journey('what is pressed is at least 24 pixels wide and high, but for links within text', { windows: ['desktop', 'phone'] }, async (it) => {
  for (const [path, name] of STATES) {
    await settled(it.page, path, it);
    await it.page.evaluate(() => document.querySelectorAll('details:not([data-years])').forEach((details) => { details.open = true; }));
    const small = await it.page.evaluate(() => {
      const found = [...document.querySelectorAll('a[href], button, input, select, summary, [role="slider"], [role="option"]')];
      const boxes = found.map((element) => ({ element, box: element.getBoundingClientRect(), style: getComputedStyle(element) })).filter(({ element, box, style }) => box.width > 1 && box.height > 1 && element.checkVisibility() && style.visibility === 'visible' && !element.closest('.leaflet-overlay-pane'));
      // WCAG 2.5.8: within a sentence a link is as high as its line; and what is small is enough where a circle of 24 pixels round it meets no other's.
      const isWithinText = ({ element, style }) => style.display === 'inline' && [...(element.parentElement?.childNodes ?? [])].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
      const apart = ({ element, box }) => {
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        return boxes.every(({ element: other, box: its }) => {
          if (other === element || other.contains(element) || element.contains(other)) return true;
          const dx = Math.max(its.left - x, 0, x - its.right);
          const dy = Math.max(its.top - y, 0, y - its.bottom);
          return Math.hypot(dx, dy) >= 12 && (its.width >= 24 && its.height >= 24 ? true : Math.hypot(its.x + its.width / 2 - x, its.y + its.height / 2 - y) >= 24);
        });
      };
      return boxes
        .filter((one) => (one.box.width < 23.5 || one.box.height < 23.5) && !isWithinText(one) && !apart(one))
        .map(({ element, box }) => `${element.nodeName} “${(element.textContent || element.getAttribute('aria-label') || '').trim().slice(0, 40)}” ${Math.round(box.width)} × ${Math.round(box.height)}`);
    });
    assert.deepEqual(small, [], name);
  }
});

journey('nothing is lost when text is set wider (WCAG 1.4.12)', { windows: ['desktop', 'phone'] }, async (it) => {
  const { page, axe, screenshot } = it;
  for (const [path, name] of STATES) {
    await settled(page, path, it);
    await page.evaluate(() => {
      const wide = new CSSStyleSheet();
      wide.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }');
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, wide];
    });
    await assertNoSidewaysScroll(page);
    const cut = await page.evaluate(() => {
      const clips = (style) => ['hidden', 'clip'].includes(style.overflowX) || ['hidden', 'clip'].includes(style.overflowY);
      return [...document.querySelectorAll('body *')]
        .filter((element) => {
          const style = getComputedStyle(element);
          const { width, height } = element.getBoundingClientRect();
          // What is there for screen readers alone is cut off on purpose, and so is the map at its frame.
          if (width < 4 || height < 4 || !clips(style) || element.closest('.map, .unseen, svg')) return false;
          return element.innerText?.trim() && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
        })
        .map((element) => `${element.nodeName}.${element.className} “${element.innerText.slice(0, 40)}”`);
    });
    assert.deepEqual(cut, [], name);
    await screenshot(`wide-text-${name}`);
    await axe(`${name}, text set wider`);
  }
});

const SNAPSHOTS = fileURLToPath(new URL('snapshots/', import.meta.url));

/** What a screen reader is given, its figures left out: they change with the edition. */
async function tree(locator) {
  const found = await locator.ariaSnapshot();
  // The levels of headings are no figures.
  return `${found.replace(/(\[level=\d\])|\d[\d,.]*/g, (_, level) => level ?? '#').replace(/#(\s+#)+/g, '#')}\n`;
}

journey('what a screen reader is given of the main states is what it was', async (it) => {
  const { page } = it;
  const hold = async (name, locator) => {
    const [found, file] = [await tree(locator), join(SNAPSHOTS, `${name}.yml`)];
    if (process.env.UPDATE_SNAPSHOTS) {
      await mkdir(SNAPSHOTS, { recursive: true });
      return writeFile(file, found);
    }
    assert.equal(found, await readFile(file, 'utf8'), `${file} is not what the page gives now. If that is meant: UPDATE_SNAPSHOTS=1 node --test tests/e2e/everyone.test.mjs`);
  };
  await settled(page, '/', it);
  await hold('header', page.locator('header'));
  await hold('map', page.locator('.map-side'));
  await look(page, 'luton');
  await hold('search', page.locator('search'));
  await settled(page, '/council/luton-borough-council/?year=2020', it);
  await page.locator('[data-letter] .letter, [data-letter] article, .annual-letter').first().waitFor();
  await hold('council-statistics', page.locator('section.panel section').first());
  await settled(page, '/table/?region=london&type=county', it);
  await hold('table', page.locator('main'));
});

/** A text browser, where there is one: setup.sh installs it where it can. */
const has = (command) => spawnSync(command, ['-version']).status === 0;

test('a text browser shows a council’s page in the order in which it is told', { skip: !has('w3m') && 'w3m is not installed' }, () => {
  const dump = (path) => execFileSync('w3m', ['-dump', '-cols', '100', '-T', 'text/html', join(DIST, path)], { encoding: 'utf8' });
  const inOrder = (text, ...parts) => {
    let at = 0;
    for (const part of parts) {
      const found = text.indexOf(part, at);
      assert.ok(found >= 0, `“${part}” does not come after what should be before it`);
      at = found + part.length;
    }
  };
  inOrder(
    dump('council/luton-borough-council/index.html'),
    'Skip to the content',
    'Luton Borough Council',
    'Complaints upheld',
    '9 of 13',
    '95% interval',
    'Compliance with recommendations',
    'Satisfactory remedies',
    'Compared with similar authorities',
    'Over the years',
    'Annual letter',
    'Figures: Local Government and Social Care Ombudsman',
  );
});

journey('on paper nothing is cut off, and nothing stands that can only be pressed', async (it) => {
  const { page, screenshot } = it;
  for (const [path, name] of STATES) {
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width: 1280, height: 800 });
    await settled(page, path, it);
    // As wide as A4 between its margins.
    await page.setViewportSize({ width: 703, height: 1000 });
    await page.emulateMedia({ media: 'print' });
    const found = await page.evaluate(() => {
      const shown = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 1;
      const named = (element) => `${element.nodeName}.${element.className.baseVal ?? element.className} “${(element.textContent || element.ariaLabel || '').trim().slice(0, 40)}”`;
      const pressed = [...document.querySelectorAll('button, select, input')].filter((element) => shown(element) && !element.closest('th'));
      // Leaflet's panes are as large as the ground that they hold.
      const cut = [...document.querySelectorAll('main :is(p, h1, h2, h3, h4, th, td, li, canvas, figure)')].filter((element) => shown(element) && !element.closest('.map, .unseen') && element.getBoundingClientRect().right > innerWidth + 1);
      return [...pressed, ...cut].map(named);
    });
    assert.deepEqual(found, [], name);
    await screenshot(`print-${name}`);
  }
});

journey('nothing moves while a page comes, whatever its address asks for', { windows: ['desktop', 'phone'] }, async (it) => {
  const { page } = it;
  await page.addInitScript(() => {
    window.upheldTestShifts = [];
    // A table's columns find their widths while its rows arrive: what counts is what moves once the page has.
    const since = () => performance.getEntriesByType('navigation')[0]?.domContentLoadedEventEnd || Infinity;
    new PerformanceObserver((list) => window.upheldTestShifts.push(...list.getEntries().filter(({ startTime }) => startTime > since()).map(({ value, sources }) => `${value.toFixed(4)} ${sources.map(({ node }) => (node?.outerHTML ?? node?.textContent ?? '').slice(0, 60))}`))).observe({ type: 'layout-shift', buffered: true });
  });
  for (const [path, name] of [...STATES, ['/council/leeds-city-council/', 'a council'], ['/?map=hex&tier=lower&year=2014', 'other figures'], ['/compare/', 'nothing compared'], ['/committee/?councils=luton-borough-council', 'committee']]) {
    await it.open(path);
    if (!/^\/(method|accessibility)\//.test(path)) await it.ready();
    await page.waitForFunction(() => !document.querySelector('.waiting') && document.readyState === 'complete');
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
    assert.deepEqual(await page.evaluate(() => window.upheldTestShifts), [], name);
  }
});

journey('no field is so small that a phone zooms in on it', { windows: ['phone'] }, async (it) => {
  for (const [path, name] of STATES) {
    await settled(it.page, path, it);
    const small = await it.page.evaluate(() => [...document.querySelectorAll('input, select, textarea')].filter((field) => parseFloat(getComputedStyle(field).fontSize) < 16).map((field) => field.id || field.name || field.outerHTML.slice(0, 60)));
    assert.deepEqual(small, [], name);
  }
});

journey('one finger on the map scrolls the page, two move the map', { windows: ['phone'] }, async ({ page, open, ready, eventually }) => {
  await open('/');
  await ready();
  assert.match(await page.locator('.map-head .coverage').evaluate((line) => getComputedStyle(line, '::after').content), /Two fingers move the map/);
  const cdp = await page.context().newCDPSession(page);
  const touch = (type, points) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  const at = () => page.evaluate(() => {
    const { x, y } = document.querySelector('.map path.leaflet-interactive').getBoundingClientRect();
    return { x: Math.round(x), y: Math.round(y + scrollY), scrolled: Math.round(scrollY) };
  });
  const { x, y, width, height } = await page.locator('.map').boundingBox();
  const middle = [x + width / 2, y + height / 2];
  const width0 = await page.locator('.map path.leaflet-interactive').nth(20).evaluate((path) => path.getBoundingClientRect().width);
  const spread = (by) => [[middle[0] - 30 - by, middle[1]], [middle[0] + 30 + by, middle[1]]];
  await touch('touchStart', spread(0));
  for (const by of [10, 30, 50, 70]) await touch('touchMove', spread(by));
  await touch('touchEnd', []);
  await eventually(async () => assert.ok((await page.locator('.map path.leaflet-interactive').nth(20).evaluate((path) => path.getBoundingClientRect().width)) > width0 * 1.3, 'the map did not grow under two fingers'));
  assert.equal((await at()).scrolled, 0, 'the page scrolled under two fingers');
  await page.waitForFunction(() => !document.querySelector('.map .leaflet-zoom-anim'));
  const before = await at();
  await touch('touchStart', [middle]);
  for (const by of [10, 30, 60, 90, 120]) await touch('touchMove', [[middle[0], middle[1] - by]]);
  await touch('touchEnd', []);
  await eventually(async () => assert.ok((await at()).scrolled > before.scrolled + 50, 'the page did not scroll'));
  const after = await at();
  assert.deepEqual([after.x, after.y], [before.x, before.y], 'the map moved with one finger');
});

journey('on paper the map is all of England, wherever it stood, and nothing of its keys is printed', async ({ page, open, ready, eventually, screenshot }) => {
  await open('/');
  await ready();
  await page.getByRole('heading', { name: 'What the map shows' }).waitFor();
  const map = page.getByRole('application', { name: /^Map/ });
  await map.focus();
  for (let times = 0; times < 3; times += 1) {
    await page.keyboard.press('+');
    await page.waitForFunction(() => !document.querySelector('.map .leaflet-zoom-anim'));
  }
  await page.keyboard.press('Enter');
  await page.locator('.map path[data-lit]').waitFor({ state: 'attached' });
  const wide = () => page.evaluate(() => {
    const boxes = [...document.querySelectorAll('.map path.leaflet-interactive')].map((path) => path.getBoundingClientRect());
    const frame = document.querySelector('.map').getBoundingClientRect();
    return boxes.filter((box) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1).length;
  });
  assert.ok((await wide()) > 20, 'it is zoomed in');
  await page.setViewportSize({ width: 703, height: 1000 });
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await eventually(async () => assert.equal(await wide(), 0, 'something of England is not on the paper'));
  for (const name of ['.stepped', '.choose', '.leaflet-control-zoom']) assert.equal(await page.locator(name).first().isVisible(), false, name);
  assert.equal(await page.locator('.map').evaluate((it) => getComputedStyle(it, '::after').display), 'none');
  await screenshot('print-from-steps');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await eventually(async () => assert.ok((await wide()) > 20, 'it stands where it stood'));
});
