/** The facts about a service mesh that concern the other containers of a pod. */
export interface MeshSoftware {
  readonly title: string;
  /** Ports that its proxy opens, over TCP, on all interfaces or on loopback. */
  readonly ports: readonly number[];
  /** UID of the proxy, whose traffic is not led through it. */
  readonly user: number;
  /**
   * Annotations of the pods.
   *
   * @param native whether its proxy is a native sidecar
   * @param drainSeconds time that a classic proxy must go on after its stop signal, where there is any
   */
  readonly annotate: (native: boolean, drainSeconds?: number) => Record<string, string>;
}

/** Istio: ports and user of its page "Application Requirements", annotations of its page "Resource Annotations". */
export const ISTIO: MeshSoftware = {
  title: 'Istio',
  ports: [15000, 15001, 15002, 15004, 15006, 15008, 15009, 15020, 15021, 15053, 15090],
  user: 1337,
  annotate: (native, drainSeconds) => {
    const drain = drainSeconds === undefined ? {} : { terminationDrainDuration: `${drainSeconds}s` };
    const config = JSON.stringify({ holdApplicationUntilProxyStarts: true, ...drain });
    return {
      'sidecar.istio.io/nativeSidecar': String(native),
      ...(native ? {} : { 'proxy.istio.io/config': config }),
    };
  },
};

/**
 * Linkerd: default ports, user and annotations of its page "Proxy Configuration". The annotation of native sidecars was
 * `config.alpha` before it was `config.beta`; a release reads the one it knows.
 */
export const LINKERD: MeshSoftware = {
  title: 'Linkerd',
  ports: [4140, 4143, 4190, 4191],
  user: 2102,
  annotate: (native, drainSeconds) => ({
    'config.alpha.linkerd.io/proxy-enable-native-sidecar': String(native),
    'config.beta.linkerd.io/proxy-enable-native-sidecar': String(native),
    ...(native ? {} : { 'config.linkerd.io/proxy-await': 'enabled' }),
    ...(native || drainSeconds === undefined
      ? {}
      : { 'config.alpha.linkerd.io/proxy-wait-before-exit-seconds': String(drainSeconds) }),
  }),
};
