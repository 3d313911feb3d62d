import * as kplus from 'cdk8s-plus-27';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  AdmissionPolicy,
  type Endpoint,
  Identity,
  ingressRules,
  Middleware,
  policyRules,
  Volume,
  WebRoute,
  Workload,
  httpProbe,
} from '../kube';
import type { ComponentProps } from '../platform/component-props';
import type { KaapanaPlatform } from '../platform/kaapana-platform';

/** Properties of `KubeDashboard`. */
export type KubeDashboardProps = ComponentProps;

const NAME = 'kubernetes-dashboard';
const LABELS = { 'app.kubernetes.io/name': NAME };
const ACCOUNT = 'kaapana-kube-dashboard';
const PORT = 9090;
const PATH = '/kubernetes';

/** Key against forged requests: it fills the Secret when it first starts, and does not start without one. */
const FORGERY_KEY = 'kubernetes-dashboard-csrf';

/**
 * Key of its sessions: it makes the Secret itself, and writes it whole at each change (dashboard 2.7.0, keyholder.go).
 */
const SESSION_KEY = 'kubernetes-dashboard-key-holder';

/** What users see, by API group: no Secrets, no shells. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  '': [
    'configmaps',
    'endpoints',
    'events',
    'limitranges',
    'namespaces',
    'nodes',
    'persistentvolumeclaims',
    'persistentvolumes',
    'pods',
    'pods/log',
    'replicationcontrollers',
    'resourcequotas',
    'serviceaccounts',
    'services',
  ],
  'apiextensions.k8s.io': ['customresourcedefinitions'],
  apps: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  autoscaling: ['horizontalpodautoscalers'],
  batch: ['cronjobs', 'jobs'],
  'metrics.k8s.io': ['nodes', 'pods'],
  'networking.k8s.io': ['ingressclasses', 'ingresses', 'networkpolicies'],
  policy: ['poddisruptionbudgets'],
  'rbac.authorization.k8s.io': ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles'],
  'scheduling.k8s.io': ['priorityclasses'],
  'storage.k8s.io': ['storageclasses'],
  'traefik.io': ['ingressroutes', 'middlewares'],
};
const READ = ['get', 'watch', 'list'] as const;

/** Web page about the objects of the cluster (kube-dashboard-chart, Kaapana 0.6.0). */
export class KubeDashboard extends Construct {
  constructor(scope: Construct, id: string, props: KubeDashboardProps) {
    super(scope, id);
    const { platform, namespace } = props;

    new kplus.Secret(this, FORGERY_KEY, { metadata: { name: FORGERY_KEY, namespace, labels: LABELS } });
    this.limitSecrets(namespace);
    const page = new Workload(this, 'Page', {
      platform,
      namespace,
      name: NAME,
      revisionHistoryLimit: 10,
      identity: this.createIdentity(namespace),
      container: {
        image: platform.images.ref('kube-dashboard'),
        args: [
          `--namespace=${namespace}`,
          '--enable-skip-login',
          '--disable-settings-authorizer',
          `--insecure-port=${PORT}`,
          '--insecure-bind-address=0.0.0.0',
        ],
        ports: { http: PORT },
        mounts: [Volume.emptyDir('tmp-volume').at('/tmp')],
        resources: { memoryRequest: '50Mi', memoryLimit: '100Mi' },
        security: { runAsUser: 1001, runAsGroup: 2001 },
        livenessProbe: {
          ...httpProbe('/', 'http', 'HTTP'),
          initialDelaySeconds: 30,
          timeoutSeconds: 30,
        },
      },
    });
    new k8s.KubeNetworkPolicy(this, 'Policy', {
      metadata: { name: 'kubernetes-dashboard-allow-ingress-traefik', namespace },
      spec: {
        podSelector: { matchLabels: LABELS },
        policyTypes: ['Ingress'],
        ingress: ingressRules(namespace, [{ from: platform.proxy, port: PORT, protocol: 'TCP' }]),
      },
    });

    const service = page.expose('Service', { name: NAME, ports: { http: PORT } });
    this.createRoute(platform, service.endpoint('http'));
  }

  /** Looks at most of the cluster and restarts pods; it changes nothing else than its own keys. */
  private createIdentity(namespace: string): Identity {
    return new Identity(this, 'Identity', {
      name: ACCOUNT,
      namespace,
      clusterName: 'kaapana-kube-dashboard',
      clusterRole: 'kaapana-kube-dashboard-production',
      clusterReason: 'administrators look at the cluster by it; Secrets are hidden',
      clusterRules: [...policyRules(READ, SHOWN), { apiGroups: [''], resources: ['pods'], verbs: [...READ, 'delete'] }],
      roles: {
        [namespace]: [
          {
            apiGroups: [''],
            resources: ['secrets'],
            resourceNames: [FORGERY_KEY, SESSION_KEY],
            verbs: ['get', 'update'],
          },
          // A request to create one names none that a role could.
          { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
        ],
      },
    });
  }

  /** A role cannot say which Secret may be created, and one of another type would hold the token of any account. */
  private limitSecrets(namespace: string): void {
    new AdmissionPolicy(this, 'SecretPolicy', {
      name: 'kaapana-dashboard-secrets',
      requests: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['secrets'], operations: ['CREATE'] }],
      conditions: {
        'by-the-dashboard': `request.userInfo.username == "system:serviceaccount:${namespace}:${ACCOUNT}"`,
      },
      validations: [
        {
          expression: `object.metadata.?name.orValue("") == "${SESSION_KEY}" && object.?type.orValue("Opaque") == "Opaque"`,
          message: `the dashboard makes the Secret ${SESSION_KEY} alone`,
        },
      ],
    });
  }

  private createRoute(platform: KaapanaPlatform, to: Endpoint): void {
    const { namespace } = to.service;
    const redirect = new Middleware(this, 'Redirect', {
      name: 'kube-redirect',
      namespace,
      spec: { redirectRegex: { regex: `^.*${PATH}([^\\/]*)$`, replacement: `${PATH}/#/pod?namespace=_all` } },
    });
    new WebRoute(this, 'Route', {
      platform,
      name: 'kubedashboard-ingress-ip',
      paths: [PATH],
      to,
      middlewares: [redirect],
      strip: 'kube-strip-prefix',
      annotations: {
        'kubernetes.io/ingress.global-static-ip-name': 'kubernetes-ingress',
        'ingress.kubernetes.io/auth-remove-header': 'true',
        'ingress.kubernetes.io/custom-request-headers': 'Authorization:||cookie:',
      },
    });
  }
}
