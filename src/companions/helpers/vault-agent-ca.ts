import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/** Name of the file in its directory. */
const FILE = 'ca.crt';

/** The certificate authority that signed the certificate of Vault. */
export class VaultCa {
  /**
   * From a ConfigMap.
   *
   * @param configMap the ConfigMap
   * @param key its key that holds the certificates, in PEM
   */
  public static fromConfigMap(configMap: kplus.IConfigMap, key = FILE): VaultCa {
    return new VaultCa((scope, name) =>
      kplus.Volume.fromConfigMap(scope, name, configMap, { name, items: { [key]: { path: FILE } } }),
    );
  }

  /**
   * From a Secret.
   *
   * @param secret the Secret
   * @param key its key that holds the certificates, in PEM
   */
  public static fromSecret(secret: kplus.ISecret, key = FILE): VaultCa {
    return new VaultCa((scope, name) =>
      kplus.Volume.fromSecret(scope, name, secret, { name, items: { [key]: { path: FILE } } }),
    );
  }

  private constructor(private readonly make: (scope: Construct, name: string) => kplus.Volume) {}

  /** @internal */
  public _volume(scope: Construct, name: string): kplus.Volume {
    return this.make(scope, name);
  }

  /** @internal */
  public _file(directory: string): string {
    return `${directory}/${FILE}`;
  }
}
