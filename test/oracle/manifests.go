package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
)

// read sends the manifests to the API server, document by document, as kubectl does.
func (a *answer) read(text string) {
	documents := yaml.NewYAMLOrJSONDecoder(strings.NewReader(text), 4096)
	for {
		var document runtime.RawExtension
		if err := documents.Decode(&document); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			a.reject("", "", err.Error())
			return
		}
		if raw := bytes.TrimSpace(document.Raw); len(raw) > 0 && string(raw) != "null" {
			a.send(raw)
		}
	}
}

// send has an object created, or each of a list.
func (a *answer) send(raw []byte) {
	var list corev1.List
	if json.Unmarshal(raw, &list) == nil && list.Kind == "List" && list.APIVersion == "v1" {
		for _, item := range list.Items {
			a.send(item.Raw)
		}
		return
	}
	a.Objects++
	defer func() {
		if failure := recover(); failure != nil {
			a.reject("", "", fmt.Sprintf("panic: %v", failure))
		}
	}()
	a.create(raw)
}

func (a *answer) reject(object, field, reason string) {
	a.Rejected = append(a.Rejected, problem{Object: object, Field: field, Reason: reason})
}
