import type { NeighbourFacts, WiringFacts } from '../facts/platform';
import { nameOf } from '../finding';
import type { Texts } from './text';

/** What is told of objects that do not fit together, or not to their server. */
export const WIRING_TEXTS: Texts<WiringFacts & NeighbourFacts> = {
  'node-port-outside': ({ subject, facts: { component, port, given }, remedies }, howTo) => {
    const fixed = remedies.some(({ kind }) => kind === 'remove') ? 'It can have no other. ' : '';
    return `${nameOf(subject)} of ${component} wants the node port ${port}, and the server gives out ${given}. ${fixed}${howTo.remedies(remedies)}`;
  },
  'port-of-node-program': ({ subject, facts: { component, port, program }, remedies }, howTo) =>
    `${nameOf(subject)} of ${component} wants the port ${port} of every node, which is that of ${program} there: its traffic would be taken. ${howTo.remedies(remedies)}`,
  'duplicate-object': ({ subject, facts: { paths } }) =>
    `${nameOf(subject)} is in the tree ${paths.length} times: ${paths.join(', ')}`,
  'dangling-reference': ({ subject, facts: { to, namespaces = [] } }) =>
    `${nameOf(subject)} refers to ${to}, which does not exist${namespaces.length > 0 ? ` there; the one in ${namespaces.join(', ')} can be used by objects of that namespace alone` : ''}`,
  'exposed-secret': ({ subject, facts: { path, secrets } }) =>
    `${nameOf(subject)}: ${path} holds the secret ${secrets.join(', ')}; refer to a Secret instead`,
  'joined-output': ({ subject, facts: { path } }) =>
    `${nameOf(subject)}: ${path} holds an Output; make it a text token first`,
  'overlapping-volumes': ({ subject, facts: { other, path } }) =>
    `${nameOf(subject)} and ${other} share the path ${path}`,
  'shared-node-port': ({ facts: { objects, port } }) => `${objects.join(' and ')} want the same node port, ${port}`,
  'long-name': ({ subject, facts: { length, limit } }) =>
    `${nameOf(subject)}: its name has ${length} characters, and may have ${limit}`,
  'borrowed-labels': ({ subject, facts: { of } }) =>
    `${nameOf(subject)}: its pods have the labels of those of ${of}, and would get what is meant for them; give them labels of their own`,
  'selected-pods': ({ subject, facts: { of } }) =>
    `${nameOf(subject)}: it selects the pods of ${of}, which are not the chart's`,
  'taken-route': ({ subject, facts: { of, path } }) =>
    `${nameOf(subject)}: the path ${path} belongs to ${of}; give it a path of its own, by a value of the chart where it has one, or leave it out by --without Ingress`,
  'taken-directory': ({ subject, facts: { of, path } }) =>
    `${nameOf(subject)}: the directory ${path} is that of ${of}, or lies in it or around it`,
};
