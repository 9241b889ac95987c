import * as kplus from 'cdk8s-plus-28';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { createError } from '../../private/errors';
import { toDnsLabel } from '../../private/names';
import { readArgument } from '../../private/read-props';

/** The place at which a container is to see the file. */
interface Place {
  readonly pod: MultiContainerPod;
  readonly container: string;
  /** Name of the volume. */
  readonly name: string;
  readonly directory: string;
}

/**
 * Certificates of the authorities that a container trusts when it connects by TLS, in PEM format.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 */
export class CaCertificates {
  /**
   * Certificates from a text, which stands in a ConfigMap of the pod.
   *
   * @param pem one or more certificates, no private key
   * @throws where the text holds no certificate, or a private key
   */
  public static fromPem(pem: string): CaCertificates {
    readArgument('string', pem, 'CaCertificates.fromPem', 'pem');
    if (!pem.includes('-----BEGIN CERTIFICATE-----') || pem.includes('PRIVATE KEY')) {
      throw createError(
        'CaCertificates',
        'the text is not certificates alone in PEM format; pass blocks of "-----BEGIN CERTIFICATE-----" and no private key',
      );
    }
    const file = 'ca.crt';
    return new CaCertificates(file, ({ pod, container, name, directory }) => {
      pod.storage.configFiles({ container, name, directory, files: { [file]: pem } });
    });
  }

  /**
   * Certificates from a key of a Secret, such as `ca.crt` of one that cert-manager writes.
   *
   * @param value the key of the Secret
   */
  public static fromSecret(value: kplus.SecretValue): CaCertificates {
    readArgument('SecretValue', value, 'CaCertificates.fromSecret', 'value');
    const { secret, key } = value;
    return CaCertificates.fromVolume(key, (pod, id, options) => kplus.Volume.fromSecret(pod, id, secret, options));
  }

  /**
   * Certificates from a key of a ConfigMap that exists, such as one that trust-manager writes.
   *
   * @param configMap the ConfigMap
   * @param key its key
   */
  public static fromConfigMap(configMap: kplus.IConfigMap, key: string): CaCertificates {
    readArgument('IConfigMap', configMap, 'CaCertificates.fromConfigMap', 'configMap');
    readArgument('key', key, 'CaCertificates.fromConfigMap', 'key');
    return CaCertificates.fromVolume(key, (pod, id, options) =>
      kplus.Volume.fromConfigMap(pod, id, configMap, options),
    );
  }

  private static fromVolume(
    key: string,
    volume: (pod: MultiContainerPod, id: string, options: kplus.ConfigMapVolumeOptions) => kplus.Volume,
  ): CaCertificates {
    return new CaCertificates(key, ({ pod, container, name, directory }) => {
      const options = { name, items: { [key]: { path: key } } };
      pod.storage.mount(container, directory, volume(pod, `volume-${name}`, options), { readOnly: true });
    });
  }

  private constructor(
    private readonly file: string,
    private readonly mount: (place: Place) => void,
  ) {}

  /**
   * Lets a container of the pod see the certificates.
   *
   * @param use what they are for, unique in the container: a DNS label
   * @internal
   */
  public _mount(pod: MultiContainerPod, container: string, use: string): void {
    this.mount({ pod, container, name: toDnsLabel(container, use, 'ca'), directory: toTrustDirectory(use) });
  }

  /**
   * The file that then holds them.
   *
   * @internal
   */
  public _toFilePath(use: string): string {
    return `${toTrustDirectory(use)}/${this.file}`;
  }
}

function toTrustDirectory(use: string): string {
  return `/etc/trusted-ca/${use}`;
}
