import * as pulumi from '@pulumi/pulumi';
import { ApiServer } from '../cluster/api-server';
import type { Kubeconfig } from '../cluster/kubeconfig';
import { recreateThem, rolledYet } from '../cluster/strategy';
import { kubeconfigOf } from '../conflicts/live';
import { verdict } from '../conflicts/verdict';
import { buildEnvironment } from '../environment/load';
import { parseEnvironment } from '../environment/parsed';
import { acknowledge } from '../findings/acknowledge';
import { throwFindings } from '../findings/error';
import { findingTexts } from '../findings/texts';
import type { Graph } from '../objects/graph';
import { readPulumiConfig } from './config';
import { hideResponses } from './debug-log';
import { deploy } from './deploy';
import { failure } from './failure';
import { serverProvider } from './provider';
import { OutputTokens } from './tokens';
import { hideTraces } from './traces';

/** What `pulumi preview` and `pulumi up` run: settings, tree, checks, bridge, outputs. */
export async function program(): Promise<pulumi.Inputs> {
  hideResponses();
  hideTraces();
  try {
    const environment = buildEnvironment(parseEnvironment(readPulumiConfig()));
    const { graph, owner, secrets, settings } = environment;
    // Pulumi runs this program in its own folder, and commands are run where the environments are.
    const { directory } = environment;
    const findings = acknowledge(await verdict(environment, directory, directory), settings.acknowledged);
    throwFindings(findings, environment.howTo);
    const { warnings, acknowledged } = findingTexts(findings, environment.howTo);
    for (const warning of warnings) await pulumi.log.warn(warning);
    for (const entry of acknowledged) await pulumi.log.info(`acknowledged: ${entry}`);
    const kubeconfig = kubeconfigOf(settings);
    deploy(graph, {
      owner,
      rolledYet: await recreated(graph, kubeconfig),
      tokens: new OutputTokens((name) => secrets.resolve(name) ?? ''),
      provider: serverProvider(kubeconfig, environment.environment),
      hashSalt: secrets.resolve('configHashSalt') ?? '',
      skipAwait: process.env['KAAPANA_SKIP_AWAIT'] === '1',
    });
    return environment.outputs;
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
