/** A mail server, and who gets the alerts by it. */
export interface AlertMail {
  readonly host: string;

  readonly port: number;

  /** Sender address of mails. */
  readonly sender: string;

  /** Addresses that mails go to. @default - nobody; alerts are notifications alone */
  readonly recipients?: readonly string[];

  /** Account at the mail server; with one, mails go by TLS alone. @default - none is needed */
  readonly account?: { readonly username: string; readonly password: string };
}

/** Where alerts go. */
export interface AlertRouting {
  /** URL that gets every alert. */
  readonly webhook: string;

  /** File with the password of the mail account. */
  readonly passwordFile: string;

  readonly mail?: AlertMail;
}

const RECEIVER = 'platform';
const SMTPS = 465;

/** The configuration of Alertmanager, in its own words. */
export function alertmanagerConfig({ webhook, passwordFile, mail }: AlertRouting): object {
  const recipients = mail?.recipients ?? [];
  return {
    global: mail && {
      smtp_smarthost: `${mail.host}:${mail.port}`,
      smtp_from: mail.sender,
      // There TLS comes first, and is not begun by a command.
      smtp_require_tls: mail.account !== undefined && mail.port !== SMTPS,
      ...(mail.account ? { smtp_auth_username: mail.account.username, smtp_auth_password_file: passwordFile } : {}),
    },
    route: {
      receiver: RECEIVER,
      group_by: ['alertname', 'namespace'],
      group_wait: '30s',
      group_interval: '1m',
      repeat_interval: '12h',
      routes: [{ matchers: ['severity="critical"'], receiver: RECEIVER, repeat_interval: '4h' }],
    },
    // Once something is critical, its warnings say nothing new.
    inhibit_rules: [
      {
        source_matchers: ['severity="critical"'],
        target_matchers: ['severity="warning"'],
        equal: ['alertname', 'instance', 'mountpoint', 'path', 'cn'],
      },
    ],
    receivers: [
      {
        name: RECEIVER,
        webhook_configs: [{ url: webhook, send_resolved: true }],
        ...(recipients.length === 0 ? {} : { email_configs: [{ to: recipients.join(', '), send_resolved: true }] }),
      },
    ],
  };
}
