import type { Cell } from './routes';

const MARKS: Readonly<Record<Cell['observed'], string>> = {
  login: 'L',
  refused: '-',
  reached: 'yes',
  elsewhere: '?',
  broken: '!',
};

/** What was observed on each route, as a part of the documentation. */
export function routeReport(cells: readonly Cell[]): string {
  const requesters = [...new Set(cells.map(({ requester }) => requester))];
  const paths = [...new Set(cells.map(({ path }) => path))];
  const row = (...columns: readonly string[]): string => `| ${columns.join(' | ')} |\n`;
  return [
    `${paths.length} routes of the first instance, ${requesters.length} requesters, ${cells.length} requests.\n\n`,
    '`yes`: the program behind the route answered; with a path: the one behind that route, which is open to the requester.\n',
    '`L`: sent to the login. `-`: refused. `?`: the program has no page there. All of it is what the tables of rights promise.\n\n',
    ...requesters.map((name, index) => `${index + 1}. ${name}\n`),
    '\n',
    row('route', ...requesters.map((_, index) => String(index + 1))),
    row('---', ...requesters.map(() => '---')),
    ...paths.map((path) => row(`\`${path}\``, ...cells.filter((cell) => cell.path === path).map(markOf))),
  ].join('');
}

function markOf({ path, by, observed }: Cell): string {
  return observed === 'reached' && by !== path ? `yes, \`${by}\`` : MARKS[observed];
}
