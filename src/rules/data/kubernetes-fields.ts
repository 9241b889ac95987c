// Generated from the OpenAPI schema of Kubernetes by test/kubernetes-fields.ts; `npm run update` writes it anew.

/** Kinds with their types, then types with their fields, one a line. */
export const KUBERNETES_FIELDS = `
apps/v1/ControllerRevision ControllerRevision.apps.v1
apps/v1/DaemonSet DaemonSet.apps.v1
apps/v1/Deployment Deployment.apps.v1
apps/v1/ReplicaSet ReplicaSet.apps.v1
apps/v1/StatefulSet StatefulSet.apps.v1
autoscaling/v1/HorizontalPodAutoscaler HorizontalPodAutoscaler.autoscaling.v1
autoscaling/v1/Scale Scale.autoscaling.v1
autoscaling/v2/HorizontalPodAutoscaler HorizontalPodAutoscaler.autoscaling.v2
batch/v1/CronJob CronJob.batch.v1
batch/v1/Job Job.batch.v1
coordination.k8s.io/v1/Lease Lease.coordination.v1
networking.k8s.io/v1/IPAddress IPAddress.networking.v1
networking.k8s.io/v1/Ingress Ingress.networking.v1
networking.k8s.io/v1/IngressClass IngressClass.networking.v1
networking.k8s.io/v1/NetworkPolicy NetworkPolicy.networking.v1
networking.k8s.io/v1/ServiceCIDR ServiceCIDR.networking.v1
node.k8s.io/v1/RuntimeClass RuntimeClass.node.v1
policy/v1/Eviction Eviction.policy.v1
policy/v1/PodDisruptionBudget PodDisruptionBudget.policy.v1
rbac.authorization.k8s.io/v1/ClusterRole ClusterRole.rbac.v1
rbac.authorization.k8s.io/v1/ClusterRoleBinding ClusterRoleBinding.rbac.v1
rbac.authorization.k8s.io/v1/Role Role.rbac.v1
rbac.authorization.k8s.io/v1/RoleBinding RoleBinding.rbac.v1
scheduling.k8s.io/v1/PriorityClass PriorityClass.scheduling.v1
storage.k8s.io/v1/CSIDriver CSIDriver.storage.v1
storage.k8s.io/v1/CSINode CSINode.storage.v1
storage.k8s.io/v1/CSIStorageCapacity CSIStorageCapacity.storage.v1
storage.k8s.io/v1/StorageClass StorageClass.storage.v1
storage.k8s.io/v1/VolumeAttachment VolumeAttachment.storage.v1
v1/Binding Binding.v1
v1/ComponentStatus ComponentStatus.v1
v1/ConfigMap ConfigMap.v1
v1/Endpoints Endpoints.v1
v1/Event Event.v1
v1/LimitRange LimitRange.v1
v1/Namespace Namespace.v1
v1/Node Node.v1
v1/PersistentVolume PersistentVolume.v1
v1/PersistentVolumeClaim PersistentVolumeClaim.v1
v1/Pod Pod.v1
v1/PodTemplate PodTemplate.v1
v1/ReplicationController ReplicationController.v1
v1/ResourceQuota ResourceQuota.v1
v1/Secret Secret.v1
v1/Service Service.v1
v1/ServiceAccount ServiceAccount.v1
AWSElasticBlockStoreVolumeSource.v1 fsType:s partition:n readOnly:b volumeID!:s
Affinity.v1 nodeAffinity:NodeAffinity.v1 podAffinity:PodAffinity.v1 podAntiAffinity:PodAntiAffinity.v1
AggregationRule.rbac.v1 clusterRoleSelectors:[LabelSelector.apimachinery.apis.meta.v1
AppArmorProfile.v1 localhostProfile:s type!:(Localhost|RuntimeDefault|Unconfined
AzureDiskVolumeSource.v1 cachingMode:(None|ReadOnly|ReadWrite diskName!:s diskURI!:s fsType:s kind:(Dedicated|Managed|Shared readOnly:b
AzureFilePersistentVolumeSource.v1 readOnly:b secretName!:s secretNamespace:s shareName!:s
AzureFileVolumeSource.v1 readOnly:b secretName!:s shareName!:s
Binding.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 target!:ObjectReference.v1
CSIDriver.storage.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec!:CSIDriverSpec.storage.v1
CSIDriverSpec.storage.v1 attachRequired:b fsGroupPolicy:s nodeAllocatableUpdatePeriodSeconds:n podInfoOnMount:b requiresRepublish:b seLinuxMount:b storageCapacity:b tokenRequests:[TokenRequest.storage.v1 volumeLifecycleModes:[s
CSINode.storage.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec!:CSINodeSpec.storage.v1
CSINodeDriver.storage.v1 allocatable:VolumeNodeResources.storage.v1 name!:s nodeID!:s topologyKeys:[s
CSINodeSpec.storage.v1 drivers!:[CSINodeDriver.storage.v1
CSIPersistentVolumeSource.v1 controllerExpandSecretRef:SecretReference.v1 controllerPublishSecretRef:SecretReference.v1 driver!:s fsType:s nodeExpandSecretRef:SecretReference.v1 nodePublishSecretRef:SecretReference.v1 nodeStageSecretRef:SecretReference.v1 readOnly:b volumeAttributes:{s volumeHandle!:s
CSIStorageCapacity.storage.v1 apiVersion!:s capacity:q kind!:s maximumVolumeSize:q metadata:ObjectMeta.apimachinery.apis.meta.v1 nodeTopology:LabelSelector.apimachinery.apis.meta.v1 storageClassName!:s
CSIVolumeSource.v1 driver!:s fsType:s nodePublishSecretRef:LocalObjectReference.v1 readOnly:b volumeAttributes:{s
Capabilities.v1 add:[s drop:[s
CephFSPersistentVolumeSource.v1 monitors!:[s path:s readOnly:b secretFile:s secretRef:SecretReference.v1 user:s
CephFSVolumeSource.v1 monitors!:[s path:s readOnly:b secretFile:s secretRef:LocalObjectReference.v1 user:s
CinderPersistentVolumeSource.v1 fsType:s readOnly:b secretRef:SecretReference.v1 volumeID!:s
CinderVolumeSource.v1 fsType:s readOnly:b secretRef:LocalObjectReference.v1 volumeID!:s
ClientIPConfig.v1 timeoutSeconds:n
ClusterRole.rbac.v1 aggregationRule:AggregationRule.rbac.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 rules:[PolicyRule.rbac.v1
ClusterRoleBinding.rbac.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 roleRef!:RoleRef.rbac.v1 subjects:[Subject.rbac.v1
ClusterTrustBundleProjection.v1 labelSelector:LabelSelector.apimachinery.apis.meta.v1 name:s optional:b path!:s signerName:s
ComponentCondition.v1 error:s message:s status!:* type!:s
ComponentStatus.v1 apiVersion!:s conditions:[ComponentCondition.v1 kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1
ConfigMap.v1 apiVersion!:s binaryData:{s data:{s immutable:b kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1
ConfigMapEnvSource.v1 name:s optional:b
ConfigMapKeySelector.v1 key!:s name:s optional:b
ConfigMapNodeConfigSource.v1 kubeletConfigKey!:s name!:s namespace!:s resourceVersion:s uid:s
ConfigMapProjection.v1 items:[KeyToPath.v1 name:s optional:b
ConfigMapVolumeSource.v1 defaultMode:n items:[KeyToPath.v1 name:s optional:b
Container.v1 args:[s command:[s env:[EnvVar.v1 envFrom:[EnvFromSource.v1 image:s imagePullPolicy:(Always|IfNotPresent|Never lifecycle:Lifecycle.v1 livenessProbe:Probe.v1 name!:s ports:[ContainerPort.v1 readinessProbe:Probe.v1 resizePolicy:[ContainerResizePolicy.v1 resources:ResourceRequirements.v1 restartPolicy:s restartPolicyRules:* securityContext:SecurityContext.v1 startupProbe:Probe.v1 stdin:b stdinOnce:b terminationMessagePath:s terminationMessagePolicy:(FallbackToLogsOnError|File tty:b volumeDevices:[VolumeDevice.v1 volumeMounts:[VolumeMount.v1 workingDir:s
ContainerPort.v1 containerPort!:n hostIP:s hostPort:n name:s protocol:(SCTP|TCP|UDP
ContainerResizePolicy.v1 resourceName!:s restartPolicy!:s
ContainerResourceMetricSource.autoscaling.v2 container!:s name!:s target!:MetricTarget.autoscaling.v2
ControllerRevision.apps.v1 apiVersion!:s data:RawExtension.apimachinery.runtime kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 revision!:n
CronJob.batch.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:CronJobSpec.batch.v1 status:*
CronJobSpec.batch.v1 concurrencyPolicy:(Allow|Forbid|Replace failedJobsHistoryLimit:n jobTemplate!:JobTemplateSpec.batch.v1 schedule!:s startingDeadlineSeconds:n successfulJobsHistoryLimit:n suspend:b timeZone:s
CrossVersionObjectReference.autoscaling.v1 apiVersion:s kind!:s name!:s
CrossVersionObjectReference.autoscaling.v2 apiVersion:s kind!:s name!:s
DaemonSet.apps.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:DaemonSetSpec.apps.v1 status:*
DaemonSetSpec.apps.v1 minReadySeconds:n revisionHistoryLimit:n selector!:LabelSelector.apimachinery.apis.meta.v1 template!:PodTemplateSpec.v1 updateStrategy:DaemonSetUpdateStrategy.apps.v1
DaemonSetUpdateStrategy.apps.v1 rollingUpdate:RollingUpdateDaemonSet.apps.v1 type:(OnDelete|RollingUpdate
DeleteOptions.apimachinery.apis.meta.v1 apiVersion:s dryRun:[s gracePeriodSeconds:n ignoreStoreReadErrorWithClusterBreakingPotential:b kind:s orphanDependents:b preconditions:Preconditions.apimachinery.apis.meta.v1 propagationPolicy:s
Deployment.apps.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:DeploymentSpec.apps.v1 status:*
DeploymentSpec.apps.v1 minReadySeconds:n paused:b progressDeadlineSeconds:n replicas:n revisionHistoryLimit:n selector!:LabelSelector.apimachinery.apis.meta.v1 strategy:DeploymentStrategy.apps.v1 template!:PodTemplateSpec.v1
DeploymentStrategy.apps.v1 rollingUpdate:RollingUpdateDeployment.apps.v1 type:(Recreate|RollingUpdate
DownwardAPIProjection.v1 items:[DownwardAPIVolumeFile.v1
DownwardAPIVolumeFile.v1 fieldRef:ObjectFieldSelector.v1 mode:n path!:s resourceFieldRef:ResourceFieldSelector.v1
DownwardAPIVolumeSource.v1 defaultMode:n items:[DownwardAPIVolumeFile.v1
EmptyDirVolumeSource.v1 medium:s sizeLimit:q
EndpointAddress.v1 hostname:s ip!:s nodeName:s targetRef:ObjectReference.v1
EndpointPort.v1 appProtocol:s name:s port!:n protocol:(SCTP|TCP|UDP
EndpointSubset.v1 addresses:[EndpointAddress.v1 notReadyAddresses:[EndpointAddress.v1 ports:[EndpointPort.v1
Endpoints.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 subsets:[EndpointSubset.v1
EnvFromSource.v1 configMapRef:ConfigMapEnvSource.v1 prefix:s secretRef:SecretEnvSource.v1
EnvVar.v1 name!:s value:s valueFrom:EnvVarSource.v1
EnvVarSource.v1 configMapKeyRef:ConfigMapKeySelector.v1 fieldRef:ObjectFieldSelector.v1 fileKeyRef:* resourceFieldRef:ResourceFieldSelector.v1 secretKeyRef:SecretKeySelector.v1
EphemeralContainer.v1 args:[s command:[s env:[EnvVar.v1 envFrom:[EnvFromSource.v1 image:s imagePullPolicy:(Always|IfNotPresent|Never lifecycle:Lifecycle.v1 livenessProbe:Probe.v1 name!:s ports:[ContainerPort.v1 readinessProbe:Probe.v1 resizePolicy:[ContainerResizePolicy.v1 resources:ResourceRequirements.v1 restartPolicy:s restartPolicyRules:* securityContext:SecurityContext.v1 startupProbe:Probe.v1 stdin:b stdinOnce:b targetContainerName:s terminationMessagePath:s terminationMessagePolicy:(FallbackToLogsOnError|File tty:b volumeDevices:[VolumeDevice.v1 volumeMounts:[VolumeMount.v1 workingDir:s
EphemeralVolumeSource.v1 volumeClaimTemplate:PersistentVolumeClaimTemplate.v1
Event.v1 action:s apiVersion!:s count:n eventTime:s firstTimestamp:s involvedObject!:ObjectReference.v1 kind!:s lastTimestamp:s message:s metadata!:ObjectMeta.apimachinery.apis.meta.v1 reason:s related:ObjectReference.v1 reportingComponent:s reportingInstance:s series:EventSeries.v1 source:EventSource.v1 type:s
EventSeries.v1 count:n lastObservedTime:s
EventSource.v1 component:s host:s
Eviction.policy.v1 apiVersion!:s deleteOptions:DeleteOptions.apimachinery.apis.meta.v1 kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1
ExecAction.v1 command:[s
ExternalMetricSource.autoscaling.v2 metric!:MetricIdentifier.autoscaling.v2 target!:MetricTarget.autoscaling.v2
FCVolumeSource.v1 fsType:s lun:n readOnly:b targetWWNs:[s wwids:[s
FieldsV1.apimachinery.apis.meta.v1 
FlexPersistentVolumeSource.v1 driver!:s fsType:s options:{s readOnly:b secretRef:SecretReference.v1
FlexVolumeSource.v1 driver!:s fsType:s options:{s readOnly:b secretRef:LocalObjectReference.v1
FlockerVolumeSource.v1 datasetName:s datasetUUID:s
GCEPersistentDiskVolumeSource.v1 fsType:s partition:n pdName!:s readOnly:b
GRPCAction.v1 port!:n service:s
GitRepoVolumeSource.v1 directory:s repository!:s revision:s
GlusterfsPersistentVolumeSource.v1 endpoints!:s endpointsNamespace:s path!:s readOnly:b
GlusterfsVolumeSource.v1 endpoints!:s path!:s readOnly:b
HPAScalingPolicy.autoscaling.v2 periodSeconds!:n type!:s value!:n
HPAScalingRules.autoscaling.v2 policies:[HPAScalingPolicy.autoscaling.v2 selectPolicy:s stabilizationWindowSeconds:n tolerance:q
HTTPGetAction.v1 host:s httpHeaders:[HTTPHeader.v1 path:s port!:q scheme:(HTTP|HTTPS
HTTPHeader.v1 name!:s value!:s
HTTPIngressPath.networking.v1 backend!:IngressBackend.networking.v1 path:s pathType!:(Exact|ImplementationSpecific|Prefix
HTTPIngressRuleValue.networking.v1 paths!:[HTTPIngressPath.networking.v1
HorizontalPodAutoscaler.autoscaling.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:HorizontalPodAutoscalerSpec.autoscaling.v1 status:*
HorizontalPodAutoscaler.autoscaling.v2 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:HorizontalPodAutoscalerSpec.autoscaling.v2 status:*
HorizontalPodAutoscalerBehavior.autoscaling.v2 scaleDown:HPAScalingRules.autoscaling.v2 scaleUp:HPAScalingRules.autoscaling.v2
HorizontalPodAutoscalerSpec.autoscaling.v1 maxReplicas!:n minReplicas:n scaleTargetRef!:CrossVersionObjectReference.autoscaling.v1 targetCPUUtilizationPercentage:n
HorizontalPodAutoscalerSpec.autoscaling.v2 behavior:HorizontalPodAutoscalerBehavior.autoscaling.v2 maxReplicas!:n metrics:[MetricSpec.autoscaling.v2 minReplicas:n scaleTargetRef!:CrossVersionObjectReference.autoscaling.v2
HostAlias.v1 hostnames:[s ip!:s
HostPathVolumeSource.v1 path!:s type:(|BlockDevice|CharDevice|Directory|DirectoryOrCreate|File|FileOrCreate|Socket
IPAddress.networking.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:IPAddressSpec.networking.v1
IPAddressSpec.networking.v1 parentRef!:ParentReference.networking.v1
IPBlock.networking.v1 cidr!:s except:[s
ISCSIPersistentVolumeSource.v1 chapAuthDiscovery:b chapAuthSession:b fsType:s initiatorName:s iqn!:s iscsiInterface:s lun!:n portals:[s readOnly:b secretRef:SecretReference.v1 targetPortal!:s
ISCSIVolumeSource.v1 chapAuthDiscovery:b chapAuthSession:b fsType:s initiatorName:s iqn!:s iscsiInterface:s lun!:n portals:[s readOnly:b secretRef:LocalObjectReference.v1 targetPortal!:s
ImageVolumeSource.v1 pullPolicy:(Always|IfNotPresent|Never reference:s
Ingress.networking.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:IngressSpec.networking.v1 status:*
IngressBackend.networking.v1 resource:TypedLocalObjectReference.v1 service:IngressServiceBackend.networking.v1
IngressClass.networking.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:IngressClassSpec.networking.v1
IngressClassParametersReference.networking.v1 apiGroup:s kind!:s name!:s namespace:s scope:s
IngressClassSpec.networking.v1 controller:s parameters:IngressClassParametersReference.networking.v1
IngressRule.networking.v1 host:s http:HTTPIngressRuleValue.networking.v1
IngressServiceBackend.networking.v1 name!:s port:ServiceBackendPort.networking.v1
IngressSpec.networking.v1 defaultBackend:IngressBackend.networking.v1 ingressClassName:s rules:[IngressRule.networking.v1 tls:[IngressTLS.networking.v1
IngressTLS.networking.v1 hosts:[s secretName:s
Job.batch.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:JobSpec.batch.v1 status:*
JobSpec.batch.v1 activeDeadlineSeconds:n backoffLimit:n backoffLimitPerIndex:n completionMode:(Indexed|NonIndexed completions:n managedBy:s manualSelector:b maxFailedIndexes:n parallelism:n podFailurePolicy:PodFailurePolicy.batch.v1 podReplacementPolicy:(Failed|TerminatingOrFailed selector:LabelSelector.apimachinery.apis.meta.v1 successPolicy:SuccessPolicy.batch.v1 suspend:b template!:PodTemplateSpec.v1 ttlSecondsAfterFinished:n
JobTemplateSpec.batch.v1 metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:JobSpec.batch.v1
KeyToPath.v1 key!:s mode:n path!:s
LabelSelector.apimachinery.apis.meta.v1 matchExpressions:[LabelSelectorRequirement.apimachinery.apis.meta.v1 matchLabels:{s
LabelSelectorRequirement.apimachinery.apis.meta.v1 key!:s operator!:s values:[s
Lease.coordination.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:LeaseSpec.coordination.v1
LeaseSpec.coordination.v1 acquireTime:s holderIdentity:s leaseDurationSeconds:n leaseTransitions:n preferredHolder:s renewTime:s strategy:s
Lifecycle.v1 postStart:LifecycleHandler.v1 preStop:LifecycleHandler.v1 stopSignal:(SIGABRT|SIGALRM|SIGBUS|SIGCHLD|SIGCLD|SIGCONT|SIGFPE|SIGHUP|SIGILL|SIGINT|SIGIO|SIGIOT|SIGKILL|SIGPIPE|SIGPOLL|SIGPROF|SIGPWR|SIGQUIT|SIGRTMAX|SIGRTMAX-1|SIGRTMAX-10|SIGRTMAX-11|SIGRTMAX-12|SIGRTMAX-13|SIGRTMAX-14|SIGRTMAX-2|SIGRTMAX-3|SIGRTMAX-4|SIGRTMAX-5|SIGRTMAX-6|SIGRTMAX-7|SIGRTMAX-8|SIGRTMAX-9|SIGRTMIN|SIGRTMIN+1|SIGRTMIN+10|SIGRTMIN+11|SIGRTMIN+12|SIGRTMIN+13|SIGRTMIN+14|SIGRTMIN+15|SIGRTMIN+2|SIGRTMIN+3|SIGRTMIN+4|SIGRTMIN+5|SIGRTMIN+6|SIGRTMIN+7|SIGRTMIN+8|SIGRTMIN+9|SIGSEGV|SIGSTKFLT|SIGSTOP|SIGSYS|SIGTERM|SIGTRAP|SIGTSTP|SIGTTIN|SIGTTOU|SIGURG|SIGUSR1|SIGUSR2|SIGVTALRM|SIGWINCH|SIGXCPU|SIGXFSZ
LifecycleHandler.v1 exec:ExecAction.v1 httpGet:HTTPGetAction.v1 sleep:SleepAction.v1 tcpSocket:TCPSocketAction.v1
LimitRange.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:LimitRangeSpec.v1
LimitRangeItem.v1 default:{q defaultRequest:{q max:{q maxLimitRequestRatio:{q min:{q type!:s
LimitRangeSpec.v1 limits!:[LimitRangeItem.v1
LocalObjectReference.v1 name:s
LocalVolumeSource.v1 fsType:s path!:s
ManagedFieldsEntry.apimachinery.apis.meta.v1 apiVersion:s fieldsType:s fieldsV1:FieldsV1.apimachinery.apis.meta.v1 manager:s operation:s subresource:s time:s
MetricIdentifier.autoscaling.v2 name!:s selector:LabelSelector.apimachinery.apis.meta.v1
MetricSpec.autoscaling.v2 containerResource:ContainerResourceMetricSource.autoscaling.v2 external:ExternalMetricSource.autoscaling.v2 object:ObjectMetricSource.autoscaling.v2 pods:PodsMetricSource.autoscaling.v2 resource:ResourceMetricSource.autoscaling.v2 type!:s
MetricTarget.autoscaling.v2 averageUtilization:n averageValue:q type!:s value:q
NFSVolumeSource.v1 path!:s readOnly:b server!:s
Namespace.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:NamespaceSpec.v1 status:*
NamespaceSpec.v1 finalizers:[s
NetworkPolicy.networking.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:NetworkPolicySpec.networking.v1
NetworkPolicyEgressRule.networking.v1 ports:[NetworkPolicyPort.networking.v1 to:[NetworkPolicyPeer.networking.v1
NetworkPolicyIngressRule.networking.v1 from:[NetworkPolicyPeer.networking.v1 ports:[NetworkPolicyPort.networking.v1
NetworkPolicyPeer.networking.v1 ipBlock:IPBlock.networking.v1 namespaceSelector:LabelSelector.apimachinery.apis.meta.v1 podSelector:LabelSelector.apimachinery.apis.meta.v1
NetworkPolicyPort.networking.v1 endPort:n port:q protocol:(SCTP|TCP|UDP
NetworkPolicySpec.networking.v1 egress:[NetworkPolicyEgressRule.networking.v1 ingress:[NetworkPolicyIngressRule.networking.v1 podSelector!:LabelSelector.apimachinery.apis.meta.v1 policyTypes:[(Egress|Ingress
Node.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:NodeSpec.v1 status:*
NodeAffinity.v1 preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm.v1 requiredDuringSchedulingIgnoredDuringExecution:NodeSelector.v1
NodeConfigSource.v1 configMap:ConfigMapNodeConfigSource.v1
NodeSelector.v1 nodeSelectorTerms!:[NodeSelectorTerm.v1
NodeSelectorRequirement.v1 key!:s operator!:(DoesNotExist|Exists|Gt|In|Lt|NotIn values:[s
NodeSelectorTerm.v1 matchExpressions:[NodeSelectorRequirement.v1 matchFields:[NodeSelectorRequirement.v1
NodeSpec.v1 configSource:NodeConfigSource.v1 externalID:s podCIDR:s podCIDRs:[s providerID:s taints:[Taint.v1 unschedulable:b
ObjectFieldSelector.v1 apiVersion:s fieldPath!:s
ObjectMeta.apimachinery.apis.meta.v1 annotations:{s creationTimestamp:s deletionGracePeriodSeconds:n deletionTimestamp:s finalizers:[s generateName:s generation:n labels:{s managedFields:[ManagedFieldsEntry.apimachinery.apis.meta.v1 name:s namespace:s ownerReferences:[OwnerReference.apimachinery.apis.meta.v1 resourceVersion:s selfLink:s uid:s
ObjectMetricSource.autoscaling.v2 describedObject!:CrossVersionObjectReference.autoscaling.v2 metric!:MetricIdentifier.autoscaling.v2 target!:MetricTarget.autoscaling.v2
ObjectReference.v1 apiVersion:s fieldPath:s kind:s name:s namespace:s resourceVersion:s uid:s
Overhead.node.v1 podFixed:{q
OwnerReference.apimachinery.apis.meta.v1 apiVersion!:s blockOwnerDeletion:b controller:b kind!:s name!:s uid!:s
ParentReference.networking.v1 group:s name!:s namespace:s resource!:s
PersistentVolume.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:PersistentVolumeSpec.v1 status:*
PersistentVolumeClaim.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:PersistentVolumeClaimSpec.v1 status:*
PersistentVolumeClaimSpec.v1 accessModes:[(ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod dataSource:TypedLocalObjectReference.v1 dataSourceRef:TypedObjectReference.v1 resources:VolumeResourceRequirements.v1 selector:LabelSelector.apimachinery.apis.meta.v1 storageClassName:s volumeAttributesClassName:s volumeMode:(Block|Filesystem volumeName:s
PersistentVolumeClaimTemplate.v1 metadata:ObjectMeta.apimachinery.apis.meta.v1 spec!:PersistentVolumeClaimSpec.v1
PersistentVolumeClaimVolumeSource.v1 claimName!:s readOnly:b
PersistentVolumeSpec.v1 accessModes:[(ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod awsElasticBlockStore:AWSElasticBlockStoreVolumeSource.v1 azureDisk:AzureDiskVolumeSource.v1 azureFile:AzureFilePersistentVolumeSource.v1 capacity:{q cephfs:CephFSPersistentVolumeSource.v1 cinder:CinderPersistentVolumeSource.v1 claimRef:ObjectReference.v1 csi:CSIPersistentVolumeSource.v1 fc:FCVolumeSource.v1 flexVolume:FlexPersistentVolumeSource.v1 flocker:FlockerVolumeSource.v1 gcePersistentDisk:GCEPersistentDiskVolumeSource.v1 glusterfs:GlusterfsPersistentVolumeSource.v1 hostPath:HostPathVolumeSource.v1 iscsi:ISCSIPersistentVolumeSource.v1 local:LocalVolumeSource.v1 mountOptions:[s nfs:NFSVolumeSource.v1 nodeAffinity:VolumeNodeAffinity.v1 persistentVolumeReclaimPolicy:(Delete|Recycle|Retain photonPersistentDisk:PhotonPersistentDiskVolumeSource.v1 portworxVolume:PortworxVolumeSource.v1 quobyte:QuobyteVolumeSource.v1 rbd:RBDPersistentVolumeSource.v1 scaleIO:ScaleIOPersistentVolumeSource.v1 storageClassName:s storageos:StorageOSPersistentVolumeSource.v1 volumeAttributesClassName:s volumeMode:(Block|Filesystem vsphereVolume:VsphereVirtualDiskVolumeSource.v1
PhotonPersistentDiskVolumeSource.v1 fsType:s pdID!:s
Pod.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:PodSpec.v1 status:*
PodAffinity.v1 preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm.v1 requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm.v1
PodAffinityTerm.v1 labelSelector:LabelSelector.apimachinery.apis.meta.v1 matchLabelKeys:[s mismatchLabelKeys:[s namespaceSelector:LabelSelector.apimachinery.apis.meta.v1 namespaces:[s topologyKey!:s
PodAntiAffinity.v1 preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm.v1 requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm.v1
PodDNSConfig.v1 nameservers:[s options:[PodDNSConfigOption.v1 searches:[s
PodDNSConfigOption.v1 name:s value:s
PodDisruptionBudget.policy.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:PodDisruptionBudgetSpec.policy.v1 status:*
PodDisruptionBudgetSpec.policy.v1 maxUnavailable:q minAvailable:q selector:LabelSelector.apimachinery.apis.meta.v1 unhealthyPodEvictionPolicy:(AlwaysAllow|IfHealthyBudget
PodFailurePolicy.batch.v1 rules!:[PodFailurePolicyRule.batch.v1
PodFailurePolicyOnExitCodesRequirement.batch.v1 containerName:s operator!:(In|NotIn values!:[n
PodFailurePolicyOnPodConditionsPattern.batch.v1 status!:* type!:s
PodFailurePolicyRule.batch.v1 action!:(Count|FailIndex|FailJob|Ignore onExitCodes:PodFailurePolicyOnExitCodesRequirement.batch.v1 onPodConditions:[PodFailurePolicyOnPodConditionsPattern.batch.v1
PodOS.v1 name!:s
PodReadinessGate.v1 conditionType!:s
PodResourceClaim.v1 name!:s resourceClaimName:s resourceClaimTemplateName:s
PodSchedulingGate.v1 name!:s
PodSecurityContext.v1 appArmorProfile:AppArmorProfile.v1 fsGroup:n fsGroupChangePolicy:(Always|OnRootMismatch runAsGroup:n runAsNonRoot:b runAsUser:n seLinuxChangePolicy:s seLinuxOptions:SELinuxOptions.v1 seccompProfile:SeccompProfile.v1 supplementalGroups:[n supplementalGroupsPolicy:(Merge|Strict sysctls:[Sysctl.v1 windowsOptions:WindowsSecurityContextOptions.v1
PodSpec.v1 activeDeadlineSeconds:n affinity:Affinity.v1 automountServiceAccountToken:b containers!:[Container.v1 dnsConfig:PodDNSConfig.v1 dnsPolicy:(ClusterFirst|ClusterFirstWithHostNet|Default|None enableServiceLinks:b ephemeralContainers:[EphemeralContainer.v1 hostAliases:[HostAlias.v1 hostIPC:b hostNetwork:b hostPID:b hostUsers:b hostname:s hostnameOverride:s imagePullSecrets:[LocalObjectReference.v1 initContainers:[Container.v1 nodeName:s nodeSelector:{s os:PodOS.v1 overhead:{q preemptionPolicy:(Never|PreemptLowerPriority priority:n priorityClassName:s readinessGates:[PodReadinessGate.v1 resourceClaims:[PodResourceClaim.v1 resources:ResourceRequirements.v1 restartPolicy:(Always|Never|OnFailure runtimeClassName:s schedulerName:s schedulingGates:[PodSchedulingGate.v1 securityContext:PodSecurityContext.v1 serviceAccount:s serviceAccountName:s setHostnameAsFQDN:b shareProcessNamespace:b subdomain:s terminationGracePeriodSeconds:n tolerations:[Toleration.v1 topologySpreadConstraints:[TopologySpreadConstraint.v1 volumes:[Volume.v1
PodTemplate.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 template:PodTemplateSpec.v1
PodTemplateSpec.v1 metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:PodSpec.v1
PodsMetricSource.autoscaling.v2 metric!:MetricIdentifier.autoscaling.v2 target!:MetricTarget.autoscaling.v2
PolicyRule.rbac.v1 apiGroups:[s nonResourceURLs:[s resourceNames:[s resources:[s verbs!:[s
PortworxVolumeSource.v1 fsType:s readOnly:b volumeID!:s
Preconditions.apimachinery.apis.meta.v1 resourceVersion:s uid:s
PreferredSchedulingTerm.v1 preference!:NodeSelectorTerm.v1 weight!:n
PriorityClass.scheduling.v1 apiVersion!:s description:s globalDefault:b kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 preemptionPolicy:(Never|PreemptLowerPriority value!:n
Probe.v1 exec:ExecAction.v1 failureThreshold:n grpc:GRPCAction.v1 httpGet:HTTPGetAction.v1 initialDelaySeconds:n periodSeconds:n successThreshold:n tcpSocket:TCPSocketAction.v1 terminationGracePeriodSeconds:n timeoutSeconds:n
ProjectedVolumeSource.v1 defaultMode:n sources:[VolumeProjection.v1
QuobyteVolumeSource.v1 group:s readOnly:b registry!:s tenant:s user:s volume!:s
RBDPersistentVolumeSource.v1 fsType:s image!:s keyring:s monitors!:[s pool:s readOnly:b secretRef:SecretReference.v1 user:s
RBDVolumeSource.v1 fsType:s image!:s keyring:s monitors!:[s pool:s readOnly:b secretRef:LocalObjectReference.v1 user:s
RawExtension.apimachinery.runtime 
ReplicaSet.apps.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:ReplicaSetSpec.apps.v1 status:*
ReplicaSetSpec.apps.v1 minReadySeconds:n replicas:n selector!:LabelSelector.apimachinery.apis.meta.v1 template:PodTemplateSpec.v1
ReplicationController.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:ReplicationControllerSpec.v1 status:*
ReplicationControllerSpec.v1 minReadySeconds:n replicas:n selector:{s template:PodTemplateSpec.v1
ResourceClaim.v1 name!:s request:s
ResourceFieldSelector.v1 containerName:s divisor:q resource!:s
ResourceMetricSource.autoscaling.v2 name!:s target!:MetricTarget.autoscaling.v2
ResourceQuota.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:ResourceQuotaSpec.v1 status:*
ResourceQuotaSpec.v1 hard:{q scopeSelector:ScopeSelector.v1 scopes:[(BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating|VolumeAttributesClass
ResourceRequirements.v1 claims:[ResourceClaim.v1 limits:{q requests:{q
Role.rbac.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 rules:[PolicyRule.rbac.v1
RoleBinding.rbac.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 roleRef!:RoleRef.rbac.v1 subjects:[Subject.rbac.v1
RoleRef.rbac.v1 apiGroup!:s kind!:s name!:s
RollingUpdateDaemonSet.apps.v1 maxSurge:q maxUnavailable:q
RollingUpdateDeployment.apps.v1 maxSurge:q maxUnavailable:q
RollingUpdateStatefulSetStrategy.apps.v1 maxUnavailable:q partition:n
RuntimeClass.node.v1 apiVersion!:s handler!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 overhead:Overhead.node.v1 scheduling:Scheduling.node.v1
SELinuxOptions.v1 level:s role:s type:s user:s
Scale.autoscaling.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:ScaleSpec.autoscaling.v1 status:*
ScaleIOPersistentVolumeSource.v1 fsType:s gateway!:s protectionDomain:s readOnly:b secretRef!:SecretReference.v1 sslEnabled:b storageMode:s storagePool:s system!:s volumeName:s
ScaleIOVolumeSource.v1 fsType:s gateway!:s protectionDomain:s readOnly:b secretRef!:LocalObjectReference.v1 sslEnabled:b storageMode:s storagePool:s system!:s volumeName:s
ScaleSpec.autoscaling.v1 replicas:n
Scheduling.node.v1 nodeSelector:{s tolerations:[Toleration.v1
ScopeSelector.v1 matchExpressions:[ScopedResourceSelectorRequirement.v1
ScopedResourceSelectorRequirement.v1 operator!:(DoesNotExist|Exists|In|NotIn scopeName!:(BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating|VolumeAttributesClass values:[s
SeccompProfile.v1 localhostProfile:s type!:(Localhost|RuntimeDefault|Unconfined
Secret.v1 apiVersion!:s data:{s immutable:b kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 stringData:{s type:s
SecretEnvSource.v1 name:s optional:b
SecretKeySelector.v1 key!:s name:s optional:b
SecretProjection.v1 items:[KeyToPath.v1 name:s optional:b
SecretReference.v1 name:s namespace:s
SecretVolumeSource.v1 defaultMode:n items:[KeyToPath.v1 optional:b secretName:s
SecurityContext.v1 allowPrivilegeEscalation:b appArmorProfile:AppArmorProfile.v1 capabilities:Capabilities.v1 privileged:b procMount:(Default|Unmasked readOnlyRootFilesystem:b runAsGroup:n runAsNonRoot:b runAsUser:n seLinuxOptions:SELinuxOptions.v1 seccompProfile:SeccompProfile.v1 windowsOptions:WindowsSecurityContextOptions.v1
Service.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:ServiceSpec.v1 status:*
ServiceAccount.v1 apiVersion!:s automountServiceAccountToken:b imagePullSecrets:[LocalObjectReference.v1 kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 secrets:[ObjectReference.v1
ServiceAccountTokenProjection.v1 audience:s expirationSeconds:n path!:s
ServiceBackendPort.networking.v1 name:s number:n
ServiceCIDR.networking.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:ServiceCIDRSpec.networking.v1 status:*
ServiceCIDRSpec.networking.v1 cidrs:[s
ServicePort.v1 appProtocol:s name:s nodePort:n port!:n protocol:(SCTP|TCP|UDP targetPort:q
ServiceSpec.v1 allocateLoadBalancerNodePorts:b clusterIP:s clusterIPs:[s externalIPs:[s externalName:s externalTrafficPolicy:(Cluster|Local healthCheckNodePort:n internalTrafficPolicy:(Cluster|Local ipFamilies:[(|IPv4|IPv6 ipFamilyPolicy:(PreferDualStack|RequireDualStack|SingleStack loadBalancerClass:s loadBalancerIP:s loadBalancerSourceRanges:[s ports:[ServicePort.v1 publishNotReadyAddresses:b selector:{s sessionAffinity:(ClientIP|None sessionAffinityConfig:SessionAffinityConfig.v1 trafficDistribution:s type:(ClusterIP|ExternalName|LoadBalancer|NodePort
SessionAffinityConfig.v1 clientIP:ClientIPConfig.v1
SleepAction.v1 seconds!:n
StatefulSet.apps.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:StatefulSetSpec.apps.v1 status:*
StatefulSetOrdinals.apps.v1 start:n
StatefulSetPersistentVolumeClaimRetentionPolicy.apps.v1 whenDeleted:s whenScaled:s
StatefulSetSpec.apps.v1 minReadySeconds:n ordinals:StatefulSetOrdinals.apps.v1 persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy.apps.v1 podManagementPolicy:(OrderedReady|Parallel replicas:n revisionHistoryLimit:n selector!:LabelSelector.apimachinery.apis.meta.v1 serviceName:s template!:PodTemplateSpec.v1 updateStrategy:StatefulSetUpdateStrategy.apps.v1 volumeClaimTemplates:[_type.apps.v1
StatefulSetUpdateStrategy.apps.v1 rollingUpdate:RollingUpdateStatefulSetStrategy.apps.v1 type:(OnDelete|RollingUpdate
StorageClass.storage.v1 allowVolumeExpansion:b allowedTopologies:[TopologySelectorTerm.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 mountOptions:[s parameters:{s provisioner!:s reclaimPolicy:(Delete|Recycle|Retain volumeBindingMode:(Immediate|WaitForFirstConsumer
StorageOSPersistentVolumeSource.v1 fsType:s readOnly:b secretRef:ObjectReference.v1 volumeName:s volumeNamespace:s
StorageOSVolumeSource.v1 fsType:s readOnly:b secretRef:LocalObjectReference.v1 volumeName:s volumeNamespace:s
Subject.rbac.v1 apiGroup:s kind!:s name!:s namespace:s
SuccessPolicy.batch.v1 rules!:[SuccessPolicyRule.batch.v1
SuccessPolicyRule.batch.v1 succeededCount:n succeededIndexes:s
Sysctl.v1 name!:s value!:s
TCPSocketAction.v1 host:s port!:q
Taint.v1 effect!:(NoExecute|NoSchedule|PreferNoSchedule key!:s timeAdded:s value:s
TokenRequest.storage.v1 audience!:s expirationSeconds:n
Toleration.v1 effect:(NoExecute|NoSchedule|PreferNoSchedule key:s operator:(Equal|Exists tolerationSeconds:n value:s
TopologySelectorLabelRequirement.v1 key!:s values!:[s
TopologySelectorTerm.v1 matchLabelExpressions:[TopologySelectorLabelRequirement.v1
TopologySpreadConstraint.v1 labelSelector:LabelSelector.apimachinery.apis.meta.v1 matchLabelKeys:[s maxSkew!:n minDomains:n nodeAffinityPolicy:(Honor|Ignore nodeTaintsPolicy:(Honor|Ignore topologyKey!:s whenUnsatisfiable!:(DoNotSchedule|ScheduleAnyway
TypedLocalObjectReference.v1 apiGroup:s kind!:s name!:s
TypedObjectReference.v1 apiGroup:s kind!:s name!:s namespace:s
Volume.v1 awsElasticBlockStore:AWSElasticBlockStoreVolumeSource.v1 azureDisk:AzureDiskVolumeSource.v1 azureFile:AzureFileVolumeSource.v1 cephfs:CephFSVolumeSource.v1 cinder:CinderVolumeSource.v1 configMap:ConfigMapVolumeSource.v1 csi:CSIVolumeSource.v1 downwardAPI:DownwardAPIVolumeSource.v1 emptyDir:EmptyDirVolumeSource.v1 ephemeral:EphemeralVolumeSource.v1 fc:FCVolumeSource.v1 flexVolume:FlexVolumeSource.v1 flocker:FlockerVolumeSource.v1 gcePersistentDisk:GCEPersistentDiskVolumeSource.v1 gitRepo:GitRepoVolumeSource.v1 glusterfs:GlusterfsVolumeSource.v1 hostPath:HostPathVolumeSource.v1 image:ImageVolumeSource.v1 iscsi:ISCSIVolumeSource.v1 name!:s nfs:NFSVolumeSource.v1 persistentVolumeClaim:PersistentVolumeClaimVolumeSource.v1 photonPersistentDisk:PhotonPersistentDiskVolumeSource.v1 portworxVolume:PortworxVolumeSource.v1 projected:ProjectedVolumeSource.v1 quobyte:QuobyteVolumeSource.v1 rbd:RBDVolumeSource.v1 scaleIO:ScaleIOVolumeSource.v1 secret:SecretVolumeSource.v1 storageos:StorageOSVolumeSource.v1 vsphereVolume:VsphereVirtualDiskVolumeSource.v1
VolumeAttachment.storage.v1 apiVersion!:s kind!:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec!:VolumeAttachmentSpec.storage.v1 status:*
VolumeAttachmentSource.storage.v1 inlineVolumeSpec:PersistentVolumeSpec.v1 persistentVolumeName:s
VolumeAttachmentSpec.storage.v1 attacher!:s nodeName!:s source!:VolumeAttachmentSource.storage.v1
VolumeDevice.v1 devicePath!:s name!:s
VolumeMount.v1 mountPath!:s mountPropagation:(Bidirectional|HostToContainer|None name!:s readOnly:b recursiveReadOnly:s subPath:s subPathExpr:s
VolumeNodeAffinity.v1 required:NodeSelector.v1
VolumeNodeResources.storage.v1 count:n
VolumeProjection.v1 clusterTrustBundle:ClusterTrustBundleProjection.v1 configMap:ConfigMapProjection.v1 downwardAPI:DownwardAPIProjection.v1 podCertificate:* secret:SecretProjection.v1 serviceAccountToken:ServiceAccountTokenProjection.v1
VolumeResourceRequirements.v1 limits:{q requests:{q
VsphereVirtualDiskVolumeSource.v1 fsType:s storagePolicyID:s storagePolicyName:s volumePath!:s
WeightedPodAffinityTerm.v1 podAffinityTerm!:PodAffinityTerm.v1 weight!:n
WindowsSecurityContextOptions.v1 gmsaCredentialSpec:s gmsaCredentialSpecName:s hostProcess:b runAsUserName:s
_type.apps.v1 apiVersion:s kind:s metadata:ObjectMeta.apimachinery.apis.meta.v1 spec:PersistentVolumeClaimSpec.v1 status:*
`;
