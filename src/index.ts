// Patterns: ready-made pods
export {
  AppPatternProps,
  DeploymentPatternProps,
  PodPattern,
  ScaledPattern,
  ServedPattern,
} from './patterns/pod-pattern';
export { WebWithLogAgentPod, WebWithLogAgentPodProps } from './patterns/web-with-log-agent-pod';
export { WebWithLogAgentDeployment, WebWithLogAgentDeploymentProps } from './patterns/web-with-log-agent-deployment';
export {
  WebWithLogAgentStatefulSet,
  WebWithLogAgentStatefulSetProps,
} from './patterns/web-with-log-agent-stateful-set';
export { WebWithLogAgentDaemonSet, WebWithLogAgentDaemonSetProps } from './patterns/web-with-log-agent-daemon-set';
export { WebWithLogAgentOptions } from './patterns/web-with-log-agent';
export { JobWithLogAgent, JobWithLogAgentProps } from './patterns/job-with-log-agent';
export { CronJobWithLogAgent, CronJobWithLogAgentProps } from './patterns/cron-job-with-log-agent';
export { BatchWithLogAgentOptions } from './patterns/batch-with-log-agent';
export {
  WebWithAuthProxyDeployment,
  WebWithAuthProxyDeploymentProps,
} from './patterns/web-with-auth-proxy-deployment';
export {
  WebWithContentSyncDeployment,
  WebWithContentSyncDeploymentProps,
} from './patterns/web-with-content-sync-deployment';
export {
  AppWithDatabaseProxyDeployment,
  AppWithDatabaseProxyDeploymentProps,
} from './patterns/app-with-database-proxy-deployment';
export {
  AppWithMetricsAdapterDeployment,
  AppWithMetricsAdapterDeploymentProps,
} from './patterns/app-with-metrics-adapter-deployment';
export {
  AppWithConfigReloaderDeployment,
  AppWithConfigReloaderDeploymentProps,
} from './patterns/app-with-config-reloader-deployment';

// Web servers and applications: main containers
export { ApplicationProps } from './web/application';
export { NginxProps } from './web/nginx/props';
export { ServingOptions } from './web/serving';
export { WebServer, WebServerProps } from './web/web-server';

// Companions that ship, print and rotate logs
export { Alloy, AlloyProps } from './companions/logs/alloy/index';
export { AlloyLokiOptions, AlloyOutput } from './companions/logs/alloy/output';
export { Filebeat, FilebeatProps } from './companions/logs/filebeat/index';
export {
  FilebeatElasticsearchOptions,
  FilebeatHostsOptions,
  FilebeatKafkaOptions,
  FilebeatOutput,
  FilebeatOutputOptions,
  FilebeatRedisOptions,
} from './companions/logs/filebeat/output';
export { FluentBit, FluentBitProps } from './companions/logs/fluent-bit/index';
export { FluentBitFilter } from './companions/logs/fluent-bit/filter';
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
} from './companions/logs/fluent-bit/output';
export { Fluentd, FluentdProps } from './companions/logs/fluentd/index';
export {
  FluentdForwardOptions,
  FluentdHttpOptions,
  FluentdOutput,
  FluentdOutputOptions,
} from './companions/logs/fluentd/output';
export { LogRotator, LogRotatorProps } from './companions/logs/log-rotator';
export { LogStreamer, LogStreamerProps } from './companions/logs/log-streamer';
export { OtelCollector, OtelCollectorProps, OtelReceiverOptions } from './companions/logs/otel-collector/index';
export { OtelExporter } from './companions/logs/otel-collector/exporter';
export {
  OtelElasticsearchOptions,
  OtelExporterOptions,
  OtelHttpOptions,
  OtelLokiOptions,
  OtelOtlpOptions,
} from './companions/logs/otel-collector/options';
export { OtelSignal } from './companions/logs/otel-collector/signal';
export { Vector, VectorProps } from './companions/logs/vector/index';
export {
  VectorElasticsearchOptions,
  VectorHttpOptions,
  VectorLokiOptions,
  VectorS3Options,
  VectorSinkOptions,
  VectorVectorOptions,
} from './companions/logs/vector/options';
export { VectorSink } from './companions/logs/vector/sink';
export { VectorTransform } from './companions/logs/vector/transform';

// Ambassadors: companions that stand between the pod and the world
export {
  CloudSqlEngine,
  CloudSqlInstance,
  CloudSqlNetwork,
  CloudSqlProxy,
  CloudSqlProxyProps,
} from './companions/ambassadors/cloud-sql-proxy/index';
export { Envoy, EnvoyConfig, EnvoyProps } from './companions/ambassadors/envoy/index';
export { EnvoyLimits, EnvoyProtocol, EnvoyUpstream } from './companions/ambassadors/envoy/upstream';
export { HaProxy, HaProxyConfig, HaProxyProps } from './companions/ambassadors/ha-proxy/index';
export { HaProxyBackend, HaProxyBalance, HaProxyMode, HaProxyServer } from './companions/ambassadors/ha-proxy/backend';
export {
  NginxReverseProxy,
  NginxReverseProxyProps,
  NginxTls,
} from './companions/ambassadors/nginx-reverse-proxy/index';
export { OAuth2Proxy, OAuth2ProxyProps, OAuth2RedisOptions } from './companions/ambassadors/oauth2-proxy/index';
export { OAuth2GitHubOptions, OAuth2OidcOptions, OAuth2Provider } from './companions/ambassadors/oauth2-proxy/provider';
export {
  PgBouncer,
  PgBouncerAuthentication,
  PgBouncerDatabase,
  PgBouncerPoolMode,
  PgBouncerProps,
  PgBouncerTlsMode,
} from './companions/ambassadors/pg-bouncer/index';
export { PgBouncerCredentials } from './companions/ambassadors/pg-bouncer/credentials';

// Adapters: companions that show a container to Prometheus
export { NginxExporter, NginxExporterProps } from './companions/adapters/nginx-exporter';
export {
  PostgresExporter,
  PostgresExporterProps,
  PostgresExporterTlsMode,
} from './companions/adapters/postgres-exporter';
export { RedisExporter, RedisExporterProps, RedisExporterTls } from './companions/adapters/redis-exporter';
export { StatsdExporter, StatsdExporterProps, StatsdMapping } from './companions/adapters/statsd-exporter/index';

// Helpers: companions that bring content, configuration and secrets
export { ConfigReloader, ConfigReloaderProps } from './companions/helpers/config-reloader/index';
export {
  ConfigReload,
  HttpReloadMethod,
  HttpReloadOptions,
  ReloadSignal,
  SignalReloadOptions,
} from './companions/helpers/config-reloader/reload';
export { GitSubmodules, GitSync, GitSyncProps } from './companions/helpers/git-sync/index';
export { GitAuth, GitPasswordOptions, GitSshOptions } from './companions/helpers/git-sync/auth';
export { VaultAgent, VaultAgentProps } from './companions/helpers/vault-agent/index';
export {
  VaultAppRoleOptions,
  VaultAuth,
  VaultAuthOptions,
  VaultServiceAccountOptions,
} from './companions/helpers/vault-agent/auth';
export { VaultTemplate } from './companions/helpers/vault-agent/template';

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
export { ConfigureOptions, PodResources, SupplementalGroupsPolicy } from './pod/manifest/pod-fields';
export { PodPatch } from './pod/manifest/pod-patch';
export {
  CompanionOptions,
  ResizableCompanionOptions,
  RunningCompanionOptions,
} from './companions/kit/companion-options';
export {
  ContainerFallbacks,
  InitContainerProps,
  MainContainerProps,
  PodContainerOptions,
  RunningContainerOptions,
  SidecarProps,
} from './pod/containers/container-options';
export {
  InitRestartPolicy,
  ResizePolicy,
  ResizeRestart,
  RestartAction,
  RestartPolicyRule,
} from './pod/containers/restart-rules';
export { InboundProxyOptions } from './companions/kit/inbound-proxy';
export { ExposeOptions } from './pod/network/exposure';
export { ExporterOptions } from './companions/kit/exporter';
export { MonitorOptions } from './pod/workload/monitoring';
export { KeepAvailableOptions, ScaleOnCpuOptions } from './pod/workload/scaling';

// what is said once for all pods
export { CompanionDefaultsOptions, PodDefaults, PodDefaultsOptions } from './pod/defaults/pod-defaults';
export { CompanionResources, ResourceShareOptions } from './pod/defaults/companion-resources';
export { ImageDefaultsOptions } from './pod/defaults/images';
export { GkeAutopilotOptions, Platform } from './pod/defaults/platform';
export { ServiceMesh, ServiceMeshOptions } from './pod/defaults/service-mesh';

// its network
export { AmbassadorPort } from './companions/kit/ambassador';
export { CaCertificates } from './companions/kit/ca-certificates';
export { Endpoint } from './pod/network/endpoint';
export { EndpointVariables } from './pod/network/endpoint-variables';
export { ClaimOptions, PodNetwork } from './pod/network/pod-network';
export { UpstreamTls } from './companions/kit/upstream-tls';

// its storage
export { ConfigFiles } from './pod/storage/config-files';
export { SharedVolume } from './pod/storage/shared-volume';
export { VolumeOptions } from './pod/storage/empty-dirs';
export { ImageVolumeOptions } from './pod/storage/image-volume';
export { ServiceAccountTokenOptions } from './pod/storage/service-account-token';
export { ConfigFilesOptions, PodStorage, ScratchOptions } from './pod/storage/pod-storage';

// its logs
export { LogAgent, LogAgentOptions } from './companions/kit/log-agent';
export { LogFiles, LogFilesOptions, LogFormat, LogFormatOptions, Multiline } from './pod/logs/log-files';
export {
  ApplicationRotationOptions,
  LogRotation,
  LogRotationMethod,
  LogRotationOptions,
  RenameAndSignalOptions,
} from './pod/logs/log-rotation';
export { LogDirectoryOptions, PodLogs } from './pod/logs/pod-logs';

// its lifecycle
export { PodLifecycle, PreStopSleep, SidecarMode } from './pod/lifecycle/pod-lifecycle';
export { AddOptions } from './pod/lifecycle/start-order';

// Rules: what is wrong with finished manifests
export { Finding, FindingPlace, Severity } from './rules/finding';
export { Omission } from './rules/omission';
export { PodRules } from './rules/pod-rules';
export { EnforceOptions, PodRulesOptions } from './rules/pod-rules-options';
export { PodRulesReport } from './rules/report';
export { PodRulesValidation } from './rules/validation';

// Pictures: what a pod looks like
export { PictureFormat, PodPictureOptions, WritePicturesOptions } from './picture/faces/picture-options';
export { PodPicture } from './picture/faces/pod-picture';

// Synthesis: what writes the manifests
export { FastApp } from './synth/fast-app';
