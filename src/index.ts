import * as pulumi from '@pulumi/pulumi';
import { refuse } from './bridge/checks';
import { withoutAnswers } from './bridge/debug-log';
import { deploy } from './bridge/deploy';
import { failure } from './bridge/failure';
import { serverProvider } from './bridge/provider';
import { OutputTokens } from './bridge/tokens';
import { kubeconfigOf, liveFindings } from './clashes/live';
import { neighbourhood } from './clashes/neighbours';
import { sentences } from './clashes/report';
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
    const neighbours = neighbourhood({ environment, settings, secrets, graph }, directory);
    refuse(sentences(neighbours.clashes));
    const live = await liveFindings({ environment, settings, graph, owner });
    refuse(live.problems);
    for (const warning of [...unreadWarnings(unread), ...platformWarnings({ settings, secrets, graph, howTo: new HowTo(environment) }), ...neighbours.warnings, ...live.warnings]) await pulumi.log.warn(warning);
    deploy(graph, {
      owner,
      tokens: new OutputTokens((name) => secrets.resolve(name) ?? ''),
      provider: serverProvider(kubeconfigOf(settings), environment),
      hashSalt: secrets.resolve('configHashSalt') ?? '',
      skipAwait: process.env['KAAPANA_SKIP_AWAIT'] === '1',
    });
    return outputs;
  } catch (problem) {
    throw failure(problem);
  }
}
