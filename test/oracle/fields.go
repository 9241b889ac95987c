package main

import (
	"encoding/json"
	"io"
	"reflect"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
)

// A shape is what a field holds: a scalar by its name, a list or map of another shape, or a type by its name.
type shape struct {
	Scalar string `json:"scalar,omitempty"`
	List   *shape `json:"list,omitempty"`
	Map    *shape `json:"map,omitempty"`
	Type   string `json:"type,omitempty"`
}

// Types whose text is more than their fields.
var scalars = map[string]string{
	"resource.Quantity": "quantity", "intstr.IntOrString": "port", "v1.Time": "time", "v1.MicroTime": "time", "v1.FieldsV1": "any",
}

type fieldTable struct {
	Kinds map[string]string           `json:"kinds"`
	Types map[string]map[string]shape `json:"types"`
}

// writeFields writes the kinds that are served, with the fields of their types, as the Go code of the API has them.
func writeFields(out io.Writer) error {
	table := fieldTable{Kinds: map[string]string{}, Types: map[string]map[string]shape{}}
	for kind := range strategies {
		for _, version := range []string{"v1", "v2"} {
			sent := schema.GroupVersion{Group: kind.Group, Version: version}
			if object, err := legacyscheme.Scheme.New(sent.WithKind(kind.Kind)); err == nil {
				table.Kinds[sent.String()+"/"+kind.Kind] = table.shapeOf(reflect.TypeOf(object)).Type
			}
		}
	}
	return json.NewEncoder(out).Encode(table)
}

func (t *fieldTable) shapeOf(of reflect.Type) shape {
	if scalar, known := scalars[of.String()]; known {
		return shape{Scalar: scalar}
	}
	switch of.Kind() {
	case reflect.Pointer:
		return t.shapeOf(of.Elem())
	case reflect.Slice:
		if of.Elem().Kind() == reflect.Uint8 {
			return shape{Scalar: "bytes"}
		}
		items := t.shapeOf(of.Elem())
		return shape{List: &items}
	case reflect.Map:
		values := t.shapeOf(of.Elem())
		return shape{Map: &values}
	case reflect.Struct:
		name := of.PkgPath() + "." + of.Name()
		if _, done := t.Types[name]; !done {
			t.Types[name] = map[string]shape{}
			t.collect(of, t.Types[name])
		}
		return shape{Type: name}
	}
	return shape{Scalar: of.Kind().String()}
}

func (t *fieldTable) collect(of reflect.Type, into map[string]shape) {
	for i := range of.NumField() {
		field := of.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" && field.Type != reflect.TypeFor[metav1.ListMeta]() {
			t.collect(field.Type, into)
			continue
		}
		if name != "-" {
			into[name] = t.shapeOf(field.Type)
		}
	}
}
