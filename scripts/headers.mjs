// The `_headers` file of a static site, as several hosts read it: a path pattern on a line of its own, then the response
// headers for it, indented. `*` at the end of a pattern stands for anything.

/** The rules in the text of a `_headers` file, in order. */
export function parseHeaders(text) {
  const rules = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (!line.trim() || line.trim().startsWith('#')) continue;
    if (!/^\s/.test(line)) {
      rules.push({ pattern: line.trim(), headers: [] });
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 0 || !rules.length) throw new Error(`_headers, line ${i + 1}: expected "Name: value" below a path, found "${line.trim()}"`);
    rules.at(-1).headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return rules;
}

/** The text of a `_headers` file for rules. */
export function writeHeaders(rules) {
  return rules.map(({ pattern, headers }) => `${pattern}\n${headers.map(([name, value]) => `  ${name}: ${value}\n`).join('')}`).join('\n');
}

/**
 * The headers that rules give a path. Where several rules cover it, hosts send the headers of all of them, and join the values
 * that two rules give one header with a comma: a later rule adds to an earlier one, and takes nothing back.
 */
export function headersFor(rules, path) {
  const headers = new Map();
  for (const rule of rules.filter(({ pattern }) => covers(pattern, path))) {
    for (const [name, value] of rule.headers) headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
  }
  return headers;
}

function covers(pattern, path) {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : pattern === path;
}
