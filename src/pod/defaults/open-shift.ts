import type { Container } from '../manifest/pod-template';
import type { PlatformRules } from './platform';
import { listHostAccess, listOwn, type RenderedPod } from './rendered-pod';

/** The first ID that OpenShift gives to projects, unless its administrators have set other ranges. */
const FIRST_ID = 1_000_000_000;

const TITLE = 'the constraints "restricted-v2" of OpenShift';

/** OpenShift, as its security context constraints "restricted-v2" have it. */
export class OpenShift implements PlatformRules {
  public readonly assignsUser = true;
  public readonly needsCni = true;

  /** Leaves out the users and groups that containers were given through the pod. */
  public complete(pod: RenderedPod): void {
    for (const { name, securityContext } of listOwn(pod)) {
      if (securityContext && pod.isAdded(name)) {
        delete securityContext.runAsUser;
        delete securityContext.runAsGroup;
      }
    }
  }

  /** Reasons why admission would refuse the pod. */
  public validate(pod: RenderedPod): string[] {
    const { securityContext = {} } = pod.spec;
    return [
      ...(pod.isWhole ? validateIds('the pod', securityContext) : []),
      ...listOwn(pod).flatMap(({ name, securityContext: own = {} }) => validateIds(`container "${name}"`, own)),
      ...listHostAccess(pod).map(({ phrase }) => `${phrase}, which ${TITLE} refuse; ${REMEDY}`),
      ...listOwn(pod).flatMap(validateCapabilities),
    ];
  }
}

const REMEDY = 'remove it, or pass `Platform.plain()` where the ServiceAccount may use other constraints';

function validateIds(subject: string, context: Readonly<Record<string, unknown>>): string[] {
  return ['runAsUser', 'fsGroup'].flatMap((field) => {
    const id = context[field];
    return typeof id === 'number' && id < FIRST_ID
      ? [
          `${subject} has \`${field}\` ${id}, which ${TITLE} refuse, as each project has a range from ${FIRST_ID} on; ${REMEDY}`,
        ]
      : [];
  });
}

function validateCapabilities({ name, securityContext }: Container): string[] {
  const { add } = (securityContext?.capabilities ?? {}) as { readonly add?: readonly string[] };
  const refused = (add ?? []).filter((capability) => capability !== 'NET_BIND_SERVICE');
  return refused.length === 0
    ? []
    : [`container "${name}" adds the capabilities ${refused.join(', ')}, which ${TITLE} refuse; ${REMEDY}`];
}
