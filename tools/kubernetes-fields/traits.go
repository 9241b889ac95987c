package main

import (
	"fmt"
	"go/ast"
	"reflect"
	"strconv"
	"strings"
)

const traitsHeader = `// Generated from the types of k8s.io/api by tools/kubernetes-fields; ` + "`npm run kubernetes` writes it anew." + `

/**
 * Types with those of their fields that are more than a value, one type a line. ` + "`*` before a field: left out is another thing than" + `
 * ` + "empty, zero or false. `=name` behind it: its items are merged by their `name`, by themselves where nothing stands there. `~` behind it:" + `
 * what a manifest does not say goes, even if the API server has added it.
 */
export const FIELD_TRAITS = ` + "`\n%s\n`;\n"

// traits are what a patch and a comparison must know of fields, by type and field.
type traits map[string]map[string]string

// add notes what the source says of a field; where versions differ, the newest counts.
func (t traits) add(typeName, name string, field *ast.Field, pkg *goPackage) {
	text := name
	if pointer, isPointer := field.Type.(*ast.StarExpr); isPointer && !isCollection(pointer.X, pkg) {
		text = "*" + text
	}
	tag, _ := strconv.Unquote(field.Tag.Value)
	strategy := strings.Split(reflect.StructTag(tag).Get("patchStrategy"), ",")
	for _, word := range strategy {
		switch word {
		case "merge":
			text += "=" + reflect.StructTag(tag).Get("patchMergeKey")
		case "retainKeys":
			text += "~"
		}
	}
	if t[typeName] == nil {
		t[typeName] = map[string]string{}
	}
	if text == name {
		delete(t[typeName], name)
	} else {
		t[typeName][name] = text
	}
}

func isCollection(of ast.Expr, pkg *goPackage) bool {
	switch of := of.(type) {
	case *ast.ArrayType, *ast.MapType:
		return true
	case *ast.Ident:
		named := pkg.types[of.Name]
		return named != nil && isCollection(named.spec.Type, pkg)
	}
	return false
}

func (t traits) text() string {
	lines := []string{}
	for _, name := range keys(t) {
		fields := []string{}
		for _, field := range keys(t[name]) {
			fields = append(fields, t[name][field])
		}
		if len(fields) > 0 {
			lines = append(lines, name+" "+strings.Join(fields, " "))
		}
	}
	return fmt.Sprintf(traitsHeader, strings.Join(lines, "\n"))
}
