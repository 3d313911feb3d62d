import * as pulumi from '@pulumi/pulumi';
import { ApiServer } from './bridge/api-server';
import { refuse } from './bridge/checks';
import { withoutAnswers } from './bridge/debug-log';
import { deploy } from './bridge/deploy';
import { failure } from './bridge/failure';
import type { Graph } from './bridge/graph';
import type { Kubeconfig } from './bridge/kubeconfig';
import { serverProvider } from './bridge/provider';
import { recreateThem, rolledYet } from './bridge/strategy';
import { OutputTokens } from './bridge/tokens';
import { kubeconfigOf } from './clashes/live';
import { verdict } from './clashes/verdict';
import { platformOf } from './platform';
import { HowTo } from './settings/how-to';
import { unreadWarnings } from './settings/keys';
import { parseSettings } from './settings/parse';
import { readPulumiConfig } from './settings/pulumi';
import { platformWarnings } from './warnings';

/** What `pulumi preview` and `pulumi up` run: settings, tree, checks, bridge, outputs. */
export async function program(): Promise<pulumi.Inputs> {
  withoutAnswers();
  try {
    const { environment, raw, unread, directory } = readPulumiConfig();
    const { settings, secrets } = parseSettings(raw, environment);
    const { graph, owner, outputs } = platformOf(environment, settings, directory);
    const howTo = new HowTo(environment);
    const { problems, warnings } = await verdict({ environment, settings, secrets, graph, owner }, directory);
    refuse(problems);
    for (const warning of [...unreadWarnings(unread), ...platformWarnings({ settings, secrets, graph, howTo }), ...warnings]) await pulumi.log.warn(warning);
    const kubeconfig = kubeconfigOf(settings);
    deploy(graph, {
      owner,
      rolledYet: await recreated(graph, kubeconfig),
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

/** Readies Deployments whose strategy changes; a preview changes nothing, and gives those that an update would. */
async function recreated(graph: Graph, kubeconfig: Kubeconfig): Promise<ReadonlySet<string>> {
  const server = new ApiServer(kubeconfig);
  try {
    const deployments = await rolledYet(graph, server);
    if (pulumi.runtime.isDryRun()) return new Set(deployments.map(({ id }) => id));
    await recreateThem(deployments, server);
    return new Set();
  } finally {
    server.close();
  }
}
