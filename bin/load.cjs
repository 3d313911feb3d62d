'use strict';
// Runs a TypeScript entry: bundled by esbuild into .cache/build, again only when one of its
// sources changed, so that nobody ever runs stale code and nobody waits for a compiler.
//
// Each part is here because `kaapana synth` needs more CPU time without it (Node 20, medians of runs side by side):
// without V8's cache 1.3 times as much, with text decoded as UTF-8 1.1, with comments and white space kept 1.1. tsx,
// which compiles each file on its own, takes 3.4 times as much.
const { isAscii } = require('node:buffer');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const vm = require('node:vm');

const root = path.resolve(__dirname, '..');
const LOADER = path.relative(root, __filename);
const INSTALLED = 'node_modules/.package-lock.json';
const TEXT_FILES = ['.rego', '.conf', '.toml', '.cfg', '.tmpl', '.sh', '.txt'];

function fresh(outfile, record) {
  try {
    const { inputs } = JSON.parse(fs.readFileSync(record, 'utf8'));
    const built = fs.statSync(outfile).mtimeMs;
    return inputs.every((file) => fs.statSync(path.join(root, file)).mtimeMs <= built);
  } catch {
    return false;
  }
}

/**
 * Runs the CommonJS module `file`. What V8 compiled of it until the process ends is kept, and spares the next process a
 * quarter of its time. V8 knows a text by its length alone, so the name of the cache has the file's age.
 */
function run(file, use) {
  const handle = fs.openSync(file);
  const cache = `${file}.${fs.fstatSync(handle).mtimeMs}.${use}.cache`;
  const bytes = fs.readFileSync(handle);
  fs.closeSync(handle);
  const cachedData = fs.existsSync(cache) ? fs.readFileSync(cache) : undefined;
  // Without comments a bundle is ASCII, which is twice as small for V8 as any other text, and needs no decoding.
  const text = bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
  const script = new vm.Script(Module.wrap(text), { filename: file, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) process.once('exit', () => keep(script, cache));
  const module = { exports: {} };
  script.runInThisContext()(module.exports, Module.createRequire(file), module, file, path.dirname(file));
  return module.exports;
}

function keep(script, cache) {
  try {
    replace(cache, (made) => fs.writeFileSync(made, script.createCachedData()));
  } catch {
    // The next process is slower, that is all.
  }
}

/** This loader, sources of ours one by one, and what npm writes when it changes any library. */
function inputsOf({ inputs }) {
  return [LOADER, ...Object.keys(inputs).filter((file) => !file.startsWith('node_modules/')), INSTALLED];
}

/** Removes the caches of what `file` was. */
function forget(file) {
  const folder = path.dirname(file);
  const caches = fs
    .readdirSync(folder)
    .filter((name) => name.startsWith(`${path.basename(file)}.`) && name.endsWith('.cache'));
  for (const cache of caches) fs.rmSync(path.join(folder, cache), { force: true });
}

/** Other processes find the old file or the new one, never half of it. */
function replace(file, write) {
  const made = `${file}.${process.pid}`;
  const result = write(made);
  fs.renameSync(made, file);
  return result;
}

/**
 * Loads the TypeScript module `entry` (relative to the project) and returns its exports. With `packages: 'bundle'`
 * its libraries are bundled too, which spares a process that ends soon a hundred files to find and read. `use` tells
 * uses of one module apart that run different parts of it.
 */
module.exports = function load(entry, { packages = 'external', use = 'any' } = {}) {
  const outfile = path.join(root, '.cache', 'build', entry.replace(/[\\/]/g, '-').replace(/\.ts$/, '.js'));
  const record = `${outfile}.inputs.json`;
  if (!fresh(outfile, record)) {
    const { metafile } = replace(outfile, (made) =>
      require('esbuild').buildSync({
        absWorkingDir: root,
        entryPoints: [entry],
        outfile: made,
        bundle: true,
        metafile: true,
        packages,
        external: ['@pulumi/*', '@inquirer/*'],
        platform: 'node',
        target: 'node20',
        // A script that V8's cache is kept for has no import(): it becomes require().
        supported: { 'dynamic-import': false },
        minifyWhitespace: true,
        lineLimit: 160,
        logLevel: 'error',
        loader: Object.fromEntries(TEXT_FILES.map((extension) => [extension, 'text'])),
      }),
    );
    forget(outfile);
    fs.writeFileSync(record, JSON.stringify({ inputs: inputsOf(metafile) }));
  }
  return run(outfile, use);
};
