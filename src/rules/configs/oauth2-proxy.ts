import { memoizeByText } from '../../private/memo';
import type { ContainerView } from '../model/container-view';
import { findRunningSoftware } from '../model/software';
import { type ConfiguredListener, NOTHING_READ, type Reading, toLiteralValue } from './config';
import type { ConfigFiles } from './config-file';
import { readConfigPaths } from './config-path';
import { parseListeners } from './endpoints';
import type { ServerConfig } from './server-config';

const DEFAULT_ADDRESS = '127.0.0.1:4180';
/** Flags and variables that say it in place of the file. */
const OTHER_ADDRESS = /^(--?|OAUTH2_PROXY_)(alpha[-_]config|https?[-_]address|metrics|tls)/i;
/** Settings that open more than is read here. */
const MORE = /^\s*(https_address|tls_|metrics_secure_address)/m;

/** The file that OAuth2 Proxy is told to read, where nothing else says where it listens. */
export function readOAuth2ProxyConfig(container: ContainerView, files: ConfigFiles): ServerConfig | undefined {
  const { words } = findRunningSoftware(container);
  const variables = container.field.at('env').items.map((item) => item.at('name').text ?? '');
  const { paths, isUnclear } = readConfigPaths(container);
  const isSaidElsewhere = [...words, ...variables].some((name) => OTHER_ADDRESS.test(name));
  if (paths.length !== 1 || isUnclear || isSaidElsewhere || container.field.at('envFrom').exists) {
    return undefined;
  }
  const file = files.findFile(paths[0]!);
  return file && { file, reading: readOAuth2ProxyText(file.text) };
}

const readOAuth2ProxyText = memoizeByText((text: string): Reading => {
  const http = findSetting(text, 'http_address') ?? DEFAULT_ADDRESS;
  const metrics = findSetting(text, 'metrics_address') ?? '';
  return {
    ...NOTHING_READ,
    listeners: [...toAddress(http, 'its `http_address`'), ...toAddress(metrics, 'its metrics')],
    isPartial: MORE.test(text) || [http, metrics].some((value) => toLiteralValue(value) === undefined),
  };
});

/** A setting of its file, which is one of TOML. */
function findSetting(text: string, name: string): string | undefined {
  return new RegExp(`^\\s*${name}\\s*=\\s*["']([^"'\\n]*)["']`, 'm').exec(text)?.[1];
}

function toAddress(value: string, purpose: string): readonly ConfiguredListener[] {
  return parseListeners(value.replace(/^https?:\/\//, ''), purpose);
}
