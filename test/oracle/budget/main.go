// Command budget says what Kubernetes counts of pods, by its own code: the defaults of the API server, the admission plugin
// LimitRanger, the sums of the scheduler, the class of service, and the usage, demands and scopes of quotas.
//
// It reads {"id": 1, "pod": {...}, "ranges": [...], "quota": {...}} line by line, and writes one line for each.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"sort"
	"strings"

	corev1 "k8s.io/api/core/v1"
	utilerrors "k8s.io/apimachinery/pkg/util/errors"
	resourcehelper "k8s.io/component-helpers/resource"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/core"
	conversion "k8s.io/kubernetes/pkg/apis/core/v1"
	"k8s.io/kubernetes/pkg/apis/core/v1/helper/qos"
	evaluator "k8s.io/kubernetes/pkg/quota/v1/evaluator/core"
	"k8s.io/kubernetes/plugin/pkg/admission/limitranger"
	"k8s.io/utils/clock"

	_ "k8s.io/kubernetes/pkg/apis/core/install"
)

type question struct {
	ID     int                   `json:"id"`
	Pod    corev1.Pod            `json:"pod"`
	Ranges []corev1.LimitRange   `json:"ranges"`
	Quota  *corev1.ResourceQuota `json:"quota"`
}

// Amounts are exact decimals in nano-units.
type amounts map[string]string

type answer struct {
	ID         int      `json:"id"`
	Requests   amounts  `json:"requests"`
	Limits     amounts  `json:"limits"`
	QOS        string   `json:"qos"`
	Violations []string `json:"violations"`
	Usage      amounts  `json:"usage"`
	Matches    bool     `json:"matches"`
	Demands    string   `json:"demands,omitempty"`
}

func main() {
	questions, answers := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var asked question
		if err := questions.Decode(&asked); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			log.Fatal(err)
		}
		given, err := asked.answer()
		if err != nil {
			log.Fatal(err)
		}
		if err := answers.Encode(given); err != nil {
			log.Fatal(err)
		}
	}
}

// answer does what becomes of a pod on its way: it is read, admitted, stored and read again.
func (q *question) answer() (*answer, error) {
	pod := &q.Pod
	legacyscheme.Scheme.Default(pod)
	internal := &core.Pod{}
	if err := conversion.Convert_v1_Pod_To_core_Pod(pod, internal, nil); err != nil {
		return nil, err
	}
	for i := range q.Ranges {
		legacyscheme.Scheme.Default(&q.Ranges[i])
		if err := limitranger.PodMutateLimitFunc(&q.Ranges[i], internal); err != nil {
			return nil, err
		}
	}
	given := &answer{ID: q.ID, Violations: []string{}}
	for i := range q.Ranges {
		given.Violations = append(given.Violations, listViolations(limitranger.PodValidateLimitFunc(&q.Ranges[i], internal))...)
	}
	sort.Strings(given.Violations)
	stored := &corev1.Pod{}
	if err := conversion.Convert_core_Pod_To_v1_Pod(internal, stored, nil); err != nil {
		return nil, err
	}
	legacyscheme.Scheme.Default(stored)
	// The sums share large quantities with the pod, and change them: each gets a copy.
	given.Requests = toAmounts(resourcehelper.PodRequests(stored.DeepCopy(), resourcehelper.PodResourcesOptions{}))
	given.Limits = toAmounts(resourcehelper.PodLimits(stored.DeepCopy(), resourcehelper.PodResourcesOptions{}))
	given.QOS = string(qos.ComputePodQOS(stored.DeepCopy()))
	return given, given.count(stored, q.Quota)
}

func (a *answer) count(pod *corev1.Pod, quota *corev1.ResourceQuota) error {
	pods := evaluator.NewPodEvaluator(nil, clock.RealClock{})
	usage, err := pods.Usage(pod.DeepCopy())
	if err != nil {
		return err
	}
	a.Usage = toAmounts(usage)
	if quota == nil {
		return nil
	}
	names := []corev1.ResourceName{}
	for name := range quota.Spec.Hard {
		names = append(names, name)
	}
	// Admission looks at the limits that were last seen.
	quota.Status.Hard = quota.Spec.Hard
	if a.Matches, err = pods.Matches(quota, pod); err != nil {
		return err
	}
	if err := pods.Constraints(pods.MatchingResources(names), pod); err != nil {
		a.Demands = strings.TrimPrefix(err.Error(), "must specify ")
	}
	return nil
}

// listViolations tells of each error which bound it is about, of what and of which type.
func listViolations(err error) []string {
	if err == nil {
		return nil
	}
	aggregate, ok := err.(utilerrors.Aggregate)
	if !ok {
		log.Fatal(err)
	}
	found := []string{}
	for _, one := range aggregate.Errors() {
		words := strings.Fields(one.Error())
		if words[0] == "minimum" || words[0] == "maximum" {
			// minimum cpu usage per Container is ...
			found = append(found, fmt.Sprintf("%s %s %s", words[0], words[1], words[4]))
		} else {
			// cpu max limit to request ratio per Container is ...
			found = append(found, fmt.Sprintf("ratio %s %s", words[0], words[7]))
		}
	}
	return found
}

func toAmounts(list corev1.ResourceList) amounts {
	exact := amounts{}
	for name, quantity := range list {
		exact[string(name)] = quantity.AsDec().String()
	}
	return exact
}
