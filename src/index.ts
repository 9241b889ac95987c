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
export { FluentBit, FluentBitProps } from './companions/fluent-bit';
export { FluentBitFilter } from './companions/fluent-bit-filter';
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
} from './companions/fluent-bit-output';
export { InitContainer } from './companions/init-container';
export { LogRotator, LogRotatorProps } from './companions/log-rotator';
export { Sidecar } from './companions/sidecar';

// The pod: what its containers share
export { MultiContainerPod, MultiContainerPodOptions } from './pod/multi-container-pod';
export { ICompanion, ILogAgent } from './pod/companion';
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
export { ClaimOptions, PodNetwork } from './pod/network';

// its storage
export { ConfigFiles } from './pod/config-files';
export { SharedVolume } from './pod/shared-volume';
export { VolumeOptions } from './pod/empty-dirs';
export { ConfigFilesOptions, PodStorage, ScratchOptions } from './pod/storage';

// its logs
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
