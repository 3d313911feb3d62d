/** What a namespace of the platform is for; a label of it says so. */
export type NamespaceKind = 'components' | 'project';

const LABEL = 'kaapana.ai/namespace';
const HELM_RELEASE = 'meta.helm.sh/release-name';
const KIND = `namespaceObject.metadata.?labels[?"${LABEL}"]`;

/** The label of a namespace of this kind. */
export function kindLabel(kind: NamespaceKind): Readonly<Record<string, string>> {
  return { [LABEL]: kind };
}

/**
 * CEL that holds in the namespaces of projects: those that are deployed, and those that users make at run time, where
 * nothing is ours and the release of Helm is called as the namespace is (project-namespace, Kaapana 0.6.0).
 */
export const IN_PROJECTS =
  `${KIND}.orValue("") == "project" || (request.namespace.matches("^([a-z0-9-]+-)?project-") && ` +
  `namespaceObject.metadata.?annotations[?"${HELM_RELEASE}"].orValue("") == request.namespace)`;

/** CEL that holds in every namespace of the platform, of all its instances. */
export const IN_PLATFORM = `${KIND}.hasValue() || ${IN_PROJECTS}`;
