import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { yaml } from '../../constructs/kube/yaml';
import { makeDirectory } from '../base/files';
import { OperatorError } from '../base/operator-error';
import { parseReference } from '../objects/image-reference';
import type { Settings } from '../settings/parse';
import { type BundledChart, bundledCharts } from './charts';
import { writeChecksums } from './checksums';
import type { BundledImage } from './images';
import { type BundledTool, TOOLS } from './tools';

/** Names of the lists in a bundle. */
export const LISTS = {
  images: 'images.json',
  names: 'images.txt',
  sync: 'images.yaml',
  mirror: 'mirror.txt',
  charts: 'charts.json',
  tools: 'tools.json',
} as const;

/** A bundle that was written. */
export interface Bundle {
  readonly images: readonly BundledImage[];
  readonly charts: readonly BundledChart[];
  readonly tools: readonly BundledTool[];
}

/**
 * Writes what an offline site needs to `directory`, and the checksums of all that is there.
 *
 * @param home folder of the environment's file, which charts that others made lie below
 * @throws OperatorError when nothing can be written
 */
export async function writeBundle(
  directory: string,
  images: readonly BundledImage[],
  settings: Settings,
  home: string,
): Promise<Bundle> {
  const charts = bundledCharts(settings, images);
  // What others sent as an archive is there already, and need not be in any registry.
  const fetched = images.filter(
    ({ archives = [] }) => !archives.some((archive) => existsSync(join(directory, archive))),
  );
  try {
    makeDirectory(directory);
    for (const [file, content] of Object.entries(lists(images, fetched, charts)))
      writeFileSync(join(directory, file), content);
    copyCharts(directory, settings, home);
    await writeChecksums(directory);
  } catch (problem) {
    throw new OperatorError(`the bundle cannot be written to ${directory}: ${(problem as Error).message}`);
  }
  return { images, charts, tools: TOOLS };
}

function lists(
  images: readonly BundledImage[],
  fetched: readonly BundledImage[],
  charts: readonly BundledChart[],
): Record<string, string> {
  const json = (rows: readonly object[]): string => `${JSON.stringify(rows, null, 1)}\n`;
  return {
    [LISTS.images]: json(images),
    [LISTS.names]: fetched.map(({ source }) => `${source}\n`).join(''),
    [LISTS.sync]: yaml(syncSource(fetched)),
    [LISTS.mirror]: images.map(({ source, target }) => `${source} ${target}\n`).join(''),
    [LISTS.charts]: json(charts),
    [LISTS.tools]: json(TOOLS),
  };
}

/** What `skopeo sync --src yaml` reads: tags by repository by registry. */
function syncSource(images: readonly BundledImage[]): Record<string, { images: Record<string, string[]> }> {
  const registries: Record<string, { images: Record<string, string[]> }> = {};
  for (const { host, repository, version } of images.map(({ source }) => parseReference(source))) {
    const registry = (registries[host] ??= { images: {} });
    (registry.images[repository] ??= []).push(version);
  }
  return registries;
}

/**
 * Charts that others made lie beside the environment. The platform's own chart, if it is on this machine, is taken
 * along.
 */
function copyCharts(
  directory: string,
  { chartPath, thirdPartyExtensions, platformName }: Settings,
  home: string,
): void {
  const files = [
    ...thirdPartyExtensions.map(({ as, chart }) => ({ from: join(home, chart), to: `charts/${as}.tgz` })),
    ...(chartPath !== undefined && existsSync(chartPath)
      ? [{ from: chartPath, to: `charts/${chartPath.split('/').at(-1) ?? platformName}` }]
      : []),
  ];
  for (const { from, to } of files) {
    makeDirectory(join(directory, dirname(to)));
    copyFileSync(from, join(directory, to));
  }
}
