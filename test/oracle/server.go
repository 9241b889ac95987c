package main

import (
	"context"
	"errors"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/core"
	"k8s.io/kubernetes/pkg/capabilities"

	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"

	"k8s.io/kubernetes/pkg/registry/apps/daemonset"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/replicaset"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	"k8s.io/kubernetes/pkg/registry/core/configmap"
	"k8s.io/kubernetes/pkg/registry/core/namespace"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolumeclaim"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/registry/core/podtemplate"
	"k8s.io/kubernetes/pkg/registry/core/replicationcontroller"
	"k8s.io/kubernetes/pkg/registry/core/secret"
	"k8s.io/kubernetes/pkg/registry/core/service"
	"k8s.io/kubernetes/pkg/registry/core/serviceaccount"
	"k8s.io/kubernetes/pkg/registry/networking/ingress"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
	"k8s.io/kubernetes/pkg/registry/policy/poddisruptionbudget"
)

// What decides on the objects of each kind that constructs of cdk8s-plus and ours make.
var strategies = map[schema.GroupKind]rest.RESTCreateStrategy{
	{Kind: "ConfigMap"}:                                     configmap.Strategy,
	{Kind: "Namespace"}:                                     namespace.Strategy,
	{Kind: "PersistentVolumeClaim"}:                         persistentvolumeclaim.Strategy,
	{Kind: "Pod"}:                                           pod.Strategy,
	{Kind: "PodTemplate"}:                                   podtemplate.Strategy,
	{Kind: "ReplicationController"}:                         replicationcontroller.Strategy,
	{Kind: "Secret"}:                                        secret.Strategy,
	{Kind: "Service"}:                                       service.Strategy,
	{Kind: "ServiceAccount"}:                                serviceaccount.Strategy,
	{Group: "apps", Kind: "DaemonSet"}:                      daemonset.Strategy,
	{Group: "apps", Kind: "Deployment"}:                     deployment.Strategy,
	{Group: "apps", Kind: "ReplicaSet"}:                     replicaset.Strategy,
	{Group: "apps", Kind: "StatefulSet"}:                    statefulset.Strategy,
	{Group: "autoscaling", Kind: "HorizontalPodAutoscaler"}: horizontalpodautoscaler.Strategy,
	{Group: "batch", Kind: "CronJob"}:                       cronjob.Strategy,
	{Group: "batch", Kind: "Job"}:                           job.Strategy,
	{Group: "networking.k8s.io", Kind: "Ingress"}:           ingress.Strategy,
	{Group: "networking.k8s.io", Kind: "NetworkPolicy"}:     networkpolicy.Strategy,
	{Group: "policy", Kind: "PodDisruptionBudget"}:          poddisruptionbudget.Strategy,
}

// Fields that no version knows, and fields that stand twice, are errors, as `kubectl apply` asks for.
var strict = json.NewSerializerWithOptions(json.DefaultMetaFactory, legacyscheme.Scheme, legacyscheme.Scheme,
	json.SerializerOptions{Strict: true})

func init() {
	// An API server refuses privileged containers unless it is told otherwise, which all installers do.
	capabilities.Initialize(capabilities.Capabilities{AllowPrivileged: true})
}

// create puts an object before the API server, and the pod that a controller makes of it.
func (a *answer) create(raw []byte) {
	kind, err := json.DefaultMetaFactory.Interpret(raw)
	if err != nil || kind.Kind == "" || kind.Version == "" {
		a.reject("", "", "not an object with `apiVersion` and `kind`")
		return
	}
	strategy, served := strategies[kind.GroupKind()]
	if !served {
		a.Unknown = append(a.Unknown, kind.Kind)
		return
	}
	// To the version of the registry, with all defaults of the version in which it is sent.
	decoder := legacyscheme.Codecs.DecoderToVersion(strict, schema.GroupVersion{Group: kind.Group, Version: runtime.APIVersionInternal})
	object, _, err := decoder.Decode(raw, kind, nil)
	if err != nil {
		a.reject(kind.Kind, "", err.Error())
		return
	}
	where := kind.Kind + "/" + nameOf(object)
	if !a.validate(where, strategy, object) {
		return
	}
	if made := podOf(object); made != nil {
		if made == object || a.validate("pod of "+where, pod.Strategy, made) {
			a.admit(where, made)
		}
	}
}

// validate does what the registry does before it stores an object, and tells whether it would store this one.
func (a *answer) validate(where string, strategy rest.RESTCreateStrategy, object runtime.Object) bool {
	metadata, _ := meta.Accessor(object)
	if strategy.NamespaceScoped() && metadata.GetNamespace() == "" {
		metadata.SetNamespace(metav1.NamespaceDefault)
	}
	if prefix := metadata.GetGenerateName(); metadata.GetName() == "" && prefix != "" {
		metadata.SetName(prefix + "x2k7q")
	}
	rest.FillObjectMetaSystemFields(metadata)
	allocate(object)
	ctx := request.WithNamespace(context.Background(), metadata.GetNamespace())
	ctx = request.WithRequestInfo(ctx, &request.RequestInfo{IsResourceRequest: true, Verb: "create"})
	err := rest.BeforeCreate(strategy, ctx, object)
	a.report(where, err)
	return err == nil
}

// allocate fills in what admission and the allocators of addresses and ports add before an object is validated.
func allocate(object runtime.Object) {
	switch made := object.(type) {
	case *core.Pod:
		if made.Spec.ServiceAccountName == "" {
			made.Spec.ServiceAccountName = "default"
		}
	case *core.Service:
		spec := &made.Spec
		if len(spec.ClusterIPs) == 0 {
			if spec.ClusterIP == "" && spec.Type != core.ServiceTypeExternalName {
				spec.ClusterIP = "10.96.0.100"
			}
			if spec.ClusterIP != "" {
				spec.ClusterIPs = []string{spec.ClusterIP}
			}
		}
		if spec.Type == core.ServiceTypeExternalName {
			return
		}
		if spec.IPFamilyPolicy == nil {
			policy := core.IPFamilyPolicySingleStack
			spec.IPFamilyPolicy = &policy
		}
		if len(spec.IPFamilies) == 0 {
			spec.IPFamilies = []core.IPFamily{core.IPv4Protocol}
		}
		if spec.Type == core.ServiceTypeLoadBalancer && spec.ExternalTrafficPolicy == core.ServiceExternalTrafficPolicyLocal && spec.HealthCheckNodePort == 0 {
			spec.HealthCheckNodePort = 30099
		}
		for i := range spec.Ports {
			if spec.Type != core.ServiceTypeClusterIP && spec.Ports[i].NodePort == 0 {
				spec.Ports[i].NodePort = 30100 + int32(i)
			}
		}
	}
}

func (a *answer) report(where string, err error) {
	if err == nil {
		return
	}
	var status *apierrors.StatusError
	if !errors.As(err, &status) || status.ErrStatus.Details == nil || len(status.ErrStatus.Details.Causes) == 0 {
		a.reject(where, "", err.Error())
		return
	}
	for _, cause := range status.ErrStatus.Details.Causes {
		a.reject(where, cause.Field, cause.Message)
	}
}

func nameOf(object runtime.Object) string {
	metadata, _ := meta.Accessor(object)
	return metadata.GetName() + metadata.GetGenerateName()
}
