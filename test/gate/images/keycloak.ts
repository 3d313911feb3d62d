import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { complete } from '../../../tools/complete';
import { requirePackages } from '../../../tools/debian';
import { packLayer } from '../../../tools/images/store';
import { toolCache } from '../../../tools/paths';
import { Problem } from '../../../tools/problem';
import type { Report } from '../../../tools/progress';
import { run, tail } from '../../../tools/run';

/** Kaapana 0.6.0 has 26.4.6. */
const VERSION = '26.4.7';
const ARTIFACT = `org.keycloak:keycloak-quarkus-dist:${VERSION}:zip`;
const HOME = 'opt/keycloak';

/** The user of Keycloak's own image; its group is root's. */
const USER = 1000;

/** What Kaapana's Dockerfile sets before it builds the server, and leaves in the image. */
export const KEYCLOAK_ENVIRONMENT = {
  KC_METRICS_ENABLED: 'true',
  KC_HEALTH_ENABLED: 'true',
  KC_HTTP_RELATIVE_PATH: '/auth',
  KC_HTTP_MANAGEMENT_RELATIVE_PATH: '/',
} as const;

/** The options with which Kaapana's Dockerfile builds it; its pods start with `--optimized`. */
const BUILD = [
  'build',
  '--db=postgres',
  '--health-enabled=true',
  '--metrics-enabled=true',
  '--features=admin,admin-api,account,account-api,login,authorization,impersonation,token-exchange',
];

/** The realm's theme, which here looks as Keycloak's own. */
const THEME = { file: 'themes/kaapana/login/theme.properties', content: 'parent=keycloak.v2\n' };

/** Programs of this machine that unpack and build it. */
const PACKAGES = ['maven', 'openjdk-17-jre-headless', 'unzip'];
const PROGRAMS = ['mvn', 'java', 'unzip'];

/** Keycloak as one layer without Java: its distribution, built for PostgreSQL as Kaapana does. */
export async function keycloak(report: Report): Promise<string> {
  const recipe = JSON.stringify([VERSION, BUILD, KEYCLOAK_ENVIRONMENT, THEME, USER]);
  const key = createHash('sha256').update(recipe).digest('hex').slice(0, 12);
  const dir = path.join(toolCache(), `image-keycloak-${key}`);
  const layer = 'layer.tar';
  if (!fs.existsSync(dir)) {
    await requirePrograms();
    await complete(dir, async (result, scratch) => {
      const root = path.join(scratch, 'root');
      const home = path.join(root, HOME);
      report(`downloading Keycloak ${VERSION}`);
      await must('mvn', ['-q', '-B', 'dependency:copy', `-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${scratch}`]);
      fs.mkdirSync(path.dirname(home), { recursive: true });
      await must('unzip', ['-q', path.join(scratch, `keycloak-quarkus-dist-${VERSION}.zip`), '-d', path.dirname(home)]);
      fs.renameSync(path.join(path.dirname(home), `keycloak-${VERSION}`), home);
      fs.mkdirSync(path.dirname(path.join(home, THEME.file)), { recursive: true });
      fs.writeFileSync(path.join(home, THEME.file), THEME.content);
      report('building the server');
      await must(path.join(home, 'bin/kc.sh'), BUILD, KEYCLOAK_ENVIRONMENT);
      fs.mkdirSync(path.join(home, 'data'), { recursive: true });
      await must('chown', ['-R', `${USER}:0`, home]);
      await must('chmod', ['-R', 'g=u', home]);
      await packLayer(root, path.join(result, layer));
    });
  }
  return path.join(dir, layer);
}

/** A machine may have these programs from elsewhere than Debian. */
async function requirePrograms(): Promise<void> {
  const codes = await Promise.all(PROGRAMS.map(async (name) => (await run('which', [name])).code));
  if (codes.some((code) => code !== 0)) await requirePackages(PACKAGES);
}

async function must(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { code, output } = await run(command, args, { env: { ...process.env, ...env } });
  if (code !== 0) {
    throw new Problem(
      `Keycloak's image could not be made: check the network and run the same command again.\n${tail(output, 10)}`,
    );
  }
}
