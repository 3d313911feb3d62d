import { spawnSync } from 'node:child_process';
import { kubectl, listOf } from '../../integration/support/kubectl';

/** A live object, which a mutation changes in place. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- mutations reach into any object
export type Live = any;

/** What was changed, to be put back. */
export type Undo = () => void | Promise<void>;

const VOLATILE = ['resourceVersion', 'uid', 'creationTimestamp', 'generation', 'managedFields'];

/** Changes a live object as somebody with all rights would. */
export function edit(kind: string, place: string, change: (object: Live) => void): Undo {
  const [namespace = '', name = ''] = place.split('/');
  const before = kubectl(['get', kind, name, `--namespace=${namespace}`, '--output=json']);
  const object = JSON.parse(before) as Live;
  change(object);
  replace(object);
  return () => replace(JSON.parse(before));
}

/** Adds an object. */
export function add(object: object): Undo {
  kubectl(['create', '--filename', '-'], JSON.stringify(object));
  return () => {
    kubectl(['delete', '--filename', '-', '--wait=true'], JSON.stringify(object));
  };
}

/** Takes an object away. */
export function remove(kind: string, place: string): Undo {
  const [namespace = '', name = ''] = place.split('/');
  const object = JSON.parse(kubectl(['get', kind, name, `--namespace=${namespace}`, '--output=json'])) as Live;
  kubectl(['delete', kind, name, `--namespace=${namespace}`]);
  for (const field of VOLATILE) Reflect.deleteProperty(object.metadata, field);
  return () => {
    kubectl(['create', '--filename', '-'], JSON.stringify(object));
  };
}

/** Makes the pods of a Deployment anew, as a changed ConfigMap or Secret would through its hash. */
export function restart(place: string): void {
  const [namespace = '', name = ''] = place.split('/');
  kubectl(['rollout', 'restart', `deployment/${name}`, `--namespace=${namespace}`]);
}

/** Waits until the new pods of a Deployment are ready, a minute at most. */
export function awaitRollout(place: string): void {
  const [namespace = '', name = ''] = place.split('/');
  const options = [`--namespace=${namespace}`, '--timeout=60s'];
  // Whoever judges says what became of it.
  spawnSync('kubectl', ['rollout', 'status', `deployment/${name}`, ...options]);
}

/** The container of that name, or the only one. */
export function container(object: Live, name?: string): Live {
  const { containers } = object.spec.template.spec;
  return name === undefined ? containers[0] : containers.find((candidate: Live) => candidate.name === name);
}

function replace(object: Live): void {
  Reflect.deleteProperty(object.metadata, 'resourceVersion');
  kubectl(['replace', '--filename', '-'], listOf([object]));
}
