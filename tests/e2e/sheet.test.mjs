// On a phone the panel of a council is a sheet before the map: three stops, by buttons, by its grip, on its side, and none where it is too small.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { assertNoSidewaysScroll, opened, panel, pointOn, tabTo } from './support/reader.mjs';

const stop = (page, name) => page.getByRole('group', { name: 'On the screen' }).getByRole('button', { name, exact: true });
const pressed = (page) => page.locator('.stops [aria-pressed="true"]').allInnerTexts();
const box = (locator) => locator.evaluate((element) => element.getBoundingClientRect().toJSON());

/** Chooses the council with `code` by a tap on the map. */
async function tap(page, code) {
  await page.locator('.map').evaluate((map) => map.scrollIntoView({ block: 'center' }));
  const { x, y } = await pointOn(page, code);
  await page.touchscreen.tap(x, y);
}

/** Opens the first page, its second program there. */
async function begin(page, { open, ready }) {
  await open('/');
  await ready();
  await page.getByText('Take the map away').waitFor();
}

/** Goes on by Tab `times` and answers what had the focus and could not be seen for something else over it. */
async function hidden(page, times) {
  const found = [];
  for (let step = 0; step < times; step += 1) {
    await page.keyboard.press('Tab');
    const over = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
      // Some of it is enough (WCAG 2.4.11): its middle, or a corner.
      const points = [[x, y], [left + 2, top + 2], [right - 2, bottom - 2], [left + 2, bottom - 2], [right - 2, top + 2]];
      const seen = points.some(([at, down]) => {
        const on = document.elementFromPoint(at, down);
        // The way through a chart by keys lies over it and takes no pointer.
        const around = element.closest('.drawing') ?? element;
        return on && (around.contains(on) || on.contains(element) || on.closest('label')?.control === element);
      });
      return seen ? null : `${element.nodeName} “${(element.textContent || element.ariaLabel || '').trim().slice(0, 40)}” at ${Math.round(top)}–${Math.round(bottom)}`;
    });
    if (over) found.push(over);
  }
  return found;
}

journey('a council that is tapped comes as a sheet over the lower half; buttons give the map or the figures the window', { windows: ['phone'] }, async (it) => {
  const { page, eventually, axe, screenshot } = it;
  await begin(page, it);
  await tap(page, 'E06000057');
  await opened(page, 'Northumberland County Council');
  assert.deepEqual(await pressed(page), ['Both']);
  const name = page.getByRole('heading', { level: 2, name: 'Northumberland County Council' });
  await eventually(async () => {
    const [shape, sheet] = [await box(page.locator('.map path[data-chosen]')), await box(page.locator('.panel-side'))];
    assert.ok(shape.top >= -1 && shape.bottom < sheet.top, `the council stands at ${shape.top}–${shape.bottom}, the sheet from ${sheet.top}`);
    assert.ok(sheet.top > 350 && sheet.top < 500, `${sheet.top}`);
  });
  assert.ok(await name.isVisible());
  await assertNoSidewaysScroll(page);
  await axe('sheet over half');
  await screenshot('sheet-both');
  assert.deepEqual(await hidden(page, 25), []);

  await stop(page, 'Map').tap();
  assert.deepEqual(await pressed(page), ['Map']);
  await eventually(async () => assert.ok((await box(page.locator('.panel-side'))).top > 600));
  assert.ok(await name.isVisible());
  assert.equal(await page.getByRole('heading', { name: 'Complaints upheld' }).isVisible(), false);
  await axe('sheet below the map');
  // On paper there is no sheet, wherever it stands on the screen.
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.getByRole('heading', { name: 'Complaints upheld' }).isVisible());
  assert.equal(await page.locator('.panel-side').evaluate((side) => getComputedStyle(side).position), 'static');
  await page.emulateMedia({ media: 'screen' });
  await screenshot('sheet-map');
  await page.locator('#find').focus();
  assert.deepEqual(await hidden(page, 18), []);

  // Another council on the map: the stop that was chosen stays.
  await tap(page, 'E06000047');
  await opened(page, 'Durham County Council').catch(() => panel(page, 'Durham County Council').waitFor());
  assert.deepEqual(await pressed(page), ['Map']);

  await stop(page, 'Figures').tap();
  await eventually(async () => assert.ok(Math.abs((await box(page.locator('.panel-side'))).top) < 2));
  await axe('figures alone');
  await screenshot('sheet-figures');
  await page.locator('#council-name').focus();
  assert.deepEqual(await hidden(page, 25), []);
  assert.ok((await box(stop(page, 'Map'))).bottom <= 844, 'the buttons stay where the thumb is');

  await page.getByRole('button', { name: 'Close' }).tap();
  await page.getByText('Take the map away').waitFor();
  assert.equal(await page.locator('.stops').count(), 0);
});

journey('wherever the sheet stops, the figure of the map is on the screen with the name', { windows: ['phone'] }, async (it) => {
  const { page, eventually, axe } = it;
  await begin(page, it);
  await tap(page, 'E06000057');
  await opened(page, 'Northumberland County Council');
  const short = page.locator('.in-short');
  for (const name of ['Map', 'Both', 'Figures']) {
    await stop(page, name).tap();
    await eventually(async () => assert.deepEqual(await pressed(page), [name]));
    await eventually(async () => {
      const [{ top, bottom }, bar] = [await box(short), await box(page.locator('.stops'))];
      assert.ok(top > 0 && bottom <= bar.top, `${name}: from ${top} to ${bottom}, above ${bar.top}`);
    });
    assert.match(await short.innerText(), /^Uphold rate, 2023-24: \d+ of \d+ \(\d+%\)/);
    await axe(`at the stop ${name}`);
  }
});

journey('the sheet is drawn by its grip from stop to stop', { windows: ['phone'] }, async (it) => {
  const { page, eventually } = it;
  await begin(page, it);
  await tap(page, 'E06000057');
  await opened(page, 'Northumberland County Council');
  for (const [to, name] of [[780, 'Map'], [430, 'Both'], [60, 'Figures'], [400, 'Both']]) {
    const grip = await box(page.locator('.grip'));
    const [x, y] = [grip.x + grip.width / 2, grip.y + grip.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, (y + to) / 2);
    await page.mouse.move(x, to);
    await page.mouse.up();
    await eventually(async () => assert.deepEqual(await pressed(page), [name]));
    await eventually(async () => {
      const { top } = await box(page.locator('.panel-side'));
      assert.ok(name === 'Figures' ? Math.abs(top) < 2 : name === 'Both' ? top > 350 && top < 500 : top > 600, `${name}: ${top}`);
    });
  }
});

journey('an address that is opened shows the figures first, and the map at a press', { windows: ['phone'] }, async (it) => {
  const { page, open, ready, eventually } = it;
  await open('/council/luton-borough-council/?year=2020');
  await ready();
  await opened(page, 'Luton Borough Council');
  assert.deepEqual(await pressed(page), ['Figures']);
  await stop(page, 'Both').tap();
  await eventually(async () => {
    const [shape, sheet] = [await box(page.locator('.map path[data-chosen]')), await box(page.locator('.panel-side'))];
    assert.ok(shape.top >= 0 && shape.bottom < sheet.top);
  });
});

journey('on its side a phone shows map and figures beside each other', { windows: ['phone'], context: { viewport: { width: 844, height: 390 } } }, async (it) => {
  const { page, eventually, axe, screenshot } = it;
  await begin(page, it);
  await tap(page, 'E06000057');
  await opened(page, 'Northumberland County Council');
  await eventually(async () => {
    const [shape, sheet] = [await box(page.locator('.map path[data-chosen]')), await box(page.locator('.panel-side'))];
    assert.ok(shape.right < sheet.left && shape.top >= -1 && shape.bottom < 390, JSON.stringify({ shape, sheet }));
  });
  await assertNoSidewaysScroll(page);
  await axe('on its side');
  await screenshot('sheet-on-its-side');
});

journey('at 400% zoom there is no sheet: nothing lies over anything', { context: { viewport: { width: 320, height: 200 } } }, async ({ page, open, ready, axe }) => {
  await open('/council/luton-borough-council/');
  await ready();
  await opened(page, 'Luton Borough Council');
  await assert.rejects(page.locator('.stops').waitFor({ timeout: 1 }));
  assert.equal(await page.locator('.panel-side').evaluate((side) => getComputedStyle(side).position), 'static');
  assert.deepEqual(await hidden(page, 30), []);
  await axe('at 400% zoom');
});

journey('at 400% zoom a council is chosen on the map, by a press or by steps, and its name stands in the window', { context: { viewport: { width: 320, height: 256 } } }, async (it) => {
  const { page, eventually, axe, screenshot } = it;
  const inWindow = async (name) => eventually(async () => {
    const { top, bottom, left, right } = await box(page.getByRole('heading', { level: 2, name }));
    assert.ok(top >= 0 && bottom <= 256 && left >= 0 && right <= 320, JSON.stringify({ top, bottom, left, right }));
  });
  await begin(page, it);
  await page.locator('.map').evaluate((shown) => shown.scrollIntoView({ block: 'center' }));
  const { x, y } = await pointOn(page, 'E10000014');
  await page.mouse.click(x, y);
  await opened(page, 'Hampshire County Council');
  await inWindow('Hampshire County Council');
  await assertNoSidewaysScroll(page);
  await axe('a council at 400% zoom');
  await screenshot('chosen-at-400');
  await page.getByRole('button', { name: 'Close' }).click();

  const steps = page.getByRole('application', { name: /^Map/ });
  await steps.focus();
  const said = page.locator('.stepped');
  await page.keyboard.press('Enter');
  await said.getByText(/Escape ends/).waitFor();
  const first = await box(page.locator('.map path[data-lit]'));
  await eventually(async () => {
    const words = await box(said);
    assert.ok(first.bottom <= words.top || first.top >= words.bottom, `the words stand at ${words.top}–${words.bottom}, over a council at ${first.top}–${first.bottom}`);
  });
  for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown']) {
    const before = await said.innerText();
    await page.keyboard.press(key);
    await eventually(async () => assert.notEqual(await said.innerText(), before));
    await eventually(async () => {
      const lit = await box(page.locator('.map path[data-lit]'));
      const [across, down] = [(lit.left + lit.right) / 2, (lit.top + lit.bottom) / 2];
      const words = await box(said);
      assert.ok(across > 0 && across < 320 && down > 0 && down < 256 && (down < words.top || down > words.bottom), `${key}: ${before} → ${await said.innerText()} at ${across}, ${down}, the words at ${words.top}–${words.bottom}`);
      assert.ok(words.top >= 0 && words.bottom <= 256, `the words stand at ${words.top}–${words.bottom}`);
    });
  }
  await screenshot('steps-at-400');
  const [name] = /^.+?(?=: )/.exec(await said.innerText());
  await page.keyboard.press('Enter');
  await opened(page, name);
  await inWindow(name);
  await axe('opened by a key at 400% zoom');
});

journey('what is at the edge of the screen stands clear of a notch and of rounded corners', { windows: ['phone'] }, async ({ page, open, ready }) => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Emulation.setSafeAreaInsetsOverride', { insets: { top: 0, left: 30, right: 20, bottom: 34 } });
  await open('/council/luton-borough-council/');
  await ready();
  await opened(page, 'Luton Borough Council');
  for (const name of ['Map', 'Both', 'Figures']) {
    const { left, right, bottom } = await box(stop(page, name));
    assert.ok(left >= 30 && right <= 370 && bottom <= 844 - 34, `${name}: ${left}–${right}, ${bottom}`);
  }
  const { left, right } = await box(page.locator('#council-name'));
  assert.ok(left >= 30 && right <= 370);
  await page.locator('footer a').last().focus();
  const footer = await box(page.locator('footer a').last());
  assert.ok(footer.bottom <= 844 - 34);
});

journey('links lead past the map and back before it', async ({ page, open, ready, screenshot }) => {
  for (const path of ['/', '/council/luton-borough-council/']) {
    await open(path);
    await ready();
    if (path !== '/') await opened(page, 'Luton Borough Council');
    await page.locator('#tier').focus();
    await tabTo(page, ({ text }) => text === 'Skip the map');
    await screenshot(path === '/' ? 'skip-the-map' : 'skip-the-map-council');
    await page.keyboard.press('Enter');
    const at = () => page.evaluate(() => document.activeElement.id);
    assert.equal(await at(), path === '/' ? 'overview-title' : 'council-name');
    await tabTo(page, ({ text }) => text === 'Back to before the map', 'Shift+Tab');
    await page.keyboard.press('Enter');
    assert.ok(await page.evaluate(() => document.activeElement.matches('.map-side h1')));
  }
});
