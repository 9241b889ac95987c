// Patterns: ready-made pods
export { BatchWithLogAgent, BatchWithLogAgentOptions } from './patterns/batch-with-log-agent';
export { CronJobWithLogAgent, CronJobWithLogAgentProps } from './patterns/cron-job-with-log-agent';
export { DeploymentPattern, DeploymentPatternProps } from './patterns/deployment-pattern';
export { JobWithLogAgent, JobWithLogAgentProps } from './patterns/job-with-log-agent';
export { PodPattern } from './patterns/pod-pattern';
export { ServedPattern } from './patterns/served-pattern';
export { WebWithLogAgent, WebWithLogAgentOptions } from './patterns/web-with-log-agent';
export { WebWithLogAgentDaemonSet, WebWithLogAgentDaemonSetProps } from './patterns/web-with-log-agent-daemon-set';
export { WebWithLogAgentDeployment, WebWithLogAgentDeploymentProps } from './patterns/web-with-log-agent-deployment';
export { ScaledWebWithLogAgent } from './patterns/web-with-log-agent-scaled';
export { WebWithLogAgentPod, WebWithLogAgentPodProps } from './patterns/web-with-log-agent-pod';
export {
  WebWithLogAgentStatefulSet,
  WebWithLogAgentStatefulSetProps,
} from './patterns/web-with-log-agent-stateful-set';

// Web servers: main containers
export { NginxProps } from './web/nginx';
export { WebServer, WebServerProps } from './web/web-server';

// Companions that ship, print and rotate logs
export { Alloy, AlloyProps } from './companions/logs/alloy';
export { AlloyLokiOptions, AlloyOutput } from './companions/logs/alloy-output';
export { Filebeat, FilebeatProps } from './companions/logs/filebeat';
export {
  FilebeatElasticsearchOptions,
  FilebeatHostsOptions,
  FilebeatKafkaOptions,
  FilebeatOutput,
  FilebeatOutputOptions,
  FilebeatRedisOptions,
} from './companions/logs/filebeat-output';
export { FluentBit, FluentBitProps } from './companions/logs/fluent-bit';
export { FluentBitFilter } from './companions/logs/fluent-bit-filter';
export {
  FluentBitForwardOptions,
  FluentBitHttpOptions,
  FluentBitLokiOptions,
  FluentBitNetworkOptions,
  FluentBitOpenTelemetryOptions,
  FluentBitOutput,
  FluentBitOutputOptions,
  FluentBitS3Options,
  FluentBitSearchOptions,
} from './companions/logs/fluent-bit-output';
export { Fluentd, FluentdProps } from './companions/logs/fluentd';
export {
  FluentdForwardOptions,
  FluentdHttpOptions,
  FluentdOutput,
  FluentdOutputOptions,
} from './companions/logs/fluentd-output';
export { LogRotator, LogRotatorProps } from './companions/logs/log-rotator';
export { LogStreamer, LogStreamerProps } from './companions/logs/log-streamer';
export { OtelCollector, OtelCollectorProps, OtelReceiverOptions } from './companions/logs/otel-collector';
export { OtelExporter } from './companions/logs/otel-collector-exporter';
export {
  OtelElasticsearchOptions,
  OtelExporterOptions,
  OtelHttpOptions,
  OtelLokiOptions,
  OtelOtlpOptions,
} from './companions/logs/otel-collector-options';
export { OtelSignal } from './companions/logs/otel-collector-signal';
export { Vector, VectorProps } from './companions/logs/vector';
export {
  VectorElasticsearchOptions,
  VectorHttpOptions,
  VectorLokiOptions,
  VectorS3Options,
  VectorSinkOptions,
  VectorVectorOptions,
} from './companions/logs/vector-options';
export { VectorSink } from './companions/logs/vector-sink';
export { VectorTransform } from './companions/logs/vector-transform';

// Ambassadors: companions that stand between the pod and the world
export {
  CloudSqlEngine,
  CloudSqlInstance,
  CloudSqlNetwork,
  CloudSqlProxy,
  CloudSqlProxyProps,
} from './companions/ambassadors/cloud-sql-proxy';
export { Envoy, EnvoyBootstrap, EnvoyProps } from './companions/ambassadors/envoy';
export { EnvoyLimits, EnvoyProtocol, EnvoyUpstream } from './companions/ambassadors/envoy-upstream';
export { HaProxy, HaProxyConfig, HaProxyProps } from './companions/ambassadors/ha-proxy';
export { HaProxyBackend, HaProxyBalance, HaProxyMode, HaProxyServer } from './companions/ambassadors/ha-proxy-backend';
export { NginxReverseProxy, NginxReverseProxyProps, NginxTls } from './companions/ambassadors/nginx-reverse-proxy';
export { OAuth2Proxy, OAuth2ProxyProps, OAuth2RedisOptions } from './companions/ambassadors/oauth2-proxy';
export { OAuth2GitHubOptions, OAuth2OidcOptions, OAuth2Provider } from './companions/ambassadors/oauth2-proxy-provider';
export {
  PgBouncer,
  PgBouncerAuthentication,
  PgBouncerDatabase,
  PgBouncerPoolMode,
  PgBouncerProps,
  PgBouncerTlsMode,
} from './companions/ambassadors/pg-bouncer';
export { PgBouncerCredentials } from './companions/ambassadors/pg-bouncer-credentials';

// Adapters: companions that show a container to Prometheus
export { NginxExporter, NginxExporterProps } from './companions/adapters/nginx-exporter';
export {
  PostgresExporter,
  PostgresExporterProps,
  PostgresExporterSslMode,
} from './companions/adapters/postgres-exporter';
export { RedisExporter, RedisExporterProps, RedisExporterTls } from './companions/adapters/redis-exporter';
export { StatsdExporter, StatsdExporterProps, StatsdMapping } from './companions/adapters/statsd-exporter';

// Helpers: companions that bring content, configuration and secrets
export { ConfigReloader, ConfigReloaderProps } from './companions/helpers/config-reloader';
export {
  ConfigReload,
  HttpReloadMethod,
  HttpReloadOptions,
  ReloadSignal,
  SignalReloadOptions,
} from './companions/helpers/config-reloader-reload';
export { GitSubmodules, GitSync, GitSyncProps } from './companions/helpers/git-sync';
export { GitAuth, GitPasswordOptions, GitSshOptions } from './companions/helpers/git-sync-auth';
export { VaultAgent, VaultAgentProps } from './companions/helpers/vault-agent';
export {
  VaultAppRoleOptions,
  VaultAuth,
  VaultAuthOptions,
  VaultServiceAccountOptions,
} from './companions/helpers/vault-agent-auth';
export { VaultCa } from './companions/helpers/vault-agent-ca';
export { VaultTemplate } from './companions/helpers/vault-agent-template';

// Init companions: what runs to its end before the main container
export { CopyFiles, CopyFilesProps } from './companions/init/copy-files';
export { InitContainer } from './companions/init/init-container';
export { RunFirst, RunFirstOfMainProps, RunFirstOptions, RunFirstProps } from './companions/init/run-first';
export { WaitFor, WaitForHttpProps, WaitForOptions, WaitForTcpProps } from './companions/init/wait-for';

// Companions: any image of yours
export { Sidecar } from './companions/sidecar';

// The pod: what its containers share
export { MultiContainerPod, MultiContainerPodOptions } from './pod/multi-container-pod';
export { ICompanion, ILogAgent } from './pod/companion';
export { CompanionOptions, RunningCompanionOptions } from './pod/companion-options';
export {
  InitContainerProps,
  MainContainerProps,
  PodContainerOptions,
  RunningContainerOptions,
  SidecarProps,
} from './pod/container-options';
export { InboundProxyOptions } from './pod/inbound-proxy';
export { ExposeOptions } from './pod/exposure';
export { ExporterOptions } from './pod/exporter';
export { MonitorOptions } from './pod/monitoring';
export { KeepAvailableOptions, ScaleOnCpuOptions } from './pod/scaling';

// its network
export { AmbassadorPort } from './pod/ambassador';
export { CaCertificates } from './pod/ca-certificates';
export { Endpoint } from './pod/endpoint';
export { EndpointVariables } from './pod/endpoint-variables';
export { ClaimOptions, PodNetwork } from './pod/network';
export { UpstreamTls } from './pod/upstream-tls';

// its storage
export { ConfigFiles } from './pod/config-files';
export { SharedVolume } from './pod/shared-volume';
export { VolumeOptions } from './pod/empty-dirs';
export { ServiceAccountTokenOptions } from './pod/service-account-token';
export { ConfigFilesOptions, PodStorage, ScratchOptions } from './pod/storage';

// its logs
export { LogAgent, LogAgentOptions } from './pod/log-agent';
export { LogFiles, LogFilesOptions, LogFormat, LogFormatOptions, Multiline } from './pod/log-files';
export {
  ApplicationRotationOptions,
  LogRotation,
  LogRotationMethod,
  LogRotationOptions,
  RenameAndSignalOptions,
} from './pod/log-rotation';
export { LogDirectoryOptions, PodLogs } from './pod/logs';

// its lifecycle
export { PodLifecycle, PreStopSleep, SidecarMode } from './pod/lifecycle';

// Rules: what is wrong with finished manifests
export { Finding, Severity } from './rules/finding';
export { PodRules } from './rules/pod-rules';
export { EnforceOptions, PodRulesOptions } from './rules/pod-rules-options';
export { PodRulesReport } from './rules/report';
export { PodRulesValidation } from './rules/validation';

// Synthesis: what writes the manifests
export { FastApp } from './synth/fast-app';
