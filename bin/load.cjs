'use strict';
// Runs a TypeScript entry: bundled by esbuild into .cache/build, again only when one of its
// sources changed, so that nobody ever runs stale code and nobody waits for a compiler.
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
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
 * Loads the TypeScript module `entry` (relative to the project) and returns its exports. With `packages: 'bundle'`
 * its libraries are bundled too, which spares a process that ends soon a hundred files to find and read.
 */
module.exports = function load(entry, { packages = 'external' } = {}) {
  const outfile = path.join(root, '.cache', 'build', entry.replace(/[\\/]/g, '-').replace(/\.ts$/, '.js'));
  const record = `${outfile}.inputs.json`;
  if (!fresh(outfile, record)) {
    const { metafile } = require('esbuild').buildSync({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile: `${outfile}.${process.pid}`,
      bundle: true,
      metafile: true,
      packages,
      external: ['@pulumi/*', '@inquirer/*'],
      platform: 'node',
      target: 'node20',
      sourcemap: 'inline',
      sourcesContent: false,
      logLevel: 'error',
      loader: Object.fromEntries(TEXT_FILES.map((extension) => [extension, 'text'])),
    });
    fs.renameSync(`${outfile}.${process.pid}`, outfile);
    fs.writeFileSync(record, JSON.stringify({ inputs: Object.keys(metafile.inputs) }));
  }
  return require(outfile);
};
