// Runs wasm-bindgen, then gives what a program asks of its page short names. wasm-bindgen ends each of them in 16 random digits, which no
// compression makes smaller: 3 KB of each program and 2 KB of its script. The names stand in those two files alone, and nobody reads them.
//
//   node scripts/short-imports.mjs ARGUMENTS-OF-WASM-BINDGEN…
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OWN = join(dirname(fileURLToPath(import.meta.url)), 'bin');

/** A name that wasm-bindgen made, with the digits at its end. */
const LONG = /^__wb[a-z]+_.+_[0-9a-f]{16}$/;

/** Section 2 of a module is that of its imports. */
const IMPORTS = 2;

/** Reads the bytes of a WebAssembly module from the start on. */
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  byte() {
    if (this.at >= this.bytes.length) throw new Error('the module ends too early');
    return this.bytes[this.at++];
  }

  number() {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  take(length) {
    if (this.at + length > this.bytes.length) throw new Error('the module ends too early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  name() {
    return Buffer.from(this.take(this.number())).toString('utf8');
  }

  /** What follows the name of an import: its kind and type. */
  description() {
    const from = this.at;
    const kind = this.byte();
    const limits = () => {
      const flags = this.number();
      this.number();
      if (flags & 1) this.number();
    };
    const type = () => {
      // A reference to something that is told after it.
      if ([0x63, 0x64].includes(this.byte())) this.number();
    };
    switch (kind) {
      case 0: // a function
        this.number();
        break;
      case 1: // a table
        type();
        limits();
        break;
      case 2: // a memory
        limits();
        break;
      case 3: // a variable
        type();
        this.byte();
        break;
      case 4: // an exception
        this.byte();
        this.number();
        break;
      default:
        throw new Error(`an import of kind ${kind} is not known`);
    }
    return this.bytes.subarray(from, this.at);
  }
}

function numbered(value) {
  const bytes = [];
  for (let rest = value; ; ) {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    if (!rest) return Buffer.from([...bytes, low]);
    bytes.push(low | 128);
  }
}

function named(name) {
  const bytes = Buffer.from(name, 'utf8');
  return Buffer.concat([numbered(bytes.length), bytes]);
}

/**
 * A module and its script, with short names for the imports whose names wasm-bindgen made. What the script does not name once or more keeps its name.
 *
 * @param {Uint8Array} wasm
 * @param {string} script
 * @returns {{wasm: Buffer, script: string, renamed: number}}
 */
export function shortened(wasm, script) {
  const words = new Map();
  for (const [word] of script.matchAll(/[\w$]+/g)) words.set(word, (words.get(word) ?? 0) + 1);
  const names = new Map();
  let count = 0;
  const short = (name) => {
    if (!LONG.test(name) || !words.has(name)) return name;
    while (!names.has(name)) {
      const next = `_${count.toString(36)}`;
      count += 1;
      if (!words.has(next)) names.set(name, next);
    }
    return names.get(name);
  };
  const reader = new Reader(wasm);
  const parts = [Buffer.from(reader.take(8))];
  while (reader.at < wasm.length) {
    const section = reader.byte();
    let body = Buffer.from(reader.take(reader.number()));
    if (section === IMPORTS) {
      const imports = new Reader(body);
      const count = imports.number();
      const written = [numbered(count)];
      for (let i = 0; i < count; i += 1) written.push(named(imports.name()), named(short(imports.name())), imports.description());
      body = Buffer.concat(written);
    }
    parts.push(Buffer.from([section]), numbered(body.length), body);
  }
  return { wasm: Buffer.concat(parts), script: script.replace(/[\w$]+/g, (word) => names.get(word) ?? word), renamed: names.size };
}

/** The value of an argument, written `--name value` or `--name=value`. */
function argument(all, name) {
  const at = all.findIndex((one) => one === name || one.startsWith(`${name}=`));
  if (at < 0) return undefined;
  return all[at] === name ? all[at + 1] : all[at].slice(name.length + 1);
}

async function main(all) {
  // The real one is the next on the way.
  const PATH = process.env.PATH.split(delimiter).filter((folder) => folder !== OWN).join(delimiter);
  const { status, error } = spawnSync('wasm-bindgen', all, { stdio: 'inherit', env: { ...process.env, PATH } });
  if (error) throw error;
  const [folder, name] = ['--out-dir', '--out-name'].map((one) => argument(all, one));
  if (status || !folder) process.exit(status ?? 1);
  // Trunk makes several programs at the same time, all in one folder: each call is for its own.
  if (!name) throw new Error('--out-name is missing: it says which program is to have short names');
  const [program, glue] = [join(folder, `${name}_bg.wasm`), join(folder, `${name}.js`)];
  const { wasm, script } = shortened(await readFile(program), await readFile(glue, 'utf8'));
  await writeFile(program, wasm);
  await writeFile(glue, script);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(`error: wasm-bindgen: ${error.message}`);
    process.exitCode = 1;
  });
}
