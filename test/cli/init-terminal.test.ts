import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Answers, QUESTIONS, wordingOf } from '../../src/cli/init-questions';
import { kaapana, workDirectory } from './support';
import { Terminal } from './terminal';

const directory = workDirectory();
const CACHES = join('.cache', 'build');
const NEEDED: Answers = { domain: 'kaapana.example.org', containerRegistryUrl: 'registry.example.org/kaapana' };
const ENTER = '\r';
const CTRL_C = '\u0003';

/** Writes a `pulumi` that fails at the command `failing`; gives its folder. */
function pulumiIn(folder: string, failing = 'none'): string {
  const pulumi = join(folder, 'pulumi');
  writeFileSync(
    pulumi,
    `#!/bin/sh\ncat > /dev/null\nif [ "$2" = '${failing}' ]; then echo 'error: no login' >&2; exit 255; fi\nif [ "$2" = ls ]; then echo '[]'; fi\n`,
  );
  chmodSync(pulumi, 0o755);
  return folder;
}

/** `kaapana init prod` at a terminal, beside that `pulumi`. */
function init(name: string, args: readonly string[] = [], failing?: string): { terminal: Terminal; file: string } {
  const folder = join(directory, name);
  mkdirSync(folder);
  const env = { ...process.env, KUBECONFIG: 'kubeconfig', PATH: `${pulumiIn(folder, failing)}:/usr/bin:/bin` };
  return {
    terminal: new Terminal(['init', 'prod', ...args], { cwd: folder, env }),
    file: join(folder, 'Pulumi.prod.yaml'),
  };
}

/** Answers each question that follows upon what is proposed: by `answers`, or by the proposal itself. */
async function answer(terminal: Terminal, answers: Answers, questions = QUESTIONS): Promise<void> {
  const asked = questions.filter(({ when }) => when?.({ storageProvider: 'hostpath', ...answers }) !== false);
  for (const question of asked) {
    await terminal.shows(`? ${wordingOf(question)}`);
    terminal.type(`${String(answers[question.key] ?? '')}${ENTER}`);
  }
}

/** What V8 compiled of the command for this use. */
function compiled(): string[] {
  return (existsSync(CACHES) ? readdirSync(CACHES) : []).filter((file) =>
    /^src-cli-index\.js\..*\.init\.cache$/.test(file),
  );
}

test.each(['cold', 'warm'])('a terminal is asked, with a %s cache of what was compiled', async (cache) => {
  if (cache === 'cold') for (const file of compiled()) rmSync(join(CACHES, file));
  const { terminal, file } = init(cache);
  await answer(terminal, NEEDED);
  expect({ status: await terminal.end(), text: terminal.text }).toMatchObject({
    status: 0,
    text: expect.stringMatching(/Pulumi\.prod\.yaml is written, with \d+ secrets, encrypted/) as string,
  });
  const { config } = parse(readFileSync(file, 'utf8')) as { config: Record<string, unknown> };
  expect(config).toMatchObject({
    'kaapana:domain': 'kaapana.example.org',
    'kaapana:httpsPort': 443,
    'kaapana:devMode': false,
    'kaapana:storageProvider': 'hostpath',
  });
  expect(compiled()).toHaveLength(1);
});

test('a wrong answer is refused at once, and asked for again', async () => {
  const { terminal, file } = init('wrong');
  await terminal.shows('? Environment');
  terminal.type(ENTER);
  await terminal.shows('? Host name');
  terminal.type(`https://a.example.org${ENTER}`);
  await terminal.shows('  "https://a.example.org" is not a host name');
  await answer(terminal, NEEDED, QUESTIONS.slice(QUESTIONS.findIndex(({ key }) => key === 'domain')));
  expect(await terminal.end()).toBe(0);
  expect(readFileSync(file, 'utf8')).toContain('  kaapana:domain: kaapana.example.org\n');
});

test('Ctrl-C ends it with a sentence, and nothing is made', async () => {
  const { terminal, file } = init('interrupted');
  await terminal.shows('? Environment');
  terminal.type(CTRL_C);
  expect(await terminal.end()).toBe(1);
  expect(terminal.text).toMatch(/\nnothing was created: the questions were interrupted\n$/);
  expect(existsSync(file)).toBe(false);
});

test('where it fails at the end, a command gives all answers again', async () => {
  const { terminal } = init('late', [], 'select');
  await answer(terminal, NEEDED);
  expect(await terminal.end()).toBe(1);
  const [, command = ''] =
    /\npulumi stack select failed: error: no login\nYour answers are not lost:\n {2}npx kaapana (.*)\n$/.exec(
      terminal.text,
    ) ?? [];
  expect(command).toMatch(
    /^init prod --domain kaapana\.example\.org --http-port 80 .* --no-dev-mode --distribution microk8s .* --memory \d+Gi --yes$/,
  );
  const folder = join(directory, 'late');
  const again = kaapana(command.split(' '), {
    cwd: folder,
    env: { ...process.env, KUBECONFIG: 'kubeconfig', PATH: `${pulumiIn(folder)}:/usr/bin:/bin` },
  });
  expect(again).toMatchObject({ status: 0, stderr: '' });
  expect(parse(readFileSync(join(folder, 'Pulumi.prod.yaml'), 'utf8'))).toMatchObject({
    config: { 'kaapana:domain': 'kaapana.example.org', 'kaapana:devMode': false },
  });
});

test('no password is in that command, which asks for it again', async () => {
  const { terminal } = init('secrets');
  await terminal.shows('? Environment');
  terminal.type(ENTER);
  await answer(
    terminal,
    { ...NEEDED, containerRegistryUsername: 'puller', containerRegistryPassword: 'Pull-1' },
    QUESTIONS.filter(({ key }) => /^domain|Port$|^containerRegistry/.test(key)),
  );
  await terminal.shows('? Tag of the images');
  terminal.type(CTRL_C);
  expect(await terminal.end()).toBe(1);
  expect(terminal.text).toMatch(
    /Your answers are not lost, except for passwords:\n {2}npx kaapana init prod .* --registry-username puller\n$/,
  );
  expect(terminal.text).not.toContain('Pull-1');
});
