package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	apiequality "k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/core"

	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
	_ "k8s.io/kubernetes/pkg/apis/scheduling/install"
	_ "k8s.io/kubernetes/pkg/apis/storage/install"

	"k8s.io/kubernetes/pkg/registry/core/persistentvolume"
	"k8s.io/kubernetes/pkg/registry/core/resourcequota"
	"k8s.io/kubernetes/pkg/registry/rbac/rolebinding"
	"k8s.io/kubernetes/pkg/registry/scheduling/priorityclass"
	"k8s.io/kubernetes/pkg/registry/storage/storageclass"
)

// What decides on changes of kinds that no construct makes.
var others = map[schema.GroupKind]rest.RESTCreateUpdateStrategy{
	{Kind: "PersistentVolume"}:                                persistentvolume.Strategy,
	{Kind: "ResourceQuota"}:                                   resourcequota.Strategy,
	{Group: "rbac.authorization.k8s.io", Kind: "RoleBinding"}: rolebinding.Strategy,
	{Group: "scheduling.k8s.io", Kind: "PriorityClass"}:       priorityclass.Strategy,
	{Group: "storage.k8s.io", Kind: "StorageClass"}:           storageclass.Strategy,
}

// A change is one object, as it was applied and as it is applied next.
type change struct {
	ID  int    `json:"id"`
	Old string `json:"old"`
	New string `json:"new"`
}

// A result is what the API server and the controllers make of a change.
type result struct {
	ID int `json:"id"`
	// Skipped says why nothing is known: the old object is refused, or of a kind that is not served.
	Skipped string `json:"skipped,omitempty"`
	// Refused is what the API server has against the change.
	Refused []problem `json:"refused,omitempty"`
	// Immutable says that the new object would be accepted where there is none.
	Immutable bool `json:"immutable,omitempty"`
	// Rolls says that the controller makes a new revision of the template.
	Rolls bool `json:"rolls"`
	// Before and After are what the API server has.
	Before json.RawMessage `json:"before,omitempty"`
	After  json.RawMessage `json:"after,omitempty"`
}

func answerChange(asked change) (given result) {
	given.ID = asked.ID
	defer func() {
		if failure := recover(); failure != nil {
			given.Skipped = fmt.Sprintf("panic: %v", failure)
		}
	}()
	if err := given.apply(toJSON(asked.Old), toJSON(asked.New)); err != nil {
		given.Skipped = err.Error()
	}
	return given
}

func toJSON(text string) []byte {
	raw, err := yaml.ToJSON([]byte(text))
	if err != nil {
		panic(err)
	}
	return raw
}

// apply does what `kubectl apply` of both manifests does, one after the other.
func (r *result) apply(first, second []byte) error {
	kind, old, err := decode(first)
	if err != nil {
		return err
	}
	strategy := strategyOf(kind.GroupKind())
	if strategy == nil {
		return errors.New("not served: " + kind.Kind)
	}
	if problems := creationProblems(strategy, old); problems != nil {
		return fmt.Errorf("the old object is refused: %v", problems)
	}
	current, sent := encode(old, *kind)
	r.Before = current
	patched, err := patch(first, second, current, sent)
	if err != nil {
		return err
	}
	_, next, err := decode(patched)
	if err != nil {
		r.Refused = []problem{{Reason: err.Error()}}
		return nil
	}
	r.Refused = updateProblems(strategy, old.DeepCopyObject(), next)
	if r.Refused != nil {
		_, fresh, err := decode(second)
		r.Immutable = err == nil && creationProblems(strategy, fresh) == nil
	}
	r.After, _ = encode(next, *kind)
	r.Rolls = isNewRevision(kind.Kind, r.Before, r.After)
	return nil
}

func strategyOf(kind schema.GroupKind) rest.RESTCreateUpdateStrategy {
	if strategy, isOther := others[kind]; isOther {
		return strategy
	}
	strategy, _ := strategies[kind].(rest.RESTCreateUpdateStrategy)
	return strategy
}

func decode(raw []byte) (*schema.GroupVersionKind, runtime.Object, error) {
	var typed struct{ APIVersion, Kind string }
	if err := json.Unmarshal(raw, &typed); err != nil {
		return nil, nil, err
	}
	kind := schema.FromAPIVersionAndKind(typed.APIVersion, typed.Kind)
	decoder := legacyscheme.Codecs.DecoderToVersion(strict, schema.GroupVersion{Group: kind.Group, Version: runtime.APIVersionInternal})
	object, _, err := decoder.Decode(raw, &kind, nil)
	return &kind, object, err
}

// encode writes an object as the API server keeps it, and gives it in the version in which it was sent.
func encode(object runtime.Object, kind schema.GroupVersionKind) ([]byte, runtime.Object) {
	sent, err := legacyscheme.Scheme.ConvertToVersion(object, kind.GroupVersion())
	if err != nil {
		panic(err)
	}
	sent.GetObjectKind().SetGroupVersionKind(kind)
	raw, err := json.Marshal(sent)
	if err != nil {
		panic(err)
	}
	return raw, sent
}

// patch is the object after the patch that kubectl makes of what was applied, what is applied, and what there is.
func patch(first, second, current []byte, sent runtime.Object) ([]byte, error) {
	schema, err := strategicpatch.NewPatchMetaFromStruct(sent)
	if err != nil {
		return nil, err
	}
	difference, err := strategicpatch.CreateThreeWayMergePatch(first, second, current, schema, true)
	if err != nil {
		return nil, err
	}
	return strategicpatch.StrategicMergePatchUsingLookupPatchMeta(current, difference, schema)
}

func contextOf(object runtime.Object, strategy rest.RESTCreateStrategy, verb string) context.Context {
	metadata, _ := meta.Accessor(object)
	if strategy.NamespaceScoped() && metadata.GetNamespace() == "" {
		metadata.SetNamespace("default")
	}
	ctx := request.WithNamespace(context.Background(), metadata.GetNamespace())
	return request.WithRequestInfo(ctx, &request.RequestInfo{IsResourceRequest: true, Verb: verb})
}

func creationProblems(strategy rest.RESTCreateUpdateStrategy, object runtime.Object) []problem {
	metadata, _ := meta.Accessor(object)
	metadata.SetResourceVersion("")
	ctx := contextOf(object, strategy, "create")
	rest.FillObjectMetaSystemFields(metadata)
	allocate(object)
	err := rest.BeforeCreate(strategy, ctx, object)
	metadata.SetResourceVersion("1")
	bind(object)
	return problemsOf(object, err)
}

func updateProblems(strategy rest.RESTCreateUpdateStrategy, old, next runtime.Object) []problem {
	ctx := contextOf(next, strategy, "update")
	keepAddress(old, next)
	allocate(next)
	bind(next)
	return problemsOf(next, rest.BeforeUpdate(strategy, ctx, next, old))
}

// keepAddress gives a Service the address that it had, where it states none, as its storage does.
func keepAddress(old, next runtime.Object) {
	before, isService := old.(*core.Service)
	if !isService {
		return
	}
	after := next.(*core.Service)
	isExternal := before.Spec.Type == core.ServiceTypeExternalName || after.Spec.Type == core.ServiceTypeExternalName
	if after.Spec.ClusterIP == "" && !isExternal {
		after.Spec.ClusterIP = before.Spec.ClusterIP
		if len(after.Spec.ClusterIPs) == 0 {
			after.Spec.ClusterIPs = before.Spec.ClusterIPs
		}
	}
}

// bind has the volume of a claim be there.
func bind(object runtime.Object) {
	if claim, isClaim := object.(*core.PersistentVolumeClaim); isClaim {
		claim.Status.Phase = core.ClaimBound
		if claim.Status.Capacity == nil {
			claim.Status.Capacity = claim.Spec.Resources.Requests.DeepCopy()
		}
	}
}

func problemsOf(object runtime.Object, err error) []problem {
	found := answer{}
	found.report(nameOf(object), err)
	return found.Rejected
}

// isNewRevision compares templates as the controllers do: that of Deployments what they mean, those of StatefulSets and DaemonSets as
// they are written into their revisions.
func isNewRevision(kind string, before, after []byte) bool {
	switch kind {
	case "Deployment":
		return !apiequality.Semantic.DeepEqual(readTemplate(before), readTemplate(after))
	case "StatefulSet", "DaemonSet":
		written := [2][]byte{}
		for index, raw := range [][]byte{before, after} {
			text, err := json.Marshal(readTemplate(raw))
			if err != nil {
				panic(err)
			}
			written[index] = text
		}
		return !bytes.Equal(written[0], written[1])
	}
	return false
}

func readTemplate(raw []byte) corev1.PodTemplateSpec {
	var workload struct {
		Spec struct{ Template corev1.PodTemplateSpec }
	}
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	if err := decoder.Decode(&workload); err != nil {
		panic(err)
	}
	return workload.Spec.Template
}
