// Command oracle says what an API server of Kubernetes answers to manifests, by the code of the API server itself.
//
// It reads {"id": 1, "yaml": "<manifests>"} line by line, and writes one line for each: how many objects there were, kinds that
// it does not serve, what the API server rejects, and what keeps pods out of a namespace with Pod Security "restricted".
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"io"
	"log"
	"os"

	utilfeature "k8s.io/apiserver/pkg/util/feature"
)

// Features of Kubernetes 1.34 that are on from 1.35, and that the library writes where it is asked to.
var later = map[string]bool{"ContainerRestartRules": true, "EnvFiles": true, "ImageVolume": true}

type question struct {
	ID   int    `json:"id"`
	YAML string `json:"yaml"`
}

type answer struct {
	ID           int       `json:"id"`
	Objects      int       `json:"objects"`
	Unknown      []string  `json:"unknown,omitempty"`
	Rejected     []problem `json:"rejected,omitempty"`
	Unrestricted []string  `json:"unrestricted,omitempty"`
}

// A problem is what stands in the way of an object: a field, where there is one, and the reason.
type problem struct {
	Object string `json:"object,omitempty"`
	Field  string `json:"field,omitempty"`
	Reason string `json:"reason"`
}

func main() {
	isPlain := flag.Bool("plain", false, "leave all features as 1.34 has them")
	asksForChanges := flag.Bool("changes", false, "read {\"id\": 1, \"old\": ..., \"new\": ...}, and say what an apply of the one after the other does")
	onlyFields := flag.Bool("fields", false, "write the fields of the API, and answer nothing")
	flag.Parse()
	if *onlyFields {
		if err := writeFields(os.Stdout); err != nil {
			log.Fatal(err)
		}
		return
	}
	if !*isPlain {
		if err := utilfeature.DefaultMutableFeatureGate.SetFromMap(later); err != nil {
			log.Fatal(err)
		}
	}
	if *asksForChanges {
		reply(answerChange)
		return
	}
	reply(func(asked question) answer {
		given := answer{ID: asked.ID}
		given.read(asked.YAML)
		return given
	})
}

// reply answers each question of standard input by a line.
func reply[Q, A any](give func(Q) A) {
	questions, answers := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var asked Q
		if err := questions.Decode(&asked); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			log.Fatal(err)
		}
		if err := answers.Encode(give(asked)); err != nil {
			log.Fatal(err)
		}
	}
}
