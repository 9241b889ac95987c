/** Settings of the agent. */
export interface VaultAgentSettings {
  readonly address: string;
  readonly namespace?: string;
  readonly caFile?: string;
  readonly method: { readonly [setting: string]: unknown };
  readonly refreshSeconds: number;
  /** Whether it ends where a template cannot be rendered, rather than try on. */
  readonly exitOnFailure: boolean;
  readonly templates: readonly TemplateFile[];
}

/** One file that the agent renders. */
export interface TemplateFile {
  readonly source: string;
  readonly destination: string;
  readonly permissions: string;
}

/**
 * The configuration of the agent. It has no listener, as nothing asks the agent, and no sink: its token is for itself
 * alone.
 *
 * @see https://developer.hashicorp.com/vault/docs/agent-and-proxy/agent
 */
export function renderVaultAgent(settings: VaultAgentSettings): string {
  const { address, namespace, caFile, method, refreshSeconds, exitOnFailure, templates } = settings;
  const config = {
    vault: { address, namespace, ca_cert: caFile },
    auto_auth: { method: [method] }, // a list, because HCL reads an object of nothing but objects as one with a longer name
    template_config: {
      static_secret_render_interval: `${refreshSeconds}s`,
      exit_on_retry_failure: exitOnFailure,
    },
    template: templates.map(({ source, destination, permissions }) => ({
      source,
      destination,
      perms: permissions,
      error_on_missing_key: true,
    })),
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
