/**
 * What a user passes, by the name of the prop or parameter, which its owner stands before: `FluentBitProps.name`. The first
 * entry that matches counts; a `#` is a number that nothing else in the composition has.
 */
export const WORDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^OtelExporter\.of\.type$/, ['debug']],
  [/^VectorSink\.of\.type$/, ['console', 'blackhole']],
  [/^(Filebeat|FluentBit|Fluentd)Output\.of\.(name|type)$/, ['stdout', 'console', 'null']],
  [/^FluentBitFilter\.of\.name$/, ['grep', 'modify']],
  [/^OAuth2Provider\.of\./, ['gitlab', 'azure']],
  [/^VaultAuth\.of\.method$/, ['aws', 'azure']],
  [/^Vault\w+Options\.mountPath$/, ['kubernetes', 'teams/shop']],
  [/^VaultAgentProps\.address$/, ['https://vault.example.com:8200']],
  [/^VectorVectorOptions\.address$/, ['vector.example.com:6000']],
  [/^\w+ExporterProps\.address$/, ['localhost:5432']],
  [/^EndpointVariables\.(host|port|address|url)$/, ['VARIABLE_#']],
  [/^OAuth2RedisOptions\.url$/, ['redis://redis.example.com:6379']],
  [/^EnvoyUpstream\.name|^HaProxyBackend\.name|^PgBouncerDatabase\.name/, ['shop-#', 'api#']],
  [/^StatsdMapping\.name$/, ['shop_requests']],
  [/^StatsdMapping\.match$/, ['shop.*.requests']],
  [/^HttpReloadOptions\.path$/, ['/-/reload']],
  [/^PathMapping\.path$/, ['part-#', 'site/part-#']],
  [/apiVersion$/, ['v1']],
  [/subdomain$/, ['shop']],
  [/^Volume\.fromCsi\.driver$/, ['csi.example.com']],
  [/^Sysctl\.name$/, ['net.ipv4.ip_unprivileged_port_start']],
  [/^Sysctl\.value$/, ['0', '1024']],
  [/^HostAlias\.ip$|nameservers/, ['10.0.0.53', '127.0.0.1']],
  [/^DnsOption\.value$/, ['2']],
  [/^DnsOption\.name$/, ['ndots']],
  [/^ServiceProps\.clusterIP$/, ['None']],
  [/trustedProxies$/, ['10.0.0.0/8']],
  [/binaryData$/, ['aGVsbG8=']],
  [/\.timeZone$/, ['Europe/Paris', 'Etc/UTC']],
  [/connectionName$/, ['acme:europe-west1:shop-#']],
  [/repository$/, ['https://git.example.com/acme/site.git', 'ssh://git@git.example.com/acme/site.git']],
  [/\.hosts$/, ['search-#.example.com:9200', 'http://search.example.com:9200']],
  [
    /(endpoint|[uU]rl)$/,
    ['http://loki.example.com:3100', 'https://telemetry.example.com:4317', 'http://localhost:8080'],
  ],
  [/(host|serverName|hostnames|[dD]omains?|hostHeader|searches)$/, ['db.example.com', 'api']],
  [/image$/, ['acme/app:1.0.0', `registry.example.com:5000/acme/tool:2.1@sha256:${'a'.repeat(64)}`]],
  [/expression$/, ['^(?<level>\\w+) (?<message>.*)$']],
  [/firstLine$/, ['^\\d{4}-']],
  [/program$/, ['.shop = "blue"']],
  [/condition$/, ['.level == "error"']],
  [/pattern$/, ['app-#.log', '*.log']],
  [/rotatedFiles$/, ['*.log.gz']],
  [/timeFormat$/, ['%Y-%m-%dT%H:%M:%S']],
  [/timeKey$|[fF]ield$/, ['time', 'level']],
  [/permissions$/, ['0640', '0600']],
  [/subdirectory$|subPath$|prefix$/, ['site/part']],
  [/subPathExpr$/, ['$(POD_NAME)']],
  [/healthPath|healthCheckPath/, ['/healthz']],
  [/skipAuthRoutes$/, ['GET=^/public']],
  [/retryOn$/, ['5xx', 'connect-failure']],
  [/process$/, ['app']],
  [/signal$/, ['USR1']],
  [/pem$/, ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n']],
  [/serverConfiguration$/, ['server { listen 8080; root /usr/share/nginx/html; }\n']],
  [/serverDirectives$/, ['add_header X-Shop blue;']],
  [/mappingConfig$/, ['mappings: []\n']],
  [/HaProxyConfig\.text$/, ['defaults\n  timeout client 10s\n']],
  [
    /(path|directory|Directory|[dD]irectories|reads|writes|from|to|workingDir|paths)$/,
    ['/data-#', '/srv/shop-#/files'],
  ],
  [/portName$|(^|\.)(name|id|link)$|^name$|[nN]amespace$/, ['n#', 'shop-#']],
  [/envVariables\[\]$|(addEnv|addVariable)\.name$/, ['VARIABLE_#']],
  [/args$/, ['--verbose=true', '--level=#']],
  [/command$/, ['app', 'run']],
  [/.*/, ['shop', 'blue-#']],
];

/** The same for numbers; a port that is not here is one that nothing else has. */
export const NUMBERS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/[pP]ort$|\.number$|portNumber$/, []],
  [/(user|group|fsGroup|uid|gid)$/i, [1000, 2000, 65534]],
  [/successThreshold$/, [1]],
  [/maxReplicas$/, [5, 10]],
  [/minReplicas$|replicas$/, [2, 3]],
  [/averageUtilization$|percent/, [50, 80]],
  [/status$/, [200, 204]],
  [/[mM]ode$/, [0o440, 0o644]],
  [/histogramBuckets$/, [0.1, 1, 10]],
  [/^Duration\.(seconds|millis)/, [5, 10, 30]],
  [/^(Size\.mebibytes|Cpu\.millis)/, [64, 128, 250]],
  [/.*/, [1, 2, 5]],
];

/** Values that a user hardly means, but can pass: the library refuses them, or they reach the API server as they are. */
export const ODD_WORDS: readonly string[] = [
  ...[
    '',
    ' ',
    '-',
    '.',
    '..',
    '/',
    'a b',
    'a,b',
    'a/b',
    'a:b:c',
    '../up',
    'UPPER_Case',
    '$(NAME)',
    '${NAME}',
    '*',
    '=',
    'true',
    '0',
  ],
  ...['größe', '日本', 'x'.repeat(64), 'y'.repeat(300), 'two\nlines', 'carriage\rreturn', 'tab\tstop'],
  ...[
    'line\u2028separator',
    'paragraph\u2029separator',
    'next\u0085line',
    'bell\u0007',
    'delete\u007f',
    'none\ufffe',
    '\ud800',
    'nul\u0000',
  ],
];

/** Names that something else in the composition may have. */
export const TAKEN: readonly string[] = [
  'n1',
  'n2',
  'n3',
  'n4',
  'shop-1',
  'shop-2',
  'shop-3',
  'shop-4',
  'main',
  'http',
];

export const ODD_NUMBERS: readonly number[] = [
  ...[0, -1, 0.5, 1.5, 22, 80, 150, 8080, 65_536, 2_147_483_647, 2_147_483_648, 1e21, Number.MAX_SAFE_INTEGER],
  ...[Number.NaN, Number.POSITIVE_INFINITY],
];

/** How often an optional prop is given, in percent, where that differs: what a companion does nothing without, and the like. */
export const GIVEN: readonly (readonly [RegExp, number])[] = [
  [/Envoy\w*\.upstreams|HaProxy\w*\.backends|\.emailDomains$|\.(logs|rotation)$|^StatefulSetProps\.service$/, 90],
  [/^(MainContainerProps|ApplicationProps)\.port|^RunningContainerOptions\.ports$|^ContainerProps\.ports$/, 60],
  [
    /^Redis\w+\.address$|^ConfigReloaderProps\.files$|^ConfigFilesOptions\.(directory|files)$|^NginxProps\.loopback$/,
    70,
  ],
  [/(CompanionOptions|ExporterOptions|Container\w+|\w+Props)\.name$|^VolumeMount\.subPath$|^EndpointVariables\./, 50],
  [
    /^AbstractPodProps\.(initContainers|hostNetwork)$|preStopPause$|^ConfigFilesOptions\.paths$|bearerToken$|^ServingOptions\.loopback$/,
    4,
  ],
  [/^EnvoyProps\.bootstrap|^HaProxyProps\.config|\.mappingConfig$|\.serverConfiguration$|idecarMode$|\.mode$/, 4],
];

/** What no composition passes: what it passes itself, and objects that stand for other pods. */
export const OMITTED = /^AbstractPodProps\.containers$|^EnvValueFromResourceOptions\.container$|\.selector$/;

/** Props and values that a user has little reason to pass; a value stands behind "=". */
export const ODD_ONLY = new RegExp(
  [
    ...[
      '^AbstractPodProps\\.restartPolicy$',
      'JobProps\\.restartPolicy=ALWAYS',
      'sysctls$',
      '^ContainerOpts\\.restartPolicy$',
      'hostPort$',
      'hostIp$',
      '(TcpSocket|Http)\\w*\\.host$',
      '^ContainerSecurityContextProps\\.capabilities$',
    ],
    ...['hostNetwork=true', 'privileged=true', 'ensureNonRoot=false', 'allowPrivilegeEscalation=true', 'select=false'],
    ...[
      'subPathExpr$',
      'propagation=(BIDIRECTIONAL|HOST_TO_CONTAINER)',
      'ontainerSecurityContextProps\\.seccompProfile',
    ],
    ...['podManagementPolicy$', 'enableServiceLinks$', 'ApiObjectMetadata\\.(ownerReferences|finalizers)$'],
    ...[
      '^RunningContainerOptions\\.ports$',
      'immutable=false',
      'ServiceType=EXTERNAL_NAME',
      'serviceType=EXTERNAL_NAME',
    ],
  ].join('|'),
);

/** Static factories that a user reaches for, where there are others; some are never called. */
export const FACTORIES: Readonly<
  Record<string, { readonly sane: readonly string[]; readonly never?: readonly string[] }>
> = {
  ConfigMap: { sane: ['fromConfigMapName'], never: ['new'] },
  Cpu: { sane: ['millis'] },
  Cron: { sane: ['hourly', 'daily', 'weekly'] },
  Duration: { sane: ['seconds'], never: ['new', 'parse'] },
  EnvValue: { sane: ['fromValue', 'fromSecretValue', 'fromConfigMap', 'fromFieldRef'], never: ['new', 'fromProcess'] },
  PersistentVolumeClaim: { sane: ['fromClaimName'], never: ['new'] },
  Secret: { sane: ['fromSecretName'], never: ['new'] },
  ServiceAccount: { sane: ['fromServiceAccountName'], never: ['new'] },
  Size: { sane: ['mebibytes', 'gibibytes'] },
  Volume: { sane: ['fromEmptyDir', 'fromConfigMap', 'fromSecret', 'fromPersistentVolumeClaim'] },
};
