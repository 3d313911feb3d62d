import * as fs from 'node:fs';
import * as path from 'node:path';
import { run } from '../../tools/run';
import { ensureToolchain, type Toolchain } from '../../tools/toolchain';
import { VERSIONS } from '../../tools/versions';
import { archive, Mirror } from '../tools/mirror';
import { folder } from '../tools/support';

const PULUMI = ['pulumi', 'pulumi-language-nodejs'];
const mirror = new Mirror();
const ENV = { ...process.env };
let own: Toolchain;
let published: Toolchain;

beforeAll(async () => {
  // A Pulumi on PATH would be used as it is.
  const searched = (process.env['PATH'] ?? '').split(path.delimiter);
  process.env['PATH'] = searched.filter((dir) => !fs.existsSync(path.join(dir, 'pulumi'))).join(path.delimiter);
  own = await ensureToolchain(['kwok', ...PULUMI]);
  mirror.has('kwok', fs.readFileSync(own.path('kwok')));
  mirror.has(
    'pulumi',
    archive(
      'pulumi',
      PULUMI.map((name) => own.path(name)),
    ),
  );
  Object.assign(process.env, { KAAPANA_CACHE: folder(), KAAPANA_RELEASES: await mirror.serve() });
  published = await ensureToolchain(['kwok', ...PULUMI]);
}, 300_000);

afterAll(() => {
  mirror.close();
  process.env = ENV;
});

test('programs from a mirror that the toolchain filled run, and say the pinned version', async () => {
  for (const name of ['kwok', ...PULUMI]) expect(published.path(name)).not.toBe(own.path(name));
  expect((await run(published.path('pulumi'), ['version'])).stdout).toBe(`v${VERSIONS.pulumi}`);
  expect((await run(published.path('kwok'), ['--version'])).stdout).toMatch(`kwok version v${VERSIONS.kwok} `);
  expect((await run(published.path('pulumi-language-nodejs'), ['--help'])).output).toContain('Usage of');
});
