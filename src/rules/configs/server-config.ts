import type { Reading } from './config';
import type { ConfigFile } from './config-file';

/** The configuration of a server or proxy, and the file that it is known by. */
export interface ServerConfig {
  readonly reading: Reading;
  readonly file: ConfigFile;
}
