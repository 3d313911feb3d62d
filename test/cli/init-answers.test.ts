import { completed, mistakesIn, type Respondent } from '../../src/cli/init-answers';
import { type Answers, fieldOf, QUESTIONS, wordingOf } from '../../src/cli/init-questions';
import { REQUIRED } from '../settings/support';

const mistakes = (answers: Answers) => mistakesIn(answers, REQUIRED.credentials, 'test');

/** Answers by the words of the question, one after the other; what is proposed where there is none. */
class Script implements Respondent {
  public readonly asked: string[] = [];
  public readonly refused: string[] = [];

  private readonly answers: Readonly<Record<string, (string | boolean)[]>>;

  constructor(answers: Readonly<Record<string, readonly (string | boolean)[]>>) {
    this.answers = Object.fromEntries(Object.entries(answers).map(([words, given]) => [words, [...given]]));
  }

  public async text(message: string, proposal = ''): Promise<string> {
    return String(this.next(message) ?? proposal);
  }

  public async secret(message: string): Promise<string> {
    return String(this.next(message) ?? '');
  }

  public async yes(message: string, proposal: boolean): Promise<boolean> {
    return Boolean(this.next(message) ?? proposal);
  }

  public async choice(message: string, choices: readonly string[], proposal = ''): Promise<string> {
    const answer = String(this.next(message) ?? proposal);
    expect(choices).toContain(answer);
    return answer;
  }

  public refuse(reason: string): void {
    this.refused.push(reason);
    if (this.refused.length > 20) throw new Error(`the script goes in circles: ${reason}`);
  }

  private next(message: string): string | boolean | undefined {
    this.asked.push(message);
    return Object.entries(this.answers)
      .find(([words]) => message.startsWith(words))?.[1]
      .shift();
  }
}

const NEEDED = { Host: ['kaapana.example.org'], Registry: ['registry.example.org/kaapana'] };

test('what is proposed is enough, but for domain and registry', async () => {
  const script = new Script(NEEDED);
  const answers = await completed({}, mistakes, script);
  expect(answers).toMatchObject({
    domain: 'kaapana.example.org',
    httpsPort: '443',
    devMode: false,
    distribution: 'microk8s',
    storageProvider: 'hostpath',
    fastDataDir: '/home/kaapana',
  });
  expect(answers['totalMemory']).toMatch(/^\d+Gi$/);
  expect(answers).not.toHaveProperty('serverStack');
  expect(script.refused).toEqual([]);
  expect(script.asked).not.toContain('Name or address of the NFS server, as the nodes resolve it');
});

test('a wrong answer is refused at once, and asked for again', async () => {
  const script = new Script({
    ...NEEDED,
    Host: ['https://kaapana.example.org', '', 'kaapana.example.org'],
    'DICOM port': ['443', '104'],
    'Memory of the server': ['lots', '64Gi'],
  });
  const answers = await completed({}, mistakes, script);
  expect(answers).toMatchObject({ domain: 'kaapana.example.org', dicomPort: '104', totalMemory: '64Gi' });
  expect(script.refused).toEqual([
    '"https://kaapana.example.org" is not a host name: it has no scheme, port, path or capital letters',
    'is missing',
    '443 is the port of the httpsPort already',
    expect.stringContaining('"lots" is not an amount of memory'),
  ]);
});

test('a question follows from the answers before it', async () => {
  const script = new Script({
    ...NEEDED,
    Environment: ['prod'],
    'Name of this instance': ['', 'trial'],
    'Account at the registry': ['puller'],
    'Password of the account at the registry': ['', 'Pull-1'],
    'Storage of the volumes': ['longhorn'],
    'Name of the main node': ['node-1'],
    'Size of the volumes': ['2Ti'],
    'Mail server': ['mail.example.org'],
  });
  const answers = await completed({}, mistakes, script);
  expect(answers).toMatchObject({
    serverStack: 'prod',
    instanceUid: 'trial',
    httpPort: '0',
    httpsPort: '8443',
    containerRegistryPassword: 'Pull-1',
    mainNodeName: 'node-1',
    volumeSlowData: '2Ti',
    replicaCount: '1',
    'smtp.host': 'mail.example.org',
    'smtp.port': '25',
  });
  expect(script.refused).toHaveLength(2);
  expect(answers).not.toHaveProperty('fastDataDir');
  expect(mistakes(answers)).toEqual([]);
});

test('an offline site names its chart before anything is held against it', async () => {
  const script = new Script({
    ...NEEDED,
    'Work without a connection': [true],
    'Path of the platform chart': ['', '/opt/kaapana.tgz'],
  });
  const answers = await completed({}, mistakes, script);
  expect(answers).toMatchObject({ offlineMode: true, chartPath: '/opt/kaapana.tgz' });
  expect(script.refused).toEqual([expect.stringContaining('needs a chartPath or a registry inside the site')]);
});

test('what is given is not asked for', async () => {
  const script = new Script({ Registry: ['registry.example.org'] });
  const answers = await completed({ domain: 'a.example.org', totalMemory: '64Gi', gpuSupport: true }, mistakes, script);
  expect(answers).toMatchObject({ domain: 'a.example.org', totalMemory: '64Gi', gpuSupport: true });
  expect(script.asked.filter((message) => /^(Host|Memory|Use NVIDIA)/.test(message))).toEqual([]);
});

test.each(QUESTIONS)('$key has a setting, words and an option of its own', (question) => {
  expect(fieldOf(question)).toBeDefined();
  expect(wordingOf(question)).toMatch(/^[A-Z].*[^.;,]$/);
  expect(QUESTIONS.filter(({ flag }) => flag === question.flag)).toHaveLength(1);
});
