// Generated from the types of k8s.io/api by tools/kubernetes-fields; `npm run kubernetes` writes it anew.

/**
 * Types with those of their fields that are more than a value, one type a line. `*` before a field: left out is another thing than
 * empty, zero or false. `=name` behind it: its items are merged by their `name`, by themselves where nothing stands there. `~` behind it:
 * what a manifest does not say goes, even if the API server has added it.
 */
export const FIELD_TRAITS = `
Affinity.v1 *nodeAffinity *podAffinity *podAntiAffinity
AppArmorProfile.v1 *localhostProfile
AzureDiskVolumeSource.v1 *cachingMode *fsType *kind *readOnly
AzureFilePersistentVolumeSource.v1 *secretNamespace
CSIDriverSpec.storage.v1 *attachRequired *fsGroupPolicy *nodeAllocatableUpdatePeriodSeconds *podInfoOnMount *preventPodSchedulingIfMissing *requiresRepublish *seLinuxMount *serviceAccountTokenInSecrets *storageCapacity
CSINodeDriver.storage.v1 *allocatable
CSINodeSpec.storage.v1 drivers=name
CSIPersistentVolumeSource.v1 *controllerExpandSecretRef *controllerPublishSecretRef *nodeExpandSecretRef *nodePublishSecretRef *nodeStageSecretRef
CSIStorageCapacity.storage.v1 *capacity *maximumVolumeSize *nodeTopology
CSIVolumeSource.v1 *fsType *nodePublishSecretRef *readOnly
CephFSPersistentVolumeSource.v1 *secretRef
CephFSVolumeSource.v1 *secretRef
CinderPersistentVolumeSource.v1 *secretRef
CinderVolumeSource.v1 *secretRef
ClaimSource.v1 *resourceClaimName *resourceClaimTemplateName
ClientIPConfig.v1 *timeoutSeconds
ClusterRole.rbac.v1 *aggregationRule
ClusterTrustBundleProjection.v1 *labelSelector *name *optional *signerName *user
ComponentStatus.v1 conditions=type
ConfigMap.v1 *immutable
ConfigMapEnvSource.v1 *optional
ConfigMapKeySelector.v1 *optional
ConfigMapProjection.v1 *optional
ConfigMapVolumeSource.v1 *defaultMode *defaultUser *optional
Container.v1 env=name *lifecycle *livenessProbe ports=containerPort *readinessProbe *restartPolicy *securityContext *startupProbe volumeDevices=devicePath volumeMounts=mountPath
ContainerRestartRule.v1 *exitCodes
CronJobSpec.batch.v1 *failedJobsHistoryLimit *startingDeadlineSeconds *successfulJobsHistoryLimit *suspend *timeZone
DaemonSetSpec.apps.v1 *revisionHistoryLimit *selector
DaemonSetUpdateStrategy.apps.v1 *rollingUpdate
DeleteOptions.meta.v1 *gracePeriodSeconds *ignoreStoreReadErrorWithClusterBreakingPotential *orphanDependents *preconditions *propagationPolicy
DeploymentSpec.apps.v1 *progressDeadlineSeconds *replicas *revisionHistoryLimit *selector strategy~
DeploymentStrategy.apps.v1 *rollingUpdate
DownwardAPIVolumeFile.v1 *fieldRef *mode *resourceFieldRef *user
DownwardAPIVolumeSource.v1 *defaultMode *defaultUser
EmptyDirVolumeSource.v1 *mode *sizeLimit
EndpointAddress.v1 *nodeName *targetRef
EndpointPort.v1 *appProtocol
EnvFromSource.v1 *configMapRef *secretRef
EnvVar.v1 *valueFrom
EnvVarSource.v1 *configMapKeyRef *fieldRef *fileKeyRef *resourceFieldRef *secretKeyRef
EphemeralContainer.v1 env=name *lifecycle *livenessProbe ports=containerPort *readinessProbe *restartPolicy *securityContext *startupProbe volumeDevices=devicePath volumeMounts=mountPath
EphemeralVolumeSource.v1 *volumeClaimTemplate
Event.v1 *related *series
Eviction.policy.v1 *deleteOptions
EvictionResponder.v1 *priority
FCVolumeSource.v1 *lun
FileKeySelector.v1 *optional
FlexPersistentVolumeSource.v1 *secretRef
FlexVolumeSource.v1 *secretRef
GRPCAction.v1 *mode *service
GlusterfsPersistentVolumeSource.v1 *endpointsNamespace
HPAScalingRules.autoscaling.v2 *selectPolicy *stabilizationWindowSeconds *tolerance
HTTPGetAction.v1 *protocol
HTTPIngressPath.networking.v1 *pathType
HorizontalPodAutoscalerBehavior.autoscaling.v2 *scaleDown *scaleUp
HorizontalPodAutoscalerSpec.autoscaling.v1 *minReplicas *targetCPUUtilizationPercentage
HorizontalPodAutoscalerSpec.autoscaling.v2 *behavior *minReplicas
HostPathVolumeSource.v1 *type
IPAddressSpec.networking.v1 *parentRef
ISCSIPersistentVolumeSource.v1 *initiatorName *secretRef
ISCSIVolumeSource.v1 *initiatorName *secretRef
IngressBackend.networking.v1 *resource *service
IngressClassParametersReference.networking.v1 *apiGroup *namespace *scope
IngressClassSpec.networking.v1 *parameters
IngressRule.networking.v1 *http
IngressSpec.networking.v1 *defaultBackend *ingressClassName
JobSchedulingConfiguration.batch.v1 *disruptionMode resourceClaims=name *schedulingConstraints *schedulingPolicy
JobSpec.batch.v1 *activeDeadlineSeconds *backoffLimit *backoffLimitPerIndex *completionMode *completions *managedBy *manualSelector *maxFailedIndexes *parallelism *podFailurePolicy *podReplacementPolicy *scheduling *selector *successPolicy *suspend *ttlSecondsAfterFinished
KeyToPath.v1 *mode *user
LeaseSpec.coordination.v1 *acquireTime *holderIdentity *leaseDurationSeconds *leaseTransitions *preferredHolder *renewTime *strategy
Lifecycle.v1 *postStart *preStop *stopSignal
LifecycleHandler.v1 *exec *httpGet *sleep *tcpSocket
LocalVolumeSource.v1 *fsType
ManagedFieldsEntry.meta.v1 *fieldsV1 *time
MetricIdentifier.autoscaling.v2 *selector
MetricSpec.autoscaling.v2 *containerResource *external *object *pods *resource
MetricTarget.autoscaling.v2 *averageUtilization *averageValue *value
NetworkPolicyPeer.networking.v1 *ipBlock *namespaceSelector *podSelector
NetworkPolicyPort.networking.v1 *endPort *port *protocol
NodeAffinity.v1 *requiredDuringSchedulingIgnoredDuringExecution
NodeConfigSource.v1 *configMap
NodeSpec.v1 *configSource podCIDRs= *podPreemptionPolicy
ObjectMeta.meta.v1 *deletionGracePeriodSeconds *deletionTimestamp finalizers= ownerReferences=uid
OwnerReference.meta.v1 *blockOwnerDeletion *controller
PersistentVolumeClaimSpec.v1 *dataSource *dataSourceRef *selector *storageClassName *volumeAttributesClassName *volumeMode
PersistentVolumeSpec.v1 *awsElasticBlockStore *azureDisk *azureFile *cephfs *cinder *claimRef *csi *fc *flexVolume *flocker *gcePersistentDisk *glusterfs *hostPath *iscsi *local *nfs *nodeAffinity *photonPersistentDisk *portworxVolume *quobyte *rbd *scaleIO *storageos *volumeAttributesClassName *volumeMode *vsphereVolume
PodAffinityTerm.v1 *labelSelector *namespaceSelector
PodCertificateProjection.v1 *maxExpirationSeconds *user
PodDNSConfigOption.v1 *value
PodDisruptionBudgetSpec.policy.v1 *maxUnavailable *minAvailable *selector *unhealthyPodEvictionPolicy
PodFailurePolicyOnExitCodesRequirement.batch.v1 *containerName
PodFailurePolicyRule.batch.v1 *onExitCodes
PodResourceClaim.v1 *resourceClaimName *resourceClaimTemplateName
PodSchedulingGroup.v1 *podGroupName
PodSecurityContext.v1 *appArmorProfile *fsGroup *fsGroupChangePolicy *runAsGroup *runAsNonRoot *runAsUser *seLinuxChangePolicy *seLinuxOptions *seccompProfile *supplementalGroupsPolicy *windowsOptions
PodSpec.v1 *activeDeadlineSeconds *affinity *automountServiceAccountToken containers=name *dnsConfig *enableServiceLinks ephemeralContainers=name evictionResponders=name hostAliases=ip *hostUsers *hostnameOverride imagePullSecrets=name initContainers=name *os *preemptionPolicy *priority resourceClaims=name~ *resources *runtimeClassName schedulingGates=name *schedulingGroup *securityContext *setHostnameAsFQDN *shareProcessNamespace *terminationGracePeriodSeconds topologySpreadConstraints=topologyKey volumes=name~ *workloadRef
Preconditions.meta.v1 *resourceVersion *uid
PriorityClass.scheduling.v1 *preemptionPolicy
Probe.v1 *exec *grpc *httpGet *tcpSocket *terminationGracePeriodSeconds
ProjectedVolumeSource.v1 *defaultMode *defaultUser
RBDPersistentVolumeSource.v1 *secretRef
RBDVolumeSource.v1 *secretRef
ReplicaSetSpec.apps.v1 *replicas *selector
ReplicationControllerSpec.v1 *replicas *template
ResourceQuotaSpec.v1 *scopeSelector
RollingUpdateDaemonSet.apps.v1 *maxSurge *maxUnavailable
RollingUpdateDeployment.apps.v1 *maxSurge *maxUnavailable
RollingUpdateStatefulSetStrategy.apps.v1 *maxUnavailable *partition
RuntimeClass.node.v1 *overhead *scheduling
ScaleIOPersistentVolumeSource.v1 *secretRef
ScaleIOVolumeSource.v1 *secretRef
SeccompProfile.v1 *localhostProfile
Secret.v1 *immutable
SecretEnvSource.v1 *optional
SecretKeySelector.v1 *optional
SecretProjection.v1 *optional
SecretVolumeSource.v1 *defaultMode *defaultUser *optional
SecurityContext.v1 *allowPrivilegeEscalation *appArmorProfile *capabilities *privileged *procMount *readOnlyRootFilesystem *runAsGroup *runAsNonRoot *runAsUser *seLinuxOptions *seccompProfile *windowsOptions
ServiceAccount.v1 *automountServiceAccountToken secrets=name
ServiceAccountTokenProjection.v1 *expirationSeconds *user
ServicePort.v1 *appProtocol
ServiceSpec.v1 *allocateLoadBalancerNodePorts *internalTrafficPolicy *ipFamilyPolicy *loadBalancerClass ports=port *sessionAffinityConfig *trafficDistribution
SessionAffinityConfig.v1 *clientIP
StatefulSetSpec.apps.v1 *ordinals *persistentVolumeClaimRetentionPolicy *replicas *revisionHistoryLimit *selector
StatefulSetUpdateStrategy.apps.v1 *rollingUpdate
StorageClass.storage.v1 *allowVolumeExpansion *reclaimPolicy *volumeBindingMode
StorageOSPersistentVolumeSource.v1 *secretRef
StorageOSVolumeSource.v1 *secretRef
SuccessPolicyRule.batch.v1 *succeededCount *succeededIndexes
Taint.v1 *timeAdded
TokenRequest.storage.v1 *expirationSeconds
Toleration.v1 *tolerationSeconds
TopologySpreadConstraint.v1 *labelSelector *minDomains *nodeAffinityPolicy *nodeTaintsPolicy
TypedLocalObjectReference.v1 *apiGroup
TypedObjectReference.v1 *apiGroup *namespace
Volume.v1 *awsElasticBlockStore *azureDisk *azureFile *cephfs *cinder *configMap *csi *downwardAPI *emptyDir *ephemeral *fc *flexVolume *flocker *gcePersistentDisk *gitRepo *glusterfs *hostPath *image *iscsi *nfs *persistentVolumeClaim *photonPersistentDisk *portworxVolume *projected *quobyte *rbd *scaleIO *secret *storageos *vsphereVolume
VolumeAttachmentSource.storage.v1 *inlineVolumeSpec *persistentVolumeName
VolumeMount.v1 *mountPropagation *recursiveReadOnly
VolumeNodeAffinity.v1 *required
VolumeNodeResources.storage.v1 *count
VolumeProjection.v1 *clusterTrustBundle *configMap *downwardAPI *podCertificate *secret *serviceAccountToken
WindowsSecurityContextOptions.v1 *gmsaCredentialSpec *gmsaCredentialSpecName *hostProcess *runAsUserName
WorkloadPodGroupDisruptionMode.scheduling.v1alpha3 *all *single
WorkloadPodGroupGangSchedulingPolicy.scheduling.v1alpha3 *minCount
WorkloadPodGroupResourceClaim.scheduling.v1alpha3 *resourceClaimName *resourceClaimTemplateName
WorkloadPodGroupSchedulingPolicy.scheduling.v1alpha3 *basic *gang
`;
