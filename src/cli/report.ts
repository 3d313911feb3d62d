import { Command } from 'commander';
import { textTable } from '../base/table';
import { loadEnvironment } from '../environment/load';
import { chartStorage } from '../report/chart-storage';
import { exitTable, reachTable, routeTable } from '../report/routes';
import { storageMap } from '../report/storage';

const ENVIRONMENT = ['--env <name or path>', 'an environment (Pulumi.<name>.yaml) or any file in that format'] as const;

/** `kaapana routes`: who reaches what. */
export function routesCommand(): Command {
  return new Command('routes')
    .description(
      'print web routes with their authentication, and the connections that network policies allow in and out',
    )
    .requiredOption(...ENVIRONMENT)
    .action(({ env }: { env: string }) => {
      const { graph } = loadEnvironment(env);
      const routes = routeTable(graph).map(({ path, requester, to, middlewares }) => [
        path,
        requester,
        to,
        middlewares,
      ]);
      const reach = reachTable(graph).map(({ to, ports, from }) => [to, ports, from]);
      const exits = exitTable(graph).map(({ from, ports, to }) => [from, ports, to]);
      process.stdout.write(
        [
          textTable(['PATH', 'WHO', 'SERVICE', 'MIDDLEWARES'], routes),
          textTable(['PODS', 'PORTS', 'FROM'], reach),
          textTable(['PODS', 'PORTS', 'TO'], exits),
        ].join('\n'),
      );
    });
}

/** `kaapana storage`: which data lies where. */
export function storageCommand(): Command {
  return new Command('storage')
    .description('print where each volume is stored, who uses it, and what is lost without it')
    .requiredOption(...ENVIRONMENT)
    .option('--directories', 'print only the directories, one per line', false)
    .action(({ env, directories }: { env: string; directories: boolean }) => {
      const { app, graph, settings, thirdParty } = loadEnvironment(env);
      const own = storageMap(app, graph);
      const names = thirdParty.map(({ name }) => name);
      const ofCharts = chartStorage(graph, names);
      if (directories) {
        // Those of an NFS server are made there, and charts have theirs on the nodes.
        const listed = settings.storageProvider === 'nfs' ? own : [...own, ...ofCharts];
        const all = new Set(listed.flatMap(({ directory }) => directory ?? []));
        process.stdout.write([...all].map((directory) => `${directory}\n`).join(''));
        return;
      }
      const rows = [...own, ...ofCharts].map(({ path, size, claim, volume, pods, holds }) => [
        path,
        size,
        claim,
        volume,
        pods.join(', ') || 'nobody',
        holds,
      ]);
      process.stdout.write(textTable(['PATH', 'SIZE', 'CLAIM', 'VOLUME', 'PODS', 'HOLDS'], rows));
    });
}
