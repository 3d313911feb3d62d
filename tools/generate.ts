import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generatedFiles as settingsFiles } from '../src/cli/generate';
import { architecturePage } from './architecture';

/** All files that are generated and committed, with the content that they should have. */
export function generatedFiles(): Record<string, string> {
  return { ...settingsFiles(), 'docs/architecture.md': architecturePage() };
}

/** `npm run generate`: writes these files; with `--check`, only says which are out of date. */
export function main(args: readonly string[]): number {
  const check = args.includes('--check');
  const stale = Object.entries(generatedFiles()).filter(
    ([file, content]) => !existsSync(file) || readFileSync(file, 'utf8') !== content,
  );
  for (const [file, content] of stale) {
    if (!check) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    process.stdout.write(`${file} ${check ? 'is out of date: run npm run generate' : 'written'}\n`);
  }
  return check && stale.length > 0 ? 1 : 0;
}
