import { readProps } from '../../private/read-props';
import { EksFargate } from './eks-fargate';
import { GkeAutopilot } from './gke-autopilot';
import { OpenShift } from './open-shift';
import type { RenderedPod } from './rendered-pod';

/** Options of a GKE cluster in Autopilot mode. */
export interface GkeAutopilotOptions {
  /**
   * Whether containers may use more than they request while the node has it. A cluster without bursting makes limits of all
   * requests, and rounds the CPU of a pod up to steps of 250m.
   *
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/pod-bursting-gke
   * @default true
   */
  readonly bursting?: boolean;
}

/** The ways of a platform with pods, and its reasons to refuse one. */
export interface PlatformRules {
  /** Whether the platform gives the pod its UID and its group. */
  readonly assignsUser: boolean;
  /** Whether it refuses the init container by which a service mesh leads traffic through its proxy. */
  readonly needsCni: boolean;
  /** Writes into the rendered pod what the platform would make of it. */
  complete(pod: RenderedPod): void;
  /** Reasons why the platform refuses the pod. */
  validate(pod: RenderedPod): string[];
}

/** The platform that pods run on. */
export class Platform {
  /** Kubernetes as it is. */
  public static plain(): Platform {
    return new Platform('plain');
  }

  /**
   * OpenShift with its security context constraints "restricted-v2". Containers that are added through the pod state no UID and no
   * GID, and the pod gets no `fsGroup`: admission takes all three from the ranges of the project, and refuses others. So all
   * containers are one user.
   *
   * @see https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/authentication_and_authorization/managing-pod-security-policies
   */
  public static openShift(): Platform {
    return new Platform('OpenShift', new OpenShift());
  }

  /**
   * GKE in Autopilot mode, with the general-purpose compute class. Requests are what Autopilot would make of them: at least 50m CPU
   * and 52 MiB for each container, and between 1 and 6.5 GiB of memory for each CPU of the pod, for which the requests of the main
   * container are raised. The pods of a DaemonSet have other bounds, and stay as they are.
   *
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/autopilot-resource-requests
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/autopilot-security
   */
  public static gkeAutopilot(options: GkeAutopilotOptions = {}): Platform {
    const { bursting = true } = readProps('GkeAutopilotOptions', options, 'Platform.gkeAutopilot');
    return new Platform(`GKE Autopilot ${bursting}`, new GkeAutopilot(bursting));
  }

  /**
   * Pods on Fargate in EKS. All limits are what is requested, as Fargate asks, and the main container gets what is left of the size
   * that the pod is rounded up to, of which the kubelet takes 256 MiB.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html
   * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate.html
   */
  public static eksFargate(): Platform {
    return new Platform('EKS Fargate', new EksFargate());
  }

  private constructor(
    /** @internal */
    public readonly _name: string,
    /** @internal */
    public readonly _rules?: PlatformRules,
  ) {}
}
