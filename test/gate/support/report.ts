import * as fs from 'node:fs';

/** Set to write the page anew in place of the comparison. */
const WRITE = 'KAAPANA_GATE_WRITE';

/** Compares a page of the repository with what the gate saw. */
export function expectReport(file: string, report: string): void {
  if (process.env[WRITE] !== undefined) fs.writeFileSync(file, report);
  const kept = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  if (kept === report) return;
  throw new Error(`${file} says something else than was observed; write it anew by ${WRITE}=1 npm run gate`);
}
