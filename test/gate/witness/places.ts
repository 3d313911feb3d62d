import { type Pods, templateOf } from '../../../src/checks/network/cluster';
import { type JsonObject, type Manifest, objectAt, objectsAt, textAt } from '../../../src/objects/manifest';
import type { World } from '../../network/world';

/** A container of a workload, with what is around it. */
export interface Place {
  readonly pods: Pods;
  readonly workload: Manifest;
  readonly container: JsonObject;
  readonly image: string;

  /** Whether it runs before the others. */
  readonly isInit: boolean;
}

/** The containers of all workloads. */
export function placesOf({ connectivity: { cluster } }: World): readonly Place[] {
  return [...cluster.workloads.values()].flatMap((pods) => {
    const { workload } = pods;
    const spec = objectAt(objectAt(workload && templateOf(workload)).spec);
    const place = (isInit: boolean) => (container: JsonObject) =>
      workload ? [{ pods, workload, container, image: textAt(container.image) ?? '', isInit }] : [];
    return [
      ...objectsAt(spec.initContainers).flatMap(place(true)),
      ...objectsAt(spec.containers).flatMap(place(false)),
    ];
  });
}

/** The name of an image, without registry and tag. */
export function programOf(image: string): string {
  return /([^/:@]+)(?:[:@][^/]*)?$/.exec(image)?.[1] ?? image;
}

/** The name of a container. */
export function nameOf({ container }: Place): string {
  return textAt(container.name) ?? '';
}

/** Whether the container ends when its work is done: it runs before others, or in a Job. */
export function isEnding({ isInit, workload: { kind } }: Place): boolean {
  return isInit || kind === 'Job' || kind === 'CronJob';
}

/** The volumes of a container's mounts. */
export function volumesOf(place: Place): readonly { readonly mount: JsonObject; readonly volume: JsonObject }[] {
  const volumes = objectsAt(objectAt(objectAt(templateOf(place.workload)).spec).volumes);
  return objectsAt(place.container.volumeMounts).map((mount) => ({
    mount,
    volume: objectAt(volumes.find(({ name }) => name === mount.name)),
  }));
}
