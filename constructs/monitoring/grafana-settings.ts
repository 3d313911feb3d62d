/** Settings of Grafana that differ from its own defaults, by section and name. */
export type GrafanaSettings = Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;

/** How Grafana is set up: pages for everybody who gets past the reverse proxy, changes for its administrator alone. */
export function grafanaSettings(options: { readonly url: string; readonly homeDashboard: string }): GrafanaSettings {
  return {
    server: { http_port: 3000, root_url: options.url, serve_from_sub_path: false },
    // No pages of other hosts, no word to the maker.
    analytics: {
      reporting_enabled: false,
      check_for_updates: false,
      check_for_plugin_updates: false,
      feedback_links_enabled: false,
    },
    plugins: { plugin_admin_enabled: false, preinstall_disabled: true },
    snapshots: { external_enabled: false },
    news: { news_feed_enabled: false },
    // The landing page shows panels in frames.
    security: { allow_embedding: true, cookie_secure: true, disable_gravatar: true },
    users: { allow_sign_up: false, allow_org_create: false, default_theme: 'dark' },
    'auth.anonymous': { enabled: true, org_name: 'Main Org.', org_role: 'Viewer' },
    'auth.basic': { enabled: false },
    // Believed from within the pod alone: from elsewhere, whoever reaches Grafana could claim any name.
    'auth.proxy': {
      enabled: true,
      header_name: 'X-Auth-Username',
      header_property: 'username',
      auto_sign_up: true,
      whitelist: '127.0.0.1',
    },
    dashboards: { default_home_dashboard_path: options.homeDashboard },
    log: { mode: 'console', level: 'info' },
    metrics: { enabled: true },
  };
}

/** The settings as Grafana reads them. */
export function ini(settings: GrafanaSettings): string {
  return Object.entries(settings)
    .map(
      ([section, values]) =>
        `[${section}]\n${Object.entries(values)
          .map(([name, value]) => `${name} = ${value}\n`)
          .join('')}`,
    )
    .join('\n');
}
