import { given, type JsonObject, object } from '../json';
import { type Texts } from './texts';

const HELM = 'helm.sh/';

/** Facts that every object has. */
export function metadata(manifest: JsonObject, texts: Texts): JsonObject {
  const meta = object(manifest.metadata);
  const annotations = Object.entries(texts.strings(meta.annotations));
  const helm = Object.fromEntries(annotations.filter(([key]) => key.startsWith(HELM)));
  const others = Object.fromEntries(annotations.filter(([key]) => !key.startsWith(HELM)));
  return {
    apiVersion: manifest.apiVersion === undefined ? '' : manifest.apiVersion,
    labels: given(meta.labels) ? texts.strings(meta.labels) : undefined,
    helm: given(helm) ? helm : undefined,
    annotations: given(others) ? others : undefined,
  };
}
