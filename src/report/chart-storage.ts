import { type ChartData, chartData } from '../charts/data';
import type { Graph } from '../objects/graph';
import type { StorageRow } from './storage';

/** What charts that others made keep, and what becomes of it. */
export function chartStorage(graph: Graph, extensions: readonly string[]): StorageRow[] {
  return chartData(graph, extensions).map((data) => {
    const [, namespace = ''] = data.object.split('/');
    const isClaim = data.place === 'claim' || data.place === 'claims of a StatefulSet';
    return {
      path: pathOf(data),
      ...(data.directory === undefined || !data.isData ? {} : { directory: data.directory }),
      volume: isClaim ? '(made by its class)' : data.name,
      claim: isClaim ? `${namespace}/${data.name}` : '-',
      size: data.size ?? '',
      pods: data.users,
      holds: `${data.isData ? 'data' : 'files'} of the chart ${data.extension}${data.paths.length > 0 ? ` at ${data.paths.join(', ')}` : ''}; ${fateOf(data)}`,
    };
  });
}

function pathOf({ place, directory, storageClass }: ChartData): string {
  switch (place) {
    case 'pod':
      return 'emptyDir of the pod';
    case 'container':
      return 'the container itself';
    case 'node':
      return directory ?? '';
    default:
      if (storageClass === '') return 'no class: a volume that exists';
      return storageClass === undefined ? 'default class of the server' : `class ${storageClass}`;
  }
}

function fateOf({ place, lost, isRetained, isData }: ChartData): string {
  if (lost === 'with-pod')
    return isData ? 'lost when the pod ends: by an update, a restart of the node, a move' : 'until the pod ends';
  if (place === 'node') return 'stays on the node that it was written on, also after the chart is removed';
  if (lost === 'with-extension')
    return isRetained
      ? 'the claim goes with the chart, its volume stays'
      : 'goes with the chart, unless its class retains volumes';
  return place === 'claim'
    ? 'the claim stays when the chart is removed'
    : 'the claims stay when the chart is removed or has fewer replicas';
}
