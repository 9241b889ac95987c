// Patterns: ready-made pods
export { WebWithLogAgent, WebWithLogAgentOptions } from './patterns/web-with-log-agent';
export { WebWithLogAgentDaemonSet, WebWithLogAgentDaemonSetProps } from './patterns/web-with-log-agent-daemon-set';
export { WebWithLogAgentDeployment, WebWithLogAgentDeploymentProps } from './patterns/web-with-log-agent-deployment';
export { WebWithLogAgentPod, WebWithLogAgentPodProps } from './patterns/web-with-log-agent-pod';
export {
  WebWithLogAgentStatefulSet,
  WebWithLogAgentStatefulSetProps,
} from './patterns/web-with-log-agent-stateful-set';

// Web servers: main containers
export { NginxProps } from './web/nginx';
export { WebServer, WebServerProps } from './web/web-server';

// Companions: what lives beside a main container
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
export { InitContainer } from './companions/init/init-container';
export { LogRotator, LogRotatorProps } from './companions/logs/log-rotator';
export { LogStreamer, LogStreamerProps } from './companions/logs/log-streamer';
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
export { ExposeOptions } from './pod/exposure';
export { KeepAvailableOptions, ScaleOnCpuOptions } from './pod/scaling';

// its network
export { Endpoint } from './pod/endpoint';
export { EndpointVariables } from './pod/endpoint-variables';
export { ClaimOptions, PodNetwork } from './pod/network';

// its storage
export { ConfigFiles } from './pod/config-files';
export { SharedVolume } from './pod/shared-volume';
export { VolumeOptions } from './pod/empty-dirs';
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
