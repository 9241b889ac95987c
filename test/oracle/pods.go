package main

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/apps"
	"k8s.io/kubernetes/pkg/apis/batch"
	"k8s.io/kubernetes/pkg/apis/core"
	conversion "k8s.io/kubernetes/pkg/apis/core/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

var restricted = api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}

// podOf is the pod that an object is, or that a controller makes of it, or nil.
func podOf(object runtime.Object) *core.Pod {
	switch owner := object.(type) {
	case *core.Pod:
		return owner
	case *apps.DaemonSet:
		return podFrom(owner.Spec.Template, owner, "controller-revision-hash")
	case *apps.Deployment:
		return podFrom(owner.Spec.Template, owner, "pod-template-hash")
	case *apps.ReplicaSet:
		return podFrom(owner.Spec.Template, owner, "pod-template-hash")
	case *core.ReplicationController:
		return podFrom(*owner.Spec.Template, owner, "rc")
	case *core.PodTemplate:
		return podFrom(owner.Template, owner, "controller-revision-hash")
	case *apps.StatefulSet:
		return podOfSet(owner)
	case *batch.Job:
		return podFrom(owner.Spec.Template, owner, "batch.kubernetes.io/controller-uid")
	case *batch.CronJob:
		return podFrom(owner.Spec.JobTemplate.Spec.Template, owner, "batch.kubernetes.io/controller-uid")
	}
	return nil
}

func podFrom(template core.PodTemplateSpec, owner runtime.Object, label string) *core.Pod {
	template = *template.DeepCopy()
	metadata, _ := meta.Accessor(owner)
	// A controller copies no more of the metadata than this.
	made := &core.Pod{Spec: template.Spec}
	made.Labels, made.Annotations, made.Finalizers = template.Labels, template.Annotations, template.Finalizers
	made.Namespace, made.GenerateName = metadata.GetNamespace(), metadata.GetName()+"-"
	if len(made.GenerateName) > 58 {
		made.GenerateName = made.GenerateName[:58]
	}
	if made.Labels == nil {
		made.Labels = map[string]string{}
	}
	made.Labels[label] = "5d4f8c7b6"
	return withDefaults(made)
}

// podOfSet is the first pod of a StatefulSet: with a name of its own, and a claim of each template.
func podOfSet(set *apps.StatefulSet) *core.Pod {
	made := podFrom(set.Spec.Template, set, "controller-revision-hash")
	made.GenerateName, made.Name = "", set.Name+"-0"
	made.Labels["statefulset.kubernetes.io/pod-name"] = made.Name
	made.Spec.Hostname, made.Spec.Subdomain = made.Name, set.Spec.ServiceName
	volumes := []core.Volume{}
	claimed := map[string]bool{}
	for _, template := range set.Spec.VolumeClaimTemplates {
		if claimed[template.Name] {
			continue
		}
		claim := &core.PersistentVolumeClaimVolumeSource{ClaimName: template.Name + "-" + made.Name}
		volumes = append(volumes, core.Volume{Name: template.Name, VolumeSource: core.VolumeSource{PersistentVolumeClaim: claim}})
		claimed[template.Name] = true
	}
	for _, volume := range made.Spec.Volumes {
		if !claimed[volume.Name] {
			volumes = append(volumes, volume)
		}
	}
	made.Spec.Volumes = volumes
	return made
}

// withDefaults is the pod as the API server reads it from a controller, which sends it in a version of its API.
func withDefaults(internal *core.Pod) *core.Pod {
	sent, read := external(internal), &core.Pod{}
	legacyscheme.Scheme.Default(sent)
	if err := conversion.Convert_v1_Pod_To_core_Pod(sent, read, nil); err != nil {
		panic(err)
	}
	return read
}

func external(internal *core.Pod) *corev1.Pod {
	sent := &corev1.Pod{}
	if err := conversion.Convert_core_Pod_To_v1_Pod(internal, sent, nil); err != nil {
		panic(err)
	}
	return sent
}

// admit asks Pod Security admission for "restricted".
func (a *answer) admit(where string, internal *core.Pod) {
	sent := external(internal)
	for _, result := range evaluator.EvaluatePod(restricted, &sent.ObjectMeta, &sent.Spec) {
		if !result.Allowed {
			a.Unrestricted = append(a.Unrestricted, fmt.Sprintf("%s: %s: %s", where, result.ForbiddenReason, result.ForbiddenDetail))
		}
	}
}

var evaluator = func() policy.Evaluator {
	made, err := policy.NewEvaluator(policy.DefaultChecks())
	if err != nil {
		panic(err)
	}
	return made
}()
