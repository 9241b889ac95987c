import { readProps } from '../../private/read-props';
import { ISTIO, LINKERD, type MeshSoftware } from './mesh-software';

/** Options of a service mesh. */
export interface ServiceMeshOptions {
  /**
   * Whether its proxy is a native sidecar: it starts before all other containers, stops after them, and lets a Job end. The pods get
   * the annotation that says so to the mesh.
   *
   * @default - true, unless `kubernetes` names a version before 1.29
   */
  readonly nativeSidecar?: boolean;

  /**
   * Whether a CNI plugin leads the traffic of a pod through the proxy as soon as the pod has a network. Otherwise an init container
   * of the mesh does that, which is the last of them.
   *
   * @see https://istio.io/latest/docs/setup/additional-setup/cni/
   * @see https://linkerd.io/2/features/cni/
   * @default - true on OpenShift and GKE Autopilot, which refuse the capability that the init container needs; false elsewhere
   */
  readonly cni?: boolean;
}

/**
 * A service mesh that puts its proxy into the pods when they are created, where no manifest shows it. Its ports are taken, its user
 * is nobody else's, and what cannot run beside its proxy is reported by `synth`. The mesh itself, and the label that has it put its
 * proxy into the pods, are yours.
 */
export class ServiceMesh {
  /** No mesh, where a scope further up names one. */
  public static none(): ServiceMesh {
    return new ServiceMesh();
  }

  /**
   * Istio with sidecars. Its proxy is a native sidecar by default from Istio 1.27 on, and takes the annotation
   * `sidecar.istio.io/nativeSidecar` of the pods. It takes ports from 15000 to 15090 and the user 1337. As a classic sidecar it is told
   * to hold the others back until it runs, and to drain until classic sidecars have flushed.
   *
   * @see https://istio.io/latest/docs/ops/deployment/application-requirements/
   * @see https://istio.io/latest/docs/reference/config/annotations/
   */
  public static istio(options: ServiceMeshOptions = {}): ServiceMesh {
    return new ServiceMesh(ISTIO, readProps('ServiceMeshOptions', options, 'ServiceMesh.istio'));
  }

  /**
   * Linkerd. Its proxy is a native sidecar where the annotation `proxy-enable-native-sidecar` of the pods says so. It takes the ports
   * 4140, 4143, 4190 and 4191 and the user 2102. As a classic sidecar it holds the others back until it runs, and is told to wait
   * until classic sidecars have flushed.
   *
   * @see https://linkerd.io/2/reference/proxy-configuration/
   * @see https://linkerd.io/2/features/native-sidecars/
   */
  public static linkerd(options: ServiceMeshOptions = {}): ServiceMesh {
    return new ServiceMesh(LINKERD, readProps('ServiceMeshOptions', options, 'ServiceMesh.linkerd'));
  }

  private constructor(
    /** @internal */
    public readonly _software?: MeshSoftware,
    /** @internal */
    public readonly _options: ServiceMeshOptions = {},
  ) {}
}
