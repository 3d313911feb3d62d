import * as pulumi from '@pulumi/pulumi';
import { ApiServer } from './bridge/api-server';
import { refuse } from './bridge/checks';
import { withoutAnswers } from './bridge/debug-log';
import { deploy } from './bridge/deploy';
import { failure } from './bridge/failure';
import { liveProblems } from './bridge/ownership';
import { serverProvider } from './bridge/provider';
import { OutputTokens } from './bridge/tokens';
import { neighbourhood } from './clashes/neighbours';
import { sentences } from './clashes/report';
import { platformOf } from './platform';
import { parseSettings } from './settings/parse';
import { readPulumiConfig } from './settings/pulumi';

/** What `pulumi preview` and `pulumi up` run: settings, tree, checks, bridge, outputs. */
export async function program(): Promise<pulumi.Inputs> {
  withoutAnswers();
  try {
    const { environment, raw, directory } = readPulumiConfig();
    const { settings, secrets } = parseSettings(raw, environment);
    const { graph, owner, outputs } = platformOf(environment, settings, directory);
    const neighbours = neighbourhood({ environment, settings, secrets, graph }, directory);
    refuse(sentences(neighbours.clashes));
    for (const warning of neighbours.warnings) await pulumi.log.warn(warning);
    const kubeconfig = { path: settings.kubeconfig, context: settings.kubeContext };
    refuse(await liveProblems(graph, new ApiServer(kubeconfig), owner, settings.adopt, settings.dataMoved));
    deploy(graph, {
      owner,
      tokens: new OutputTokens((name) => secrets.resolve(name) ?? ''),
      provider: serverProvider(kubeconfig, environment),
      hashSalt: secrets.resolve('configHashSalt') ?? '',
      skipAwait: process.env['KAAPANA_SKIP_AWAIT'] === '1',
    });
    return outputs;
  } catch (problem) {
    throw failure(problem);
  }
}
