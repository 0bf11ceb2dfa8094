// The colours of the map's classes, as the style sheet gives them: apart from each other for everybody, those who see no red, no green or no blue too.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

const css = await readFile(new URL('../style/tokens.css', import.meta.url), 'utf8');

/** What a reader sees who lacks one kind of cones entirely: matrices on linear sRGB, of Machado, Oliveira and Fernandes (2009), severity 1. */
const EYES = {
  'all colours': [1, 0, 0, 0, 1, 0, 0, 0, 1],
  'no red': [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  'no green': [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  'no blue': [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

const linear = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));

function seen(hex, eyes) {
  const colour = linear(hex);
  return [0, 1, 2].map((row) => Math.min(1, Math.max(0, colour.reduce((sum, part, column) => sum + part * eyes[3 * row + column], 0))));
}

/** The place of a colour in OKLab (Ottosson 2020), where equal distances look equal; lightness from 0 to 1. */
function oklab([red, green, blue]) {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s];
}

const distance = (one, other) => Math.hypot(...one.map((part, place) => part - other[place]));

/** Relative luminance and contrast, as WCAG 2 has them. */
const luminance = ([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Every set of classes in the style sheet, each with its colours in order. */
function sets() {
  const found = [];
  for (const [, selector, body] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const bands = [...body.matchAll(/--band-(\d): (#[0-9a-f]{6})/g)].map(([, , colour]) => colour);
    if (bands.length > 1) found.push({ name: `${selector.trim().split('\n').pop()} from ${bands[0]}`, bands: bands.filter((colour, place) => colour !== bands[place - 1]) });
  }
  return found;
}

test('there are the classes of each measure, on light and on dark', () => {
  assert.ok(sets().length >= 6, JSON.stringify(sets()));
});

for (const [who, eyes] of Object.entries(EYES)) {
  test(`classes next to each other can be told apart by who sees ${who}`, () => {
    for (const { name, bands } of sets()) {
      for (const [place, colour] of bands.entries()) {
        const next = bands[place + 1];
        if (!next) continue;
        const [one, other] = [seen(colour, eyes), seen(next, eyes)];
        const apart = distance(oklab(one), oklab(other));
        assert.ok(apart >= 0.06, `${name}: ${colour} and ${next} are ${apart.toFixed(3)} apart`);
        const lightness = contrast(one, other);
        assert.ok(lightness >= 1.15, `${name}: the contrast of ${colour} and ${next} is ${lightness.toFixed(2)}`);
      }
    }
  });

  test(`classes grow darker, or lighter, in order for who sees ${who}`, () => {
    for (const { name, bands } of sets()) {
      const lightness = bands.map((colour) => oklab(seen(colour, eyes))[0]);
      const rises = lightness.slice(1).map((value, place) => Math.sign(value - lightness[place]));
      assert.equal(new Set(rises).size, 1, `${name}: ${lightness.map((value) => value.toFixed(2))}`);
    }
  });
}
