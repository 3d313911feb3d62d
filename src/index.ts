import * as pulumi from '@pulumi/pulumi';
import { ApiServer } from './bridge/api-server';
import { refuse } from './bridge/checks';
import { deploy } from './bridge/deploy';
import { liveProblems } from './bridge/ownership';
import { serverProvider } from './bridge/provider';
import { OutputTokens } from './bridge/tokens';
import { OperatorError } from './operator-error';
import { parseSettings } from './settings/parse';
import { readPulumiConfig } from './settings/pulumi';
import { buildPlatform } from './tree';

/** What `pulumi preview` and `pulumi up` run: settings, tree, checks, bridge, outputs. */
export async function program(): Promise<pulumi.Inputs> {
  try {
    const { environment, raw } = readPulumiConfig();
    const { settings, secrets } = parseSettings(raw, environment);
    const { graph, owner, outputs } = buildPlatform(settings, environment);
    const kubeconfig = { path: settings.kubeconfig, context: settings.kubeContext };
    refuse(await liveProblems(graph, new ApiServer(kubeconfig), owner, settings.adopt));
    const tokens = new OutputTokens((name) => secrets.resolve(name) ?? '');
    deploy(graph, { owner, tokens, provider: serverProvider(kubeconfig, environment), hashSalt: secrets.resolve('configHashSalt') ?? '' });
    return outputs;
  } catch (problem) {
    throw problem instanceof OperatorError ? new pulumi.RunError(problem.message) : problem;
  }
}
