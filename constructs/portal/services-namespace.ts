import type { Construct } from 'constructs';
import { PlatformNamespace, type PlatformNamespaceProps } from '../platform/platform-namespace';
import { SharedAccounts, type SharedAccountsProps } from '../platform/shared-accounts';

/** Properties of `ServicesNamespace`. */
export interface ServicesNamespaceProps extends Omit<PlatformNamespaceProps, 'closed'> {
  /** Networks that count as inside, in CIDR notation; pods reach no others. */
  readonly internalCidrs: readonly string[];

  readonly accounts: Omit<SharedAccountsProps, 'namespace'>;
}

/**
 * The namespace of an instance's components, and of the applications that users install (services-namespace, Kaapana
 * 0.6.0).
 */
export class ServicesNamespace extends PlatformNamespace {
  public readonly accounts: SharedAccounts;

  constructor(scope: Construct, id: string, props: ServicesNamespaceProps) {
    super(scope, id, { ...props, closed: true });
    this.accounts = new SharedAccounts(this, 'Accounts', { ...props.accounts, namespace: this.name });
  }
}
