import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { inParallel } from '../../../src/base/parallel';
import { listPath } from '../../../src/cluster/paths';
import type { Manifest } from '../../../src/objects/manifest';

/**
 * Namespaces ask for the first; few of Kaapana's images run without root. A further instance's routes carry the second:
 * the server's own Traefik would take those that name a class of Traefik's.
 */
const EXPECTED_WARNING =
  /would violate PodSecurity \\?"restricted:latest|annotation \\?"kubernetes.io\/ingress.class\\?" is deprecated/;

const OPTIONS = 'dryRun=All&fieldValidation=Strict&force=true&fieldManager=dry-run';
const AT_ONCE = 8;

/**
 * What the API server says about objects, strictly, without keeping them; kubectl would ask it the same in ten times
 * the time.
 */
export class DryRun {
  /** Objects that were right; the next platform has most of them too. */
  private readonly known = new Set<string>();

  private constructor(
    private readonly url: string,
    private readonly proxy: ChildProcess,
  ) {}

  /** Opens a way to the API server of this test run. */
  public static async open(): Promise<DryRun> {
    const proxy = spawn('kubectl', ['proxy', '--port=0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(proxy.stdout, 'data')) as [Buffer];
    return new DryRun(`http://${/\d+\.\d+\.\d+\.\d+:\d+/.exec(line.toString())?.[0] ?? ''}`, proxy);
  }

  public async close(): Promise<void> {
    const closed = once(this.proxy, 'close');
    this.proxy.kill();
    await closed;
  }

  /** A sentence for each error and each warning, e.g. of a deprecated field. */
  public async problems(objects: readonly Manifest[]): Promise<string[]> {
    const found: string[] = [];
    await inParallel(objects, AT_ONCE, async (object) => {
      found.push(...(await this.problemsOf(object)));
    });
    return found;
  }

  /** Why the API server refuses an object; nothing where it takes it, with or without a warning. */
  public async refusal(object: Manifest): Promise<string | undefined> {
    const answer = await this.send(object, JSON.stringify(object));
    const text = await answer.text();
    return answer.ok ? undefined : text;
  }

  private send(object: Manifest, body: string): Promise<Response> {
    const path = `${listPath(object)}/${encodeURIComponent(object.metadata.name)}?${OPTIONS}`;
    return fetch(`${this.url}${path}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/apply-patch+yaml' },
      body,
    });
  }

  private async problemsOf(object: Manifest): Promise<string[]> {
    const body = JSON.stringify(object);
    if (this.known.has(body)) return [];
    const {
      kind,
      metadata: { name },
    } = object;
    const answer = await this.send(object, body);
    const text = await answer.text();
    const warnings = answer.headers.get('warning')?.split(/, (?=299 )/) ?? [];
    const problems = [...(answer.ok ? [] : [text]), ...warnings.filter((warning) => !EXPECTED_WARNING.test(warning))];
    if (problems.length === 0) this.known.add(body);
    return problems.map((problem) => `${kind}/${name}: ${problem}`);
  }
}
