import { given, type JsonObject, list, mapValues, object, objects, scalar } from '../json';
import { type Texts } from './texts';

const HANDLERS = ['httpGet', 'tcpSocket', 'grpc', 'exec'];

/** Facts of a probe: what it asks, and its timing. */
export function probe(spec: JsonObject, texts: Texts): JsonObject {
  return {
    ...mapValues(spec, (value, key) => (HANDLERS.includes(key) ? undefined : value)),
    ...handler(spec, texts),
  };
}

function handler(spec: JsonObject, texts: Texts): JsonObject {
  if ('httpGet' in spec) return httpGet(object(spec.httpGet), texts);
  for (const type of ['tcpSocket', 'grpc']) {
    if (type in spec) return { type, port: scalar(object(spec[type]).port) };
  }
  return 'exec' in spec ? { type: 'exec', command: texts.texts(list(object(spec.exec).command)) } : {};
}

function httpGet(spec: JsonObject, texts: Texts): JsonObject {
  const headers = objects(spec.httpHeaders).map((header) => [scalar(header.name), texts.text(header.value)] as const);
  return {
    type: 'httpGet',
    path: texts.text(spec.path ?? '/'),
    port: scalar(spec.port),
    scheme: spec.scheme ?? 'HTTP',
    headers: given(headers.length) ? Object.fromEntries(headers) : undefined,
  };
}
