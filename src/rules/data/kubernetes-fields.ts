// Generated from the types of k8s.io/api by tools/kubernetes-fields; `npm run kubernetes` writes it anew.

/** The oldest and the newest minor version that are known. */
export const [OLDEST, NEWEST] = [29, 37];

/**
 * Kinds with their types (`-` where no rule reads their fields), then types with their fields, one a line. What does not hold for all
 * versions has them behind it: `@35` since, `@-34` until, `@31-34` from one to another. Behind a kind, `~21` is the version that deprecates it
 * and `=apps/v1` what takes its place.
 */
export const KUBERNETES_FIELDS = `
admission.k8s.io/v1/AdmissionReview -
admission.k8s.io/v1beta1/AdmissionReview - @-21 ~19 =admission.k8s.io/v1
admissionregistration.k8s.io/v1/MutatingAdmissionPolicy - @36
admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding - @36
admissionregistration.k8s.io/v1/MutatingWebhookConfiguration -
admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy - @30
admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding - @30
admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration -
admissionregistration.k8s.io/v1alpha1/MutatingAdmissionPolicy - @32 ~35
admissionregistration.k8s.io/v1alpha1/MutatingAdmissionPolicyBinding - @32 ~35
admissionregistration.k8s.io/v1alpha1/ValidatingAdmissionPolicy - @-31
admissionregistration.k8s.io/v1alpha1/ValidatingAdmissionPolicyBinding - @-31
admissionregistration.k8s.io/v1beta1/MutatingAdmissionPolicy - @34-39 ~37 =admissionregistration.k8s.io/v1
admissionregistration.k8s.io/v1beta1/MutatingAdmissionPolicyBinding - @34-39 ~37 =admissionregistration.k8s.io/v1
admissionregistration.k8s.io/v1beta1/MutatingWebhookConfiguration - @-21 ~16 =admissionregistration.k8s.io/v1
admissionregistration.k8s.io/v1beta1/ValidatingAdmissionPolicy - @-33 ~31
admissionregistration.k8s.io/v1beta1/ValidatingAdmissionPolicyBinding - @-33 ~31
admissionregistration.k8s.io/v1beta1/ValidatingWebhookConfiguration - @-21 ~16 =admissionregistration.k8s.io/v1
apps/v1/ControllerRevision ControllerRevision.apps.v1
apps/v1/DaemonSet DaemonSet.apps.v1
apps/v1/Deployment Deployment.apps.v1
apps/v1/ReplicaSet ReplicaSet.apps.v1
apps/v1/StatefulSet StatefulSet.apps.v1
apps/v1beta1/ControllerRevision - @-15 ~8 =apps/v1
apps/v1beta1/Deployment - @-15 ~8 =apps/v1
apps/v1beta1/DeploymentRollback - @-15 ~8 =apps/v1
apps/v1beta1/Scale - @-15 ~8 =autoscaling/v1
apps/v1beta1/StatefulSet - @-15 ~8 =apps/v1
apps/v1beta2/ControllerRevision - @-15 ~9 =apps/v1
apps/v1beta2/DaemonSet - @-15 ~9 =apps/v1
apps/v1beta2/Deployment - @-15 ~9 =apps/v1
apps/v1beta2/ReplicaSet - @-15 ~9 =apps/v1
apps/v1beta2/Scale - @-15 ~9 =autoscaling/v1
apps/v1beta2/StatefulSet - @-15 ~9 =apps/v1
authentication.k8s.io/v1/SelfSubjectReview -
authentication.k8s.io/v1/TokenRequest -
authentication.k8s.io/v1/TokenReview -
authentication.k8s.io/v1alpha1/SelfSubjectReview - @-31 ~29
authentication.k8s.io/v1beta1/SelfSubjectReview - @-32 ~30
authentication.k8s.io/v1beta1/TokenReview - @-21 ~19 =authentication.k8s.io/v1
authorization.k8s.io/v1/LocalSubjectAccessReview -
authorization.k8s.io/v1/SelfSubjectAccessReview -
authorization.k8s.io/v1/SelfSubjectRulesReview -
authorization.k8s.io/v1/SubjectAccessReview -
authorization.k8s.io/v1beta1/LocalSubjectAccessReview - @-21 ~19 =authorization.k8s.io/v1
authorization.k8s.io/v1beta1/SelfSubjectAccessReview - @-21 ~19 =authorization.k8s.io/v1
authorization.k8s.io/v1beta1/SelfSubjectRulesReview - @-21 ~19 =authorization.k8s.io/v1
authorization.k8s.io/v1beta1/SubjectAccessReview - @-21 ~19 =authorization.k8s.io/v1
autoscaling/v1/HorizontalPodAutoscaler HorizontalPodAutoscaler.autoscaling.v1
autoscaling/v1/Scale Scale.autoscaling.v1
autoscaling/v2/HorizontalPodAutoscaler HorizontalPodAutoscaler.autoscaling.v2
autoscaling/v2beta1/HorizontalPodAutoscaler - @-24 ~22 =autoscaling/v2
autoscaling/v2beta2/HorizontalPodAutoscaler - @-25 ~23 =autoscaling/v2
batch/v1/CronJob CronJob.batch.v1
batch/v1/Job Job.batch.v1
batch/v1beta1/CronJob - @-24 ~21 =batch/v1
certificates.k8s.io/v1/CertificateSigningRequest -
certificates.k8s.io/v1/ClusterTrustBundle - @37
certificates.k8s.io/v1/PodCertificateRequest - @37
certificates.k8s.io/v1alpha1/ClusterTrustBundle - @-36 ~34
certificates.k8s.io/v1alpha1/PodCertificateRequest - @34-39 ~37
certificates.k8s.io/v1beta1/CertificateSigningRequest - @-21 ~19 =certificates.k8s.io/v1
certificates.k8s.io/v1beta1/ClusterTrustBundle - @33-39 ~37 =certificates.k8s.io/v1
certificates.k8s.io/v1beta1/PodCertificateRequest - @35-39 ~37 =certificates.k8s.io/v1
coordination.k8s.io/v1/Lease Lease.coordination.v1
coordination.k8s.io/v1alpha1/LeaseCandidate - @31-36 ~34
coordination.k8s.io/v1alpha2/LeaseCandidate - @32 ~35
coordination.k8s.io/v1beta1/Lease - @-21 ~19 =coordination.k8s.io/v1
coordination.k8s.io/v1beta1/LeaseCandidate - @33-38 ~36
discovery.k8s.io/v1/EndpointSlice -
discovery.k8s.io/v1beta1/EndpointSlice - @-24 ~21 =discovery.k8s.io/v1
events.k8s.io/v1/Event -
events.k8s.io/v1beta1/Event - @-24 ~22
extensions/v1beta1/DaemonSet - @-15 ~8 =apps/v1
extensions/v1beta1/Deployment - @-15 ~8 =apps/v1
extensions/v1beta1/DeploymentRollback - @-15 ~8
extensions/v1beta1/Ingress - @-21 ~14 =networking.k8s.io/v1
extensions/v1beta1/NetworkPolicy - @-15 ~9 =networking.k8s.io/v1
extensions/v1beta1/ReplicaSet - @-15 ~8 =apps/v1
extensions/v1beta1/Scale - @-15 ~2
flowcontrol.apiserver.k8s.io/v1/FlowSchema -
flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration -
flowcontrol.apiserver.k8s.io/v1beta1/FlowSchema - @-25 ~23 =flowcontrol.apiserver.k8s.io/v1beta3
flowcontrol.apiserver.k8s.io/v1beta1/PriorityLevelConfiguration - @-25 ~23 =flowcontrol.apiserver.k8s.io/v1beta3
flowcontrol.apiserver.k8s.io/v1beta2/FlowSchema - @-28 ~26 =flowcontrol.apiserver.k8s.io/v1beta3
flowcontrol.apiserver.k8s.io/v1beta2/PriorityLevelConfiguration - @-28 ~26 =flowcontrol.apiserver.k8s.io/v1beta3
flowcontrol.apiserver.k8s.io/v1beta3/FlowSchema - @-31 ~29 =flowcontrol.apiserver.k8s.io/v1
flowcontrol.apiserver.k8s.io/v1beta3/PriorityLevelConfiguration - @-31 ~29 =flowcontrol.apiserver.k8s.io/v1
internal.apiserver.k8s.io/v1alpha1/StorageVersion -
lifecycle.k8s.io/v1alpha1/Eviction - @37-42 ~40
lifecycle.k8s.io/v1alpha1/EvictionRequest - @37-42 ~40
networking.k8s.io/v1/IPAddress IPAddress.networking.v1 @33
networking.k8s.io/v1/Ingress Ingress.networking.v1
networking.k8s.io/v1/IngressClass IngressClass.networking.v1
networking.k8s.io/v1/NetworkPolicy NetworkPolicy.networking.v1
networking.k8s.io/v1/ServiceCIDR ServiceCIDR.networking.v1 @33
networking.k8s.io/v1alpha1/IPAddress - @-32 ~30
networking.k8s.io/v1alpha1/ServiceCIDR - @-32 ~30
networking.k8s.io/v1beta1/IPAddress - @31-36 ~34
networking.k8s.io/v1beta1/Ingress - @-21 ~19 =networking.k8s.io/v1
networking.k8s.io/v1beta1/IngressClass - @-21 ~19 =networking.k8s.io/v1
networking.k8s.io/v1beta1/ServiceCIDR - @31-36 ~34
node.k8s.io/v1/RuntimeClass RuntimeClass.node.v1
node.k8s.io/v1alpha1/RuntimeClass -
node.k8s.io/v1beta1/RuntimeClass - @-24 ~22
policy/v1/Eviction Eviction.policy.v1
policy/v1/PodDisruptionBudget PodDisruptionBudget.policy.v1
policy/v1beta1/Eviction - @-24 ~22
policy/v1beta1/PodDisruptionBudget - @-24 ~21 =policy/v1
rbac.authorization.k8s.io/v1/ClusterRole ClusterRole.rbac.v1
rbac.authorization.k8s.io/v1/ClusterRoleBinding ClusterRoleBinding.rbac.v1
rbac.authorization.k8s.io/v1/Role Role.rbac.v1
rbac.authorization.k8s.io/v1/RoleBinding RoleBinding.rbac.v1
rbac.authorization.k8s.io/v1alpha1/ClusterRole -
rbac.authorization.k8s.io/v1alpha1/ClusterRoleBinding -
rbac.authorization.k8s.io/v1alpha1/Role -
rbac.authorization.k8s.io/v1alpha1/RoleBinding -
rbac.authorization.k8s.io/v1beta1/ClusterRole - @-21 ~17 =rbac.authorization.k8s.io/v1
rbac.authorization.k8s.io/v1beta1/ClusterRoleBinding - @-21 ~17 =rbac.authorization.k8s.io/v1
rbac.authorization.k8s.io/v1beta1/Role - @-21 ~17 =rbac.authorization.k8s.io/v1
rbac.authorization.k8s.io/v1beta1/RoleBinding - @-21 ~17 =rbac.authorization.k8s.io/v1
resource.k8s.io/v1/DeviceClass - @34
resource.k8s.io/v1/DeviceTaintRule - @37
resource.k8s.io/v1/ResourceClaim - @34
resource.k8s.io/v1/ResourceClaimTemplate - @34
resource.k8s.io/v1/ResourceSlice - @34
resource.k8s.io/v1alpha2/PodSchedulingContext - @-30
resource.k8s.io/v1alpha2/ResourceClaim - @-30
resource.k8s.io/v1alpha2/ResourceClaimParameters - @30-30
resource.k8s.io/v1alpha2/ResourceClaimTemplate - @-30
resource.k8s.io/v1alpha2/ResourceClass - @-30
resource.k8s.io/v1alpha2/ResourceClassParameters - @30-30
resource.k8s.io/v1alpha2/ResourceSlice - @30-30
resource.k8s.io/v1alpha3/DeviceClass - @31-36 ~34 =resource.k8s.io/v1beta1
resource.k8s.io/v1alpha3/DeviceTaintRule - @33-38 ~36
resource.k8s.io/v1alpha3/PodSchedulingContext - @31-31
resource.k8s.io/v1alpha3/ResourceClaim - @31-36 ~34 =resource.k8s.io/v1beta1
resource.k8s.io/v1alpha3/ResourceClaimTemplate - @31-36 ~34 =resource.k8s.io/v1beta1
resource.k8s.io/v1alpha3/ResourcePoolStatusRequest - @36-41 ~39
resource.k8s.io/v1alpha3/ResourceSlice - @31-36 ~34 =resource.k8s.io/v1beta1
resource.k8s.io/v1beta1/DeviceClass - @32 ~35
resource.k8s.io/v1beta1/ResourceClaim - @32 ~35
resource.k8s.io/v1beta1/ResourceClaimTemplate - @32 ~35
resource.k8s.io/v1beta1/ResourceSlice - @32 ~35
resource.k8s.io/v1beta2/DeviceClass - @33-38 ~36
resource.k8s.io/v1beta2/DeviceTaintRule - @36-41 ~39
resource.k8s.io/v1beta2/ResourceClaim - @33-38 ~36
resource.k8s.io/v1beta2/ResourceClaimTemplate - @33-38 ~36
resource.k8s.io/v1beta2/ResourceSlice - @33-38 ~36
scheduling.k8s.io/v1/PriorityClass PriorityClass.scheduling.v1
scheduling.k8s.io/v1alpha1/PriorityClass - @-35
scheduling.k8s.io/v1alpha1/Workload - @35-35
scheduling.k8s.io/v1alpha2/PodGroup - @36-36
scheduling.k8s.io/v1alpha2/Workload - @36-36
scheduling.k8s.io/v1alpha3/CompositePodGroup - @37
scheduling.k8s.io/v1alpha3/PodGroup - @37
scheduling.k8s.io/v1alpha3/Workload - @37
scheduling.k8s.io/v1beta1/PodGroup - @37-42 ~40
scheduling.k8s.io/v1beta1/PriorityClass - @-21 ~14 =scheduling.k8s.io/v1
scheduling.k8s.io/v1beta1/Workload - @37-42 ~40
storage.k8s.io/v1/CSIDriver CSIDriver.storage.v1
storage.k8s.io/v1/CSINode CSINode.storage.v1
storage.k8s.io/v1/CSIStorageCapacity CSIStorageCapacity.storage.v1
storage.k8s.io/v1/StorageClass StorageClass.storage.v1
storage.k8s.io/v1/VolumeAttachment VolumeAttachment.storage.v1
storage.k8s.io/v1/VolumeAttributesClass VolumeAttributesClass.storage.v1 @34
storage.k8s.io/v1alpha1/CSIStorageCapacity - @-23 ~21 =storage.k8s.io/v1beta1
storage.k8s.io/v1alpha1/VolumeAttachment - @-23 ~21 =storage.k8s.io/v1
storage.k8s.io/v1alpha1/VolumeAttributesClass - @-34 ~32 =storage.k8s.io/v1
storage.k8s.io/v1beta1/CSIDriver - @-21 ~19 =storage.k8s.io/v1
storage.k8s.io/v1beta1/CSINode - @-21 ~17 =storage.k8s.io/v1
storage.k8s.io/v1beta1/CSIStorageCapacity - @-26 ~24 =storage.k8s.io/v1
storage.k8s.io/v1beta1/StorageClass - @-21 ~19 =storage.k8s.io/v1
storage.k8s.io/v1beta1/VolumeAttachment - @-21 ~19 =storage.k8s.io/v1
storage.k8s.io/v1beta1/VolumeAttributesClass - @31-36 ~34 =storage.k8s.io/v1
storagemigration.k8s.io/v1/StorageVersionMigration - @37
storagemigration.k8s.io/v1alpha1/StorageVersionMigration - @30-35 ~33
storagemigration.k8s.io/v1beta1/StorageVersionMigration - @35-39 ~37 =storagemigration.k8s.io/v1
v1/Binding Binding.v1
v1/ComponentStatus ComponentStatus.v1
v1/ConfigMap ConfigMap.v1
v1/Endpoints Endpoints.v1 =discovery.k8s.io/v1
v1/Event Event.v1
v1/LimitRange LimitRange.v1
v1/Namespace Namespace.v1
v1/Node Node.v1
v1/NodeProxyOptions -
v1/PersistentVolume PersistentVolume.v1
v1/PersistentVolumeClaim PersistentVolumeClaim.v1
v1/Pod Pod.v1
v1/PodAttachOptions -
v1/PodExecOptions -
v1/PodLogOptions -
v1/PodPortForwardOptions -
v1/PodProxyOptions -
v1/PodStatusResult PodStatusResult.v1 @-36
v1/PodTemplate PodTemplate.v1
v1/RangeAllocation RangeAllocation.v1
v1/ReplicationController ReplicationController.v1
v1/ResourceQuota ResourceQuota.v1
v1/Secret Secret.v1
v1/SerializedReference -
v1/Service Service.v1
v1/ServiceAccount ServiceAccount.v1
v1/ServiceProxyOptions -
AWSElasticBlockStoreVolumeSource.v1 fsType:s partition:i readOnly:b volumeID!:s
Affinity.v1 nodeAffinity:NodeAffinity.v1 podAffinity:PodAffinity.v1 podAntiAffinity:PodAntiAffinity.v1
AggregationRule.rbac.v1 clusterRoleSelectors:[LabelSelector.meta.v1
AppArmorProfile.v1 localhostProfile:s@30 type!:(Localhost|RuntimeDefault|Unconfined@30
AzureDiskVolumeSource.v1 cachingMode:(None|ReadOnly|ReadWrite diskName!:s diskURI!:s fsType:s kind:(Dedicated|Managed|Shared readOnly:b
AzureFilePersistentVolumeSource.v1 readOnly:b secretName!:s secretNamespace:s shareName!:s
AzureFileVolumeSource.v1 readOnly:b secretName!:s shareName!:s
Binding.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 target!:ObjectReference.v1
CSIDriver.storage.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec!:CSIDriverSpec.storage.v1
CSIDriverSpec.storage.v1 attachRequired:b fsGroupPolicy:s nodeAllocatableUpdatePeriodSeconds:l@33 podInfoOnMount:b preventPodSchedulingIfMissing:b@36 requiresRepublish:b seLinuxMount:b serviceAccountTokenInSecrets:b@35 storageCapacity:b tokenRequests:[TokenRequest.storage.v1 volumeLifecycleModes:[s
CSINode.storage.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec!:CSINodeSpec.storage.v1 status:*@37
CSINodeDriver.storage.v1 allocatable:VolumeNodeResources.storage.v1 name!:s nodeID!:s topologyKeys:[s
CSINodeSpec.storage.v1 drivers!:[CSINodeDriver.storage.v1
CSIPersistentVolumeSource.v1 controllerExpandSecretRef:SecretReference.v1 controllerPublishSecretRef:SecretReference.v1 driver!:s fsType:s nodeExpandSecretRef:SecretReference.v1 nodePublishSecretRef:SecretReference.v1 nodeStageSecretRef:SecretReference.v1 readOnly:b volumeAttributes:{s volumeHandle!:s
CSIStorageCapacity.storage.v1 apiVersion:s capacity:q kind:s maximumVolumeSize:q metadata:ObjectMeta.meta.v1 nodeTopology:LabelSelector.meta.v1 storageClassName!:s
CSIVolumeSource.v1 driver!:s fsType:s nodePublishSecretRef:LocalObjectReference.v1 readOnly:b volumeAttributes:{s
Capabilities.v1 add:[s drop:[s
CephFSPersistentVolumeSource.v1 monitors!:[s path:s readOnly:b secretFile:s secretRef:SecretReference.v1 user:s
CephFSVolumeSource.v1 monitors!:[s path:s readOnly:b secretFile:s secretRef:LocalObjectReference.v1 user:s
CinderPersistentVolumeSource.v1 fsType:s readOnly:b secretRef:SecretReference.v1 volumeID!:s
CinderVolumeSource.v1 fsType:s readOnly:b secretRef:LocalObjectReference.v1 volumeID!:s
ClaimSource.v1 resourceClaimName:s@-30 resourceClaimTemplateName:s@-30
ClientIPConfig.v1 timeoutSeconds:i
ClusterRole.rbac.v1 aggregationRule:AggregationRule.rbac.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 rules:[PolicyRule.rbac.v1
ClusterRoleBinding.rbac.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 roleRef!:RoleRef.rbac.v1 subjects:[Subject.rbac.v1
ClusterTrustBundleProjection.v1 labelSelector:LabelSelector.meta.v1 name:s optional:b path!:s signerName:s user:l@37
ComponentCondition.v1 error:s message:s status!:s type!:s
ComponentStatus.v1 apiVersion:s conditions:[ComponentCondition.v1 kind:s metadata:ObjectMeta.meta.v1
ConfigMap.v1 apiVersion:s binaryData:{y data:{s immutable:b kind:s metadata:ObjectMeta.meta.v1
ConfigMapEnvSource.v1 name:s optional:b
ConfigMapKeySelector.v1 key!:s name:s optional:b
ConfigMapNodeConfigSource.v1 kubeletConfigKey!:s name!:s namespace!:s resourceVersion:s uid:s
ConfigMapProjection.v1 items:[KeyToPath.v1 name:s optional:b
ConfigMapVolumeSource.v1 defaultMode:i defaultUser:l@37 items:[KeyToPath.v1 name:s optional:b
Container.v1 args:[s command:[s env:[EnvVar.v1 envFrom:[EnvFromSource.v1 image:s imagePullPolicy:(Always|IfNotPresent|Never lifecycle:Lifecycle.v1 livenessProbe:Probe.v1 name!:s ports:[ContainerPort.v1 readinessProbe:Probe.v1 resizePolicy:[ContainerResizePolicy.v1 resources:ResourceRequirements.v1 restartPolicy:s restartPolicyRules:[ContainerRestartRule.v1@34 securityContext:SecurityContext.v1 startupProbe:Probe.v1 stdin:b stdinOnce:b terminationMessagePath:s terminationMessagePolicy:(FallbackToLogsOnError|File tty:b volumeDevices:[VolumeDevice.v1 volumeMounts:[VolumeMount.v1 workingDir:s
ContainerPort.v1 containerPort!:i hostIP:s hostPort:i name:s protocol:(SCTP|TCP|UDP
ContainerResizePolicy.v1 resourceName!:s restartPolicy!:s
ContainerResourceMetricSource.autoscaling.v2 container!:s name!:s target!:MetricTarget.autoscaling.v2
ContainerRestartRule.v1 action!:s@34 exitCodes:ContainerRestartRuleOnExitCodes.v1@34
ContainerRestartRuleOnExitCodes.v1 operator!:s@34 values:[i@34
ControllerRevision.apps.v1 apiVersion:s data:*@-36 data!:*@37 kind:s metadata:ObjectMeta.meta.v1 revision!:l@-36 revision:l@37
CronJob.batch.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:CronJobSpec.batch.v1@-35 spec!:CronJobSpec.batch.v1@36 status:*
CronJobSpec.batch.v1 concurrencyPolicy:(Allow|Forbid|Replace failedJobsHistoryLimit:i jobTemplate!:JobTemplateSpec.batch.v1 schedule!:s startingDeadlineSeconds:l successfulJobsHistoryLimit:i suspend:b timeZone:s
CrossVersionObjectReference.autoscaling.v1 apiVersion:s kind!:s name!:s
CrossVersionObjectReference.autoscaling.v2 apiVersion:s kind!:s name!:s
DaemonSet.apps.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:DaemonSetSpec.apps.v1@-36 spec!:DaemonSetSpec.apps.v1@37 status:*
DaemonSetSpec.apps.v1 minReadySeconds:i revisionHistoryLimit:i selector!:LabelSelector.meta.v1 template!:PodTemplateSpec.v1 updateStrategy:DaemonSetUpdateStrategy.apps.v1
DaemonSetUpdateStrategy.apps.v1 rollingUpdate:RollingUpdateDaemonSet.apps.v1 type:(OnDelete|RollingUpdate
DeleteOptions.meta.v1 apiVersion:s dryRun:[s gracePeriodSeconds:l ignoreStoreReadErrorWithClusterBreakingPotential:b@32 kind:s orphanDependents:b preconditions:Preconditions.meta.v1 propagationPolicy:s
Deployment.apps.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:DeploymentSpec.apps.v1@-36 spec!:DeploymentSpec.apps.v1@37 status:*
DeploymentSpec.apps.v1 minReadySeconds:i paused:b progressDeadlineSeconds:i replicas:i revisionHistoryLimit:i selector!:LabelSelector.meta.v1 strategy:DeploymentStrategy.apps.v1 template!:PodTemplateSpec.v1
DeploymentStrategy.apps.v1 rollingUpdate:RollingUpdateDeployment.apps.v1 type:(Recreate|RollingUpdate
DownwardAPIProjection.v1 items:[DownwardAPIVolumeFile.v1
DownwardAPIVolumeFile.v1 fieldRef:ObjectFieldSelector.v1 mode:i path!:s resourceFieldRef:ResourceFieldSelector.v1 user:l@37
DownwardAPIVolumeSource.v1 defaultMode:i defaultUser:l@37 items:[DownwardAPIVolumeFile.v1
EmptyDirVolumeSource.v1 medium:s mode:i@37 sizeLimit:q
EndpointAddress.v1 hostname:s ip!:s nodeName:s targetRef:ObjectReference.v1
EndpointPort.v1 appProtocol:s name:s port!:i protocol:(SCTP|TCP|UDP
EndpointSubset.v1 addresses:[EndpointAddress.v1 notReadyAddresses:[EndpointAddress.v1 ports:[EndpointPort.v1
Endpoints.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 subsets:[EndpointSubset.v1
EnvFromSource.v1 configMapRef:ConfigMapEnvSource.v1 prefix:s secretRef:SecretEnvSource.v1
EnvVar.v1 name!:s value:s valueFrom:EnvVarSource.v1
EnvVarSource.v1 configMapKeyRef:ConfigMapKeySelector.v1 fieldRef:ObjectFieldSelector.v1 fileKeyRef:FileKeySelector.v1@34 resourceFieldRef:ResourceFieldSelector.v1 secretKeyRef:SecretKeySelector.v1
EphemeralContainer.v1 args:[s command:[s env:[EnvVar.v1 envFrom:[EnvFromSource.v1 image:s imagePullPolicy:(Always|IfNotPresent|Never lifecycle:Lifecycle.v1 livenessProbe:Probe.v1 name!:s ports:[ContainerPort.v1 readinessProbe:Probe.v1 resizePolicy:[ContainerResizePolicy.v1 resources:ResourceRequirements.v1 restartPolicy:s restartPolicyRules:[ContainerRestartRule.v1@34 securityContext:SecurityContext.v1 startupProbe:Probe.v1 stdin:b stdinOnce:b targetContainerName:s terminationMessagePath:s terminationMessagePolicy:(FallbackToLogsOnError|File tty:b volumeDevices:[VolumeDevice.v1 volumeMounts:[VolumeMount.v1 workingDir:s
EphemeralVolumeSource.v1 volumeClaimTemplate:PersistentVolumeClaimTemplate.v1
Event.v1 action:s apiVersion:s count:i eventTime:t firstTimestamp:t involvedObject!:ObjectReference.v1 kind:s lastTimestamp:t message:s metadata!:ObjectMeta.meta.v1 reason:s related:ObjectReference.v1 reportingComponent:s reportingInstance:s series:EventSeries.v1 source:EventSource.v1 type:s
EventSeries.v1 count:i lastObservedTime:t
EventSource.v1 component:s host:s
Eviction.policy.v1 apiVersion:s deleteOptions:DeleteOptions.meta.v1 kind:s metadata:ObjectMeta.meta.v1
EvictionResponder.v1 name!:s@37 priority!:i@37
ExecAction.v1 command:[s
ExternalMetricSource.autoscaling.v2 metric!:MetricIdentifier.autoscaling.v2 target!:MetricTarget.autoscaling.v2
FCVolumeSource.v1 fsType:s lun:i readOnly:b targetWWNs:[s wwids:[s
FileKeySelector.v1 key!:s@34 optional:b@34 path!:s@34 volumeName!:s@34
FlexPersistentVolumeSource.v1 driver!:s fsType:s options:{s readOnly:b secretRef:SecretReference.v1
FlexVolumeSource.v1 driver!:s fsType:s options:{s readOnly:b secretRef:LocalObjectReference.v1
FlockerVolumeSource.v1 datasetName:s datasetUUID:s
GCEPersistentDiskVolumeSource.v1 fsType:s partition:i pdName!:s readOnly:b
GRPCAction.v1 mode:(Plaintext|TLS@37 port!:i service:s
GitRepoVolumeSource.v1 directory:s repository!:s revision:s
GlusterfsPersistentVolumeSource.v1 endpoints!:s endpointsNamespace:s path!:s readOnly:b
GlusterfsVolumeSource.v1 endpoints!:s path!:s readOnly:b
HPAScalingPolicy.autoscaling.v2 periodSeconds!:i type!:s value!:i
HPAScalingRules.autoscaling.v2 policies:[HPAScalingPolicy.autoscaling.v2 selectPolicy:s stabilizationWindowSeconds:i tolerance:q@33
HTTPGetAction.v1 host:s httpHeaders:[HTTPHeader.v1 path:s port!:o protocol:(HTTP1|HTTP2@37 scheme:(HTTP|HTTPS
HTTPHeader.v1 name!:s value!:s
HTTPIngressPath.networking.v1 backend!:IngressBackend.networking.v1 path:s pathType!:(Exact|ImplementationSpecific|Prefix
HTTPIngressRuleValue.networking.v1 paths!:[HTTPIngressPath.networking.v1
HorizontalPodAutoscaler.autoscaling.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:HorizontalPodAutoscalerSpec.autoscaling.v1@-35 spec!:HorizontalPodAutoscalerSpec.autoscaling.v1@36 status:*
HorizontalPodAutoscaler.autoscaling.v2 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:HorizontalPodAutoscalerSpec.autoscaling.v2@-35 spec!:HorizontalPodAutoscalerSpec.autoscaling.v2@36 status:*
HorizontalPodAutoscalerBehavior.autoscaling.v2 scaleDown:HPAScalingRules.autoscaling.v2 scaleUp:HPAScalingRules.autoscaling.v2
HorizontalPodAutoscalerSpec.autoscaling.v1 maxReplicas!:i minReplicas:i scaleTargetRef!:CrossVersionObjectReference.autoscaling.v1 targetCPUUtilizationPercentage:i
HorizontalPodAutoscalerSpec.autoscaling.v2 behavior:HorizontalPodAutoscalerBehavior.autoscaling.v2 maxReplicas!:i metrics:[MetricSpec.autoscaling.v2 minReplicas:i scaleTargetRef!:CrossVersionObjectReference.autoscaling.v2
HostAlias.v1 hostnames:[s ip:s@-29 ip!:s@30
HostPathVolumeSource.v1 path!:s type:(|BlockDevice|CharDevice|Directory|DirectoryOrCreate|File|FileOrCreate|Socket
IPAddress.networking.v1 apiVersion:s@33 kind:s@33 metadata:ObjectMeta.meta.v1@33 spec:IPAddressSpec.networking.v1@33-35 spec!:IPAddressSpec.networking.v1@36
IPAddressSpec.networking.v1 parentRef!:ParentReference.networking.v1@33
IPBlock.networking.v1 cidr!:s except:[s
ISCSIPersistentVolumeSource.v1 chapAuthDiscovery:b chapAuthSession:b fsType:s initiatorName:s iqn!:s iscsiInterface:s lun!:i portals:[s readOnly:b secretRef:SecretReference.v1 targetPortal!:s
ISCSIVolumeSource.v1 chapAuthDiscovery:b chapAuthSession:b fsType:s initiatorName:s iqn!:s iscsiInterface:s lun!:i portals:[s readOnly:b secretRef:LocalObjectReference.v1 targetPortal!:s
ImageVolumeSource.v1 pullPolicy:(Always|IfNotPresent|Never@31 reference:s@31
Ingress.networking.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:IngressSpec.networking.v1 status:*
IngressBackend.networking.v1 resource:TypedLocalObjectReference.v1 service:IngressServiceBackend.networking.v1
IngressClass.networking.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:IngressClassSpec.networking.v1
IngressClassParametersReference.networking.v1 apiGroup:s kind!:s name!:s namespace:s scope:s
IngressClassSpec.networking.v1 controller:s parameters:IngressClassParametersReference.networking.v1
IngressRule.networking.v1 host:s http:HTTPIngressRuleValue.networking.v1
IngressServiceBackend.networking.v1 name!:s port:ServiceBackendPort.networking.v1
IngressSpec.networking.v1 defaultBackend:IngressBackend.networking.v1 ingressClassName:s rules:[IngressRule.networking.v1 tls:[IngressTLS.networking.v1
IngressTLS.networking.v1 hosts:[s secretName:s
Job.batch.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:JobSpec.batch.v1 status:*
JobSchedulingConfiguration.batch.v1 disruptionMode:WorkloadPodGroupDisruptionMode.scheduling.v1alpha3@37 resourceClaims:[WorkloadPodGroupResourceClaim.scheduling.v1alpha3@37 schedulingConstraints:WorkloadPodGroupSchedulingConstraints.scheduling.v1alpha3@37 schedulingPolicy:WorkloadPodGroupSchedulingPolicy.scheduling.v1alpha3@37
JobSpec.batch.v1 activeDeadlineSeconds:l backoffLimit:i backoffLimitPerIndex:i completionMode:(Indexed|NonIndexed completions:i managedBy:s@30 manualSelector:b maxFailedIndexes:i parallelism:i podFailurePolicy:PodFailurePolicy.batch.v1 podReplacementPolicy:(Failed|TerminatingOrFailed scheduling:JobSchedulingConfiguration.batch.v1@37 selector:LabelSelector.meta.v1 successPolicy:SuccessPolicy.batch.v1@30 suspend:b template!:PodTemplateSpec.v1 ttlSecondsAfterFinished:i
JobTemplateSpec.batch.v1 metadata:ObjectMeta.meta.v1 spec:JobSpec.batch.v1
KeyToPath.v1 key!:s mode:i path!:s user:l@37
LabelSelector.meta.v1 matchExpressions:[LabelSelectorRequirement.meta.v1 matchLabels:{s
LabelSelectorRequirement.meta.v1 key!:s operator!:s values:[s
Lease.coordination.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:LeaseSpec.coordination.v1
LeaseSpec.coordination.v1 acquireTime:t holderIdentity:s leaseDurationSeconds:i leaseTransitions:i preferredHolder:s@31 renewTime:t strategy:s@31
Lifecycle.v1 postStart:LifecycleHandler.v1 preStop:LifecycleHandler.v1 stopSignal:(SIGABRT|SIGALRM|SIGBUS|SIGCHLD|SIGCLD|SIGCONT|SIGFPE|SIGHUP|SIGILL|SIGINT|SIGIO|SIGIOT|SIGKILL|SIGPIPE|SIGPOLL|SIGPROF|SIGPWR|SIGQUIT|SIGRTMAX|SIGRTMAX-1|SIGRTMAX-10|SIGRTMAX-11|SIGRTMAX-12|SIGRTMAX-13|SIGRTMAX-14|SIGRTMAX-2|SIGRTMAX-3|SIGRTMAX-4|SIGRTMAX-5|SIGRTMAX-6|SIGRTMAX-7|SIGRTMAX-8|SIGRTMAX-9|SIGRTMIN|SIGRTMIN+1|SIGRTMIN+10|SIGRTMIN+11|SIGRTMIN+12|SIGRTMIN+13|SIGRTMIN+14|SIGRTMIN+15|SIGRTMIN+2|SIGRTMIN+3|SIGRTMIN+4|SIGRTMIN+5|SIGRTMIN+6|SIGRTMIN+7|SIGRTMIN+8|SIGRTMIN+9|SIGSEGV|SIGSTKFLT|SIGSTOP|SIGSYS|SIGTERM|SIGTRAP|SIGTSTP|SIGTTIN|SIGTTOU|SIGURG|SIGUSR1|SIGUSR2|SIGVTALRM|SIGWINCH|SIGXCPU|SIGXFSZ@33
LifecycleHandler.v1 exec:ExecAction.v1 httpGet:HTTPGetAction.v1 sleep:SleepAction.v1 tcpSocket:TCPSocketAction.v1
LimitRange.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:LimitRangeSpec.v1
LimitRangeItem.v1 default:{q defaultRequest:{q max:{q maxLimitRequestRatio:{q min:{q type!:s
LimitRangeSpec.v1 limits!:[LimitRangeItem.v1
LocalObjectReference.v1 name:s
LocalVolumeSource.v1 fsType:s path!:s
ManagedFieldsEntry.meta.v1 apiVersion:s fieldsType:s fieldsV1:* manager:s operation:s subresource:s time:t
MetricIdentifier.autoscaling.v2 name!:s selector:LabelSelector.meta.v1
MetricSpec.autoscaling.v2 containerResource:ContainerResourceMetricSource.autoscaling.v2 external:ExternalMetricSource.autoscaling.v2 object:ObjectMetricSource.autoscaling.v2 pods:PodsMetricSource.autoscaling.v2 resource:ResourceMetricSource.autoscaling.v2 type!:s
MetricTarget.autoscaling.v2 averageUtilization:i averageValue:q type!:s value:q
NFSVolumeSource.v1 path!:s readOnly:b server!:s
Namespace.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:NamespaceSpec.v1 status:*
NamespaceSpec.v1 finalizers:[s
NetworkPolicy.networking.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:NetworkPolicySpec.networking.v1
NetworkPolicyEgressRule.networking.v1 ports:[NetworkPolicyPort.networking.v1 to:[NetworkPolicyPeer.networking.v1
NetworkPolicyIngressRule.networking.v1 from:[NetworkPolicyPeer.networking.v1 ports:[NetworkPolicyPort.networking.v1
NetworkPolicyPeer.networking.v1 ipBlock:IPBlock.networking.v1 namespaceSelector:LabelSelector.meta.v1 podSelector:LabelSelector.meta.v1
NetworkPolicyPort.networking.v1 endPort:i port:o protocol:(SCTP|TCP|UDP
NetworkPolicySpec.networking.v1 egress:[NetworkPolicyEgressRule.networking.v1 ingress:[NetworkPolicyIngressRule.networking.v1 podSelector!:LabelSelector.meta.v1@-33 podSelector:LabelSelector.meta.v1@34 policyTypes:[(Egress|Ingress
Node.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:NodeSpec.v1 status:*
NodeAffinity.v1 preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm.v1 requiredDuringSchedulingIgnoredDuringExecution:NodeSelector.v1
NodeConfigSource.v1 configMap:ConfigMapNodeConfigSource.v1
NodePodPreemptionPolicy.v1 disableResizePreemption:[s@37
NodeSelector.v1 nodeSelectorTerms!:[NodeSelectorTerm.v1
NodeSelectorRequirement.v1 key!:s operator!:(DoesNotExist|Exists|Gt|In|Lt|NotIn values:[s
NodeSelectorTerm.v1 matchExpressions:[NodeSelectorRequirement.v1 matchFields:[NodeSelectorRequirement.v1
NodeSpec.v1 configSource:NodeConfigSource.v1 externalID:s podCIDR:s podCIDRs:[s podPreemptionPolicy:NodePodPreemptionPolicy.v1@37 providerID:s taints:[Taint.v1 unschedulable:b
ObjectFieldSelector.v1 apiVersion:s fieldPath!:s
ObjectMeta.meta.v1 annotations:{s creationTimestamp:t deletionGracePeriodSeconds:l deletionTimestamp:t finalizers:[s generateName:s generation:l labels:{s managedFields:[ManagedFieldsEntry.meta.v1 name:s namespace:s ownerReferences:[OwnerReference.meta.v1 resourceVersion:s selfLink:s uid:s
ObjectMetricSource.autoscaling.v2 describedObject!:CrossVersionObjectReference.autoscaling.v2 metric!:MetricIdentifier.autoscaling.v2 target!:MetricTarget.autoscaling.v2
ObjectReference.v1 apiVersion:s fieldPath:s kind:s name:s namespace:s resourceVersion:s uid:s
Overhead.node.v1 podFixed:{q
OwnerReference.meta.v1 apiVersion!:s blockOwnerDeletion:b controller:b kind!:s name!:s uid!:s
ParentReference.networking.v1 group:s@33 name!:s@33 namespace:s@33 resource!:s@33
PersistentVolume.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:PersistentVolumeSpec.v1 status:*
PersistentVolumeClaim.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:PersistentVolumeClaimSpec.v1 status:*
PersistentVolumeClaimSpec.v1 accessModes:[(ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod dataSource:TypedLocalObjectReference.v1 dataSourceRef:TypedObjectReference.v1 resources:VolumeResourceRequirements.v1 selector:LabelSelector.meta.v1 storageClassName:s volumeAttributesClassName:s volumeMode:(Block|Filesystem volumeName:s
PersistentVolumeClaimTemplate.v1 metadata:ObjectMeta.meta.v1 spec!:PersistentVolumeClaimSpec.v1
PersistentVolumeClaimVolumeSource.v1 claimName!:s readOnly:b
PersistentVolumeSpec.v1 accessModes:[(ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod awsElasticBlockStore:AWSElasticBlockStoreVolumeSource.v1 azureDisk:AzureDiskVolumeSource.v1 azureFile:AzureFilePersistentVolumeSource.v1 capacity:{q cephfs:CephFSPersistentVolumeSource.v1 cinder:CinderPersistentVolumeSource.v1 claimRef:ObjectReference.v1 csi:CSIPersistentVolumeSource.v1 fc:FCVolumeSource.v1 flexVolume:FlexPersistentVolumeSource.v1 flocker:FlockerVolumeSource.v1 gcePersistentDisk:GCEPersistentDiskVolumeSource.v1 glusterfs:GlusterfsPersistentVolumeSource.v1 hostPath:HostPathVolumeSource.v1 iscsi:ISCSIPersistentVolumeSource.v1 local:LocalVolumeSource.v1 mountOptions:[s nfs:NFSVolumeSource.v1 nodeAffinity:VolumeNodeAffinity.v1 persistentVolumeReclaimPolicy:(Delete|Recycle|Retain photonPersistentDisk:PhotonPersistentDiskVolumeSource.v1 portworxVolume:PortworxVolumeSource.v1 quobyte:QuobyteVolumeSource.v1 rbd:RBDPersistentVolumeSource.v1 scaleIO:ScaleIOPersistentVolumeSource.v1 storageClassName:s storageos:StorageOSPersistentVolumeSource.v1 volumeAttributesClassName:s volumeMode:(Block|Filesystem vsphereVolume:VsphereVirtualDiskVolumeSource.v1
PhotonPersistentDiskVolumeSource.v1 fsType:s pdID!:s
Pod.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:PodSpec.v1 status:*
PodAffinity.v1 preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm.v1 requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm.v1
PodAffinityTerm.v1 labelSelector:LabelSelector.meta.v1 matchLabelKeys:[s mismatchLabelKeys:[s namespaceSelector:LabelSelector.meta.v1 namespaces:[s topologyKey!:s
PodAntiAffinity.v1 preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm.v1 requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm.v1
PodCertificateProjection.v1 certificateChainPath:s@34 credentialBundlePath:s@34 keyPath:s@34 keyType!:s@34 maxExpirationSeconds:i@34 signerName!:s@34 user:l@37 userAnnotations:{s@35
PodDNSConfig.v1 nameservers:[s options:[PodDNSConfigOption.v1 searches:[s
PodDNSConfigOption.v1 name:s value:s
PodDisruptionBudget.policy.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:PodDisruptionBudgetSpec.policy.v1 status:*
PodDisruptionBudgetSpec.policy.v1 maxUnavailable:o minAvailable:o selector:LabelSelector.meta.v1 unhealthyPodEvictionPolicy:(AlwaysAllow|IfHealthyBudget
PodFailurePolicy.batch.v1 rules!:[PodFailurePolicyRule.batch.v1
PodFailurePolicyOnExitCodesRequirement.batch.v1 containerName:s operator!:(In|NotIn values!:[i
PodFailurePolicyOnPodConditionsPattern.batch.v1 status!:s@-34 status:s@35 type!:s
PodFailurePolicyRule.batch.v1 action!:(Count|FailIndex|FailJob|Ignore onExitCodes:PodFailurePolicyOnExitCodesRequirement.batch.v1 onPodConditions:[PodFailurePolicyOnPodConditionsPattern.batch.v1
PodOS.v1 name!:s
PodReadinessGate.v1 conditionType!:s
PodResourceClaim.v1 name!:s resourceClaimName:s@31 resourceClaimTemplateName:s@31 source:ClaimSource.v1@-30
PodSchedulingGate.v1 name!:s
PodSchedulingGroup.v1 podGroupName:s@36
PodSecurityContext.v1 appArmorProfile:AppArmorProfile.v1@30 fsGroup:l fsGroupChangePolicy:(Always|OnRootMismatch runAsGroup:l runAsNonRoot:b runAsUser:l seLinuxChangePolicy:s@32 seLinuxOptions:SELinuxOptions.v1 seccompProfile:SeccompProfile.v1 supplementalGroups:[l supplementalGroupsPolicy:(Merge|Strict@31 sysctls:[Sysctl.v1 windowsOptions:WindowsSecurityContextOptions.v1
PodSpec.v1 activeDeadlineSeconds:l affinity:Affinity.v1 automountServiceAccountToken:b containers!:[Container.v1 dnsConfig:PodDNSConfig.v1 dnsPolicy:(ClusterFirst|ClusterFirstWithHostNet|Default|None enableServiceLinks:b ephemeralContainers:[EphemeralContainer.v1 evictionResponders:[EvictionResponder.v1@37 hostAliases:[HostAlias.v1 hostIPC:b hostNetwork:b hostPID:b hostUsers:b hostname:s hostnameOverride:s@34 imagePullSecrets:[LocalObjectReference.v1 initContainers:[Container.v1 nodeName:s nodeSelector:{s os:PodOS.v1 overhead:{q preemptionPolicy:(Never|PreemptLowerPriority priority:i priorityClassName:s readinessGates:[PodReadinessGate.v1 resourceClaims:[PodResourceClaim.v1 resources:ResourceRequirements.v1@32 restartPolicy:(Always|Never|OnFailure runtimeClassName:s schedulerName:s schedulingGates:[PodSchedulingGate.v1 schedulingGroup:PodSchedulingGroup.v1@36 securityContext:PodSecurityContext.v1 serviceAccount:s serviceAccountName:s setHostnameAsFQDN:b shareProcessNamespace:b subdomain:s terminationGracePeriodSeconds:l tolerations:[Toleration.v1 topologySpreadConstraints:[TopologySpreadConstraint.v1 volumes:[Volume.v1 workloadRef:WorkloadReference.v1@35-35
PodStatusResult.v1 apiVersion:s@-36 kind:s@-36 metadata:ObjectMeta.meta.v1@-36 status:*@-36
PodTemplate.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 template:PodTemplateSpec.v1
PodTemplateSpec.v1 metadata:ObjectMeta.meta.v1 spec:PodSpec.v1
PodsMetricSource.autoscaling.v2 metric!:MetricIdentifier.autoscaling.v2 target!:MetricTarget.autoscaling.v2
PolicyRule.rbac.v1 apiGroups:[s nonResourceURLs:[s resourceNames:[s resources:[s verbs!:[s
PortworxVolumeSource.v1 fsType:s readOnly:b volumeID!:s
Preconditions.meta.v1 resourceVersion:s uid:s
PreferredSchedulingTerm.v1 preference!:NodeSelectorTerm.v1 weight!:i
PriorityClass.scheduling.v1 apiVersion:s description:s globalDefault:b kind:s metadata:ObjectMeta.meta.v1 preemptionPolicy:(Never|PreemptLowerPriority value!:i@-35 value:i@36
Probe.v1 exec:ExecAction.v1 failureThreshold:i grpc:GRPCAction.v1 httpGet:HTTPGetAction.v1 initialDelaySeconds:i periodSeconds:i successThreshold:i tcpSocket:TCPSocketAction.v1 terminationGracePeriodSeconds:l timeoutSeconds:i
ProjectedVolumeSource.v1 defaultMode:i defaultUser:l@37 sources:[VolumeProjection.v1
QuobyteVolumeSource.v1 group:s readOnly:b registry!:s tenant:s user:s volume!:s
RBDPersistentVolumeSource.v1 fsType:s image!:s keyring:s monitors!:[s pool:s readOnly:b secretRef:SecretReference.v1 user:s
RBDVolumeSource.v1 fsType:s image!:s keyring:s monitors!:[s pool:s readOnly:b secretRef:LocalObjectReference.v1 user:s
RangeAllocation.v1 apiVersion:s data!:y kind:s metadata:ObjectMeta.meta.v1 range!:s
ReplicaSet.apps.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:ReplicaSetSpec.apps.v1@-36 spec!:ReplicaSetSpec.apps.v1@37 status:*
ReplicaSetSpec.apps.v1 minReadySeconds:i replicas:i selector!:LabelSelector.meta.v1 template:PodTemplateSpec.v1
ReplicationController.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:ReplicationControllerSpec.v1 status:*
ReplicationControllerSpec.v1 minReadySeconds:i replicas:i selector:{s template:PodTemplateSpec.v1
ResourceClaim.v1 name!:s request:s@31
ResourceFieldSelector.v1 containerName:s divisor:q resource!:s
ResourceMetricSource.autoscaling.v2 name!:s target!:MetricTarget.autoscaling.v2
ResourceQuota.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:ResourceQuotaSpec.v1 status:*
ResourceQuotaSpec.v1 hard:{q scopeSelector:ScopeSelector.v1 scopes:[(BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating@-32 scopes:[(BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating|VolumeAttributesClass@33
ResourceRequirements.v1 claims:[ResourceClaim.v1 limits:{q requests:{q
Role.rbac.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 rules:[PolicyRule.rbac.v1
RoleBinding.rbac.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 roleRef!:RoleRef.rbac.v1 subjects:[Subject.rbac.v1
RoleRef.rbac.v1 apiGroup!:s@-35 apiGroup:s@36 kind!:s name!:s
RollingUpdateDaemonSet.apps.v1 maxSurge:o maxUnavailable:o
RollingUpdateDeployment.apps.v1 maxSurge:o maxUnavailable:o
RollingUpdateStatefulSetStrategy.apps.v1 maxUnavailable:o partition:i
RuntimeClass.node.v1 apiVersion:s handler!:s kind:s metadata:ObjectMeta.meta.v1 overhead:Overhead.node.v1 scheduling:Scheduling.node.v1
SELinuxOptions.v1 level:s role:s type:s user:s
Scale.autoscaling.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:ScaleSpec.autoscaling.v1 status:*
ScaleIOPersistentVolumeSource.v1 fsType:s gateway!:s protectionDomain:s readOnly:b secretRef!:SecretReference.v1 sslEnabled:b storageMode:s storagePool:s system!:s volumeName:s
ScaleIOVolumeSource.v1 fsType:s gateway!:s protectionDomain:s readOnly:b secretRef!:LocalObjectReference.v1 sslEnabled:b storageMode:s storagePool:s system!:s volumeName:s
ScaleSpec.autoscaling.v1 replicas:i
Scheduling.node.v1 nodeSelector:{s tolerations:[Toleration.v1
ScopeSelector.v1 matchExpressions:[ScopedResourceSelectorRequirement.v1
ScopedResourceSelectorRequirement.v1 operator!:(DoesNotExist|Exists|In|NotIn scopeName!:(BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating@-32 scopeName!:(BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating|VolumeAttributesClass@33 values:[s
SeccompProfile.v1 localhostProfile:s type!:(Localhost|RuntimeDefault|Unconfined
Secret.v1 apiVersion:s data:{y immutable:b kind:s metadata:ObjectMeta.meta.v1 stringData:{s type:s
SecretEnvSource.v1 name:s optional:b
SecretKeySelector.v1 key!:s name:s optional:b
SecretProjection.v1 items:[KeyToPath.v1 name:s optional:b
SecretReference.v1 name:s namespace:s
SecretVolumeSource.v1 defaultMode:i defaultUser:l@37 items:[KeyToPath.v1 optional:b secretName:s
SecurityContext.v1 allowPrivilegeEscalation:b appArmorProfile:AppArmorProfile.v1@30 capabilities:Capabilities.v1 privileged:b procMount:(Default|Unmasked readOnlyRootFilesystem:b runAsGroup:l runAsNonRoot:b runAsUser:l seLinuxOptions:SELinuxOptions.v1 seccompProfile:SeccompProfile.v1 windowsOptions:WindowsSecurityContextOptions.v1
Service.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:ServiceSpec.v1 status:*
ServiceAccount.v1 apiVersion:s automountServiceAccountToken:b imagePullSecrets:[LocalObjectReference.v1 kind:s metadata:ObjectMeta.meta.v1 secrets:[ObjectReference.v1
ServiceAccountTokenProjection.v1 audience:s expirationSeconds:l path!:s user:l@37
ServiceBackendPort.networking.v1 name:s number:i
ServiceCIDR.networking.v1 apiVersion:s@33 kind:s@33 metadata:ObjectMeta.meta.v1@33 spec:ServiceCIDRSpec.networking.v1@33 status:*@33
ServiceCIDRSpec.networking.v1 cidrs:[s@33
ServicePort.v1 appProtocol:s name:s nodePort:i port!:i protocol:(SCTP|TCP|UDP targetPort:o
ServiceSpec.v1 allocateLoadBalancerNodePorts:b clusterIP:s clusterIPs:[s externalIPs:[s externalName:s externalTrafficPolicy:(Cluster|Local healthCheckNodePort:i internalTrafficPolicy:(Cluster|Local ipFamilies:[(|IPv4|IPv6 ipFamilyPolicy:(PreferDualStack|RequireDualStack|SingleStack loadBalancerClass:s loadBalancerIP:s loadBalancerSourceRanges:[s ports:[ServicePort.v1 publishNotReadyAddresses:b selector:{s sessionAffinity:(ClientIP|None sessionAffinityConfig:SessionAffinityConfig.v1 trafficDistribution:s@30 type:(ClusterIP|ExternalName|LoadBalancer|NodePort
SessionAffinityConfig.v1 clientIP:ClientIPConfig.v1
SleepAction.v1 seconds!:l
StatefulSet.apps.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec:StatefulSetSpec.apps.v1@-36 spec!:StatefulSetSpec.apps.v1@37 status:*
StatefulSetOrdinals.apps.v1 start:i
StatefulSetPersistentVolumeClaimRetentionPolicy.apps.v1 whenDeleted:s whenScaled:s
StatefulSetSpec.apps.v1 minReadySeconds:i ordinals:StatefulSetOrdinals.apps.v1 persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy.apps.v1 podManagementPolicy:(OrderedReady|Parallel replicas:i revisionHistoryLimit:i selector!:LabelSelector.meta.v1 serviceName!:s@-32 serviceName:s@33 template!:PodTemplateSpec.v1 updateStrategy:StatefulSetUpdateStrategy.apps.v1 volumeClaimTemplates:[PersistentVolumeClaim.v1
StatefulSetUpdateStrategy.apps.v1 rollingUpdate:RollingUpdateStatefulSetStrategy.apps.v1 type:(OnDelete|RollingUpdate@-36 type:(OnDelete|Recreate|RollingUpdate@37
StorageClass.storage.v1 allowVolumeExpansion:b allowedTopologies:[TopologySelectorTerm.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 mountOptions:[s parameters:{s provisioner!:s reclaimPolicy:(Delete|Recycle|Retain volumeBindingMode:(Immediate|WaitForFirstConsumer
StorageOSPersistentVolumeSource.v1 fsType:s readOnly:b secretRef:ObjectReference.v1 volumeName:s volumeNamespace:s
StorageOSVolumeSource.v1 fsType:s readOnly:b secretRef:LocalObjectReference.v1 volumeName:s volumeNamespace:s
Subject.rbac.v1 apiGroup:s kind!:s name!:s namespace:s
SuccessPolicy.batch.v1 rules!:[SuccessPolicyRule.batch.v1@30
SuccessPolicyRule.batch.v1 succeededCount:i@30 succeededIndexes:s@30
Sysctl.v1 name!:s value!:s
TCPSocketAction.v1 host:s port!:o
Taint.v1 effect!:(NoExecute|NoSchedule|PreferNoSchedule key!:s timeAdded:t value:s
TokenRequest.storage.v1 audience!:s expirationSeconds:l
Toleration.v1 effect:(NoExecute|NoSchedule|PreferNoSchedule key:s operator:(Equal|Exists@-34 operator:(Equal|Exists|Gt|Lt@35 tolerationSeconds:l value:s
TopologyConstraint.scheduling.v1alpha3 key!:s@37
TopologySelectorLabelRequirement.v1 key!:s values!:[s
TopologySelectorTerm.v1 matchLabelExpressions:[TopologySelectorLabelRequirement.v1
TopologySpreadConstraint.v1 labelSelector:LabelSelector.meta.v1 matchLabelKeys:[s maxSkew!:i minDomains:i nodeAffinityPolicy:(Honor|Ignore nodeTaintsPolicy:(Honor|Ignore topologyKey!:s whenUnsatisfiable!:(DoNotSchedule|ScheduleAnyway
TypedLocalObjectReference.v1 apiGroup:s kind!:s name!:s
TypedObjectReference.v1 apiGroup:s kind!:s name!:s namespace:s
Volume.v1 awsElasticBlockStore:AWSElasticBlockStoreVolumeSource.v1 azureDisk:AzureDiskVolumeSource.v1 azureFile:AzureFileVolumeSource.v1 cephfs:CephFSVolumeSource.v1 cinder:CinderVolumeSource.v1 configMap:ConfigMapVolumeSource.v1 csi:CSIVolumeSource.v1 downwardAPI:DownwardAPIVolumeSource.v1 emptyDir:EmptyDirVolumeSource.v1 ephemeral:EphemeralVolumeSource.v1 fc:FCVolumeSource.v1 flexVolume:FlexVolumeSource.v1 flocker:FlockerVolumeSource.v1 gcePersistentDisk:GCEPersistentDiskVolumeSource.v1 gitRepo:GitRepoVolumeSource.v1 glusterfs:GlusterfsVolumeSource.v1 hostPath:HostPathVolumeSource.v1 image:ImageVolumeSource.v1@31 iscsi:ISCSIVolumeSource.v1 name!:s nfs:NFSVolumeSource.v1 persistentVolumeClaim:PersistentVolumeClaimVolumeSource.v1 photonPersistentDisk:PhotonPersistentDiskVolumeSource.v1 portworxVolume:PortworxVolumeSource.v1 projected:ProjectedVolumeSource.v1 quobyte:QuobyteVolumeSource.v1 rbd:RBDVolumeSource.v1 scaleIO:ScaleIOVolumeSource.v1 secret:SecretVolumeSource.v1 storageos:StorageOSVolumeSource.v1 vsphereVolume:VsphereVirtualDiskVolumeSource.v1
VolumeAttachment.storage.v1 apiVersion:s kind:s metadata:ObjectMeta.meta.v1 spec!:VolumeAttachmentSpec.storage.v1 status:*
VolumeAttachmentSource.storage.v1 inlineVolumeSpec:PersistentVolumeSpec.v1 persistentVolumeName:s
VolumeAttachmentSpec.storage.v1 attacher!:s nodeName!:s source!:VolumeAttachmentSource.storage.v1
VolumeAttributesClass.storage.v1 apiVersion:s@34 driverName!:s@34 kind:s@34 metadata:ObjectMeta.meta.v1@34 parameters:{s@34
VolumeDevice.v1 devicePath!:s name!:s
VolumeMount.v1 bindMountOptions:[s@37 mountPath!:s mountPropagation:(Bidirectional|HostToContainer|None name!:s readOnly:b recursiveReadOnly:s@30 subPath:s subPathExpr:s
VolumeNodeAffinity.v1 required:NodeSelector.v1
VolumeNodeResources.storage.v1 count:i
VolumeProjection.v1 clusterTrustBundle:ClusterTrustBundleProjection.v1 configMap:ConfigMapProjection.v1 downwardAPI:DownwardAPIProjection.v1 podCertificate:PodCertificateProjection.v1@34 secret:SecretProjection.v1 serviceAccountToken:ServiceAccountTokenProjection.v1
VolumeResourceRequirements.v1 limits:{q requests:{q
VsphereVirtualDiskVolumeSource.v1 fsType:s storagePolicyID:s storagePolicyName:s volumePath!:s
WeightedPodAffinityTerm.v1 podAffinityTerm!:PodAffinityTerm.v1 weight!:i
WindowsSecurityContextOptions.v1 gmsaCredentialSpec:s gmsaCredentialSpecName:s hostProcess:b runAsUserName:s
WorkloadPodGroupDisruptionMode.scheduling.v1alpha3 all:WorkloadPodGroupAllDisruptionMode.scheduling.v1alpha3@37 single:WorkloadPodGroupSingleDisruptionMode.scheduling.v1alpha3@37
WorkloadPodGroupGangSchedulingPolicy.scheduling.v1alpha3 minCount:i@37
WorkloadPodGroupResourceClaim.scheduling.v1alpha3 name!:s@37 resourceClaimName:s@37 resourceClaimTemplateName:s@37
WorkloadPodGroupSchedulingConstraints.scheduling.v1alpha3 topology:[TopologyConstraint.scheduling.v1alpha3@37
WorkloadPodGroupSchedulingPolicy.scheduling.v1alpha3 basic:WorkloadPodGroupBasicSchedulingPolicy.scheduling.v1alpha3@37 gang:WorkloadPodGroupGangSchedulingPolicy.scheduling.v1alpha3@37
WorkloadReference.v1 name!:s@35-35 podGroup!:s@35-35 podGroupReplicaKey:s@35-35
`;
