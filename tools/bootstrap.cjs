'use strict';
// What every npm script runs first: plain Node, so that it works in a fresh clone.
// Checks Node, installs what package-lock.json pins, then hands over to the TypeScript entry.
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
process.chdir(root);
const LOCK = path.join(root, 'package-lock.json');
const INSTALLED = path.join(root, 'node_modules', '.package-lock.json');
const NODE_MAJOR = 20;

/** The packages a lock file names, but for those that only some platforms get. */
function packagesOf(file) {
  const { packages } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return Object.entries(packages).filter(([name, entry]) => name !== '' && !entry.optional && !entry.devOptional);
}

/** Whether node_modules holds what package-lock.json pins; a checkout alone changes only the dates. */
function installed() {
  try {
    if (fs.statSync(INSTALLED).mtimeMs >= fs.statSync(LOCK).mtimeMs) return true;
    const present = new Map(packagesOf(INSTALLED).map(([name, entry]) => [name, entry.version]));
    return packagesOf(LOCK).every(([name, entry]) => present.get(name) === entry.version);
  } catch {
    return false;
  }
}

/** Runs `npm ci` with a sign of life every ten seconds; gives the seconds it took. */
function install() {
  const start = Date.now();
  const seconds = () => ((Date.now() - start) / 1000).toFixed(1);
  console.log('  Dependencies: npm ci ...');
  const tick = setInterval(() => console.log(`  Dependencies: ${seconds()} s`), 10_000);
  return new Promise((resolve, reject) => {
    const npm = spawn('npm', ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    npm.stdout.on('data', (text) => (output += text));
    npm.stderr.on('data', (text) => (output += text));
    npm.on('error', reject);
    npm.on('close', (code) => {
      clearInterval(tick);
      if (code === 0) return resolve(Number(seconds()));
      console.error(output.trimEnd().split('\n').slice(-20).join('\n'));
      reject(
        problem('"npm ci" failed: check the network and the registry npm is set to, then run the same command again.'),
      );
    });
  });
}

function problem(text) {
  return Object.assign(new Error(text), { name: 'Problem' });
}

async function main([entry, ...argv]) {
  if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR) {
    throw problem(
      `Node ${process.versions.node} is too old: install Node ${NODE_MAJOR} or newer and run the same command again.`,
    );
  }
  const seconds = installed() ? 0 : await install();
  if (seconds > 0) console.log(`✔ Dependencies (${seconds} s)`);
  const load = require('../bin/load.cjs');
  process.exitCode = (await load(entry).main(argv, { dependencies: seconds })) ?? 0;
}

main(process.argv.slice(2)).catch((error) => {
  // A Problem is meant for the user, its text is enough; anything else is a defect and shows where.
  console.error(error?.name === 'Problem' ? `\n${error.message}` : error);
  process.exitCode = 1;
});
