/** What the bridge has to know about a kind of object: how the API names it, and whether it has a namespace. */
export interface Kind {
  readonly plural: string;
  readonly namespaced: boolean;
}

const namespaced = (plural: string): Kind => ({ plural, namespaced: true });
const clusterWide = (plural: string): Kind => ({ plural, namespaced: false });

const KINDS: Readonly<Record<string, Kind>> = {
  ClusterRole: clusterWide('clusterroles'),
  ClusterRoleBinding: clusterWide('clusterrolebindings'),
  ConfigMap: namespaced('configmaps'),
  CustomResourceDefinition: clusterWide('customresourcedefinitions'),
  DaemonSet: namespaced('daemonsets'),
  Deployment: namespaced('deployments'),
  HorizontalPodAutoscaler: namespaced('horizontalpodautoscalers'),
  Ingress: namespaced('ingresses'),
  IngressRoute: namespaced('ingressroutes'),
  Job: namespaced('jobs'),
  LimitRange: namespaced('limitranges'),
  Middleware: namespaced('middlewares'),
  Namespace: clusterWide('namespaces'),
  NetworkPolicy: namespaced('networkpolicies'),
  PersistentVolume: clusterWide('persistentvolumes'),
  PersistentVolumeClaim: namespaced('persistentvolumeclaims'),
  PodDisruptionBudget: namespaced('poddisruptionbudgets'),
  PriorityClass: clusterWide('priorityclasses'),
  ResourceQuota: namespaced('resourcequotas'),
  Role: namespaced('roles'),
  RoleBinding: namespaced('rolebindings'),
  Secret: namespaced('secrets'),
  Service: namespaced('services'),
  ServiceAccount: namespaced('serviceaccounts'),
  StatefulSet: namespaced('statefulsets'),
  StorageClass: clusterWide('storageclasses'),
  ValidatingAdmissionPolicy: clusterWide('validatingadmissionpolicies'),
  ValidatingAdmissionPolicyBinding: clusterWide('validatingadmissionpolicybindings'),
};

/**
 * The entry of `kind`.
 *
 * @throws when the bridge does not know it
 */
export function kindOf(kind: string): Kind {
  const found = KINDS[kind];
  if (!found) throw new Error(`the bridge does not know the kind ${kind}; add it to src/objects/kinds.ts`);
  return found;
}
