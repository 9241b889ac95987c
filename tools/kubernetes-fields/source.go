package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"log"
	"path/filepath"
	"reflect"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// Groups whose objects stand beside pods: the fields of their stable kinds are known.
var read = map[string]bool{
	"": true, "apps": true, "autoscaling": true, "batch": true, "networking.k8s.io": true, "policy": true,
	"rbac.authorization.k8s.io": true, "scheduling.k8s.io": true, "storage.k8s.io": true, "coordination.k8s.io": true,
	"node.k8s.io": true,
}

var stable = regexp.MustCompile(`^v\d+$`)

// goPackage is the sources of one package of types.
type goPackage struct {
	// name ends the names of its types, as in `apps.v1`.
	name string
	// group of the API, where it is one.
	group   string
	version string
	types   map[string]*goType
	// enums holds the values of the types of text that are closed sets.
	enums map[string][]string
	// tagged says which types are closed sets.
	tagged map[string]bool
	// lifecycle holds what a kind says of its versions, by kind and event: `Removed`, `Deprecated`, `Introduced`.
	lifecycle map[string]map[string]int
	// replacement holds what takes the place of a kind.
	replacement map[string]string
}

type goType struct {
	spec    *ast.TypeSpec
	imports map[string]string
}

// source is the packages of one version of Kubernetes, by their import paths.
type source map[string]*goPackage

func newSource(api, machinery string) source {
	s := source{}
	s.addFolder("k8s.io/api", api)
	for _, path := range []string{"pkg/apis/meta/v1", "pkg/util/intstr", "pkg/api/resource", "pkg/runtime", "pkg/types"} {
		s.addPackage("k8s.io/apimachinery/"+path, filepath.Join(machinery, path))
	}
	return s
}

func (s source) addFolder(module, root string) {
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			if relative, _ := filepath.Rel(root, path); strings.Count(relative, "/") == 1 {
				s.addPackage(module+"/"+relative, path)
			}
		}
		return err
	})
	if err != nil {
		log.Fatal(err)
	}
}

func (s source) addPackage(path, folder string) {
	parsed, err := parser.ParseDir(token.NewFileSet(), folder, func(info fs.FileInfo) bool {
		return !strings.HasSuffix(info.Name(), "_test.go")
	}, parser.ParseComments)
	if err != nil {
		log.Fatal(err)
	}
	for _, pkg := range parsed {
		found := &goPackage{
			name: packageName(folder), version: filepath.Base(folder), types: map[string]*goType{}, enums: map[string][]string{},
			tagged:    map[string]bool{},
			lifecycle: map[string]map[string]int{}, replacement: map[string]string{},
		}
		for _, file := range pkg.Files {
			found.addFile(file)
		}
		s[path] = found
	}
}

func (p *goPackage) addFile(file *ast.File) {
	imports := map[string]string{}
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		name := filepath.Base(path)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		imports[name] = path
	}
	for _, declaration := range file.Decls {
		switch declaration := declaration.(type) {
		case *ast.FuncDecl:
			p.addMethod(declaration)
		case *ast.GenDecl:
			for _, spec := range declaration.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					p.types[spec.Name.Name] = &goType{spec, imports}
					p.tagged[spec.Name.Name] = hasTag(declaration.Doc, "enum") || hasTag(spec.Doc, "enum")
				case *ast.ValueSpec:
					p.addConstant(spec)
				}
			}
		}
	}
}

// addConstant adds a value to the closed set of its type, or the name of the group.
func (p *goPackage) addConstant(spec *ast.ValueSpec) {
	if len(spec.Names) != 1 || len(spec.Values) != 1 {
		return
	}
	value, of := spec.Values[0], spec.Type
	if call, isCall := value.(*ast.CallExpr); isCall && len(call.Args) == 1 {
		value, of = call.Args[0], call.Fun
	}
	literal, isLiteral := value.(*ast.BasicLit)
	if !isLiteral || literal.Kind != token.STRING {
		return
	}
	text, _ := strconv.Unquote(literal.Value)
	if spec.Names[0].Name == "GroupName" {
		p.group = text
	} else if named, isNamed := of.(*ast.Ident); isNamed && spec.Names[0].IsExported() {
		p.enums[named.Name] = append(p.enums[named.Name], text)
	}
}

// addMethod reads what the generated methods of a kind say of its versions.
func (p *goPackage) addMethod(function *ast.FuncDecl) {
	event, isLifecycle := strings.CutPrefix(function.Name.Name, "APILifecycle")
	if !isLifecycle || function.Recv == nil || function.Body == nil || len(function.Body.List) != 1 {
		return
	}
	result, isReturn := function.Body.List[0].(*ast.ReturnStmt)
	pointer, isPointer := function.Recv.List[0].Type.(*ast.StarExpr)
	if !isReturn || !isPointer {
		return
	}
	kind := pointer.X.(*ast.Ident).Name
	if event == "Replacement" {
		p.replacement[kind] = replacementOf(result.Results[0])
	} else if len(result.Results) == 2 {
		if p.lifecycle[kind] == nil {
			p.lifecycle[kind] = map[string]int{}
		}
		p.lifecycle[kind][event], _ = strconv.Atoi(result.Results[1].(*ast.BasicLit).Value)
	}
}

// replacementOf reads `schema.GroupVersionKind{Group: "apps", Version: "v1", Kind: "Deployment"}`.
func replacementOf(literal ast.Expr) string {
	composite, isComposite := literal.(*ast.CompositeLit)
	if !isComposite {
		return ""
	}
	parts := map[string]string{}
	for _, element := range composite.Elts {
		if pair, isPair := element.(*ast.KeyValueExpr); isPair {
			parts[pair.Key.(*ast.Ident).Name], _ = strconv.Unquote(pair.Value.(*ast.BasicLit).Value)
		}
	}
	return strings.TrimPrefix(parts["Group"]+"/"+parts["Version"], "/")
}

func hasTag(comment *ast.CommentGroup, tag string) bool {
	if comment == nil {
		return false
	}
	for _, line := range comment.List {
		text := strings.TrimSpace(strings.TrimPrefix(line.Text, "//"))
		if text == "+"+tag || strings.HasPrefix(text, "+"+tag+"=") {
			return true
		}
	}
	return false
}

// addTo adds the kinds of all groups, and the types of those that stand beside pods.
func (s source) addTo(t *table, minor int) {
	w := &walk{s, t, minor, map[string]bool{}}
	for _, path := range keys(s) {
		pkg := s[path]
		if !strings.HasPrefix(path, "k8s.io/api/") || strings.Contains(path, "/imagepolicy/") {
			continue
		}
		for _, kind := range keys(pkg.types) {
			structure, isStruct := pkg.types[kind].spec.Type.(*ast.StructType)
			if isStruct && hasTypeMeta(structure) {
				w.addKind(pkg, kind, structure)
			}
		}
	}
}

func hasTypeMeta(structure *ast.StructType) bool {
	return len(structure.Fields.List) > 0 && typeText(structure.Fields.List[0].Type) == "metav1.TypeMeta"
}

func typeText(expression ast.Expr) string {
	if selector, isSelector := expression.(*ast.SelectorExpr); isSelector {
		return selector.X.(*ast.Ident).Name + "." + selector.Sel.Name
	}
	return ""
}

// walk is the reading of the types of one version.
type walk struct {
	source source
	table  *table
	minor  int
	done   map[string]bool
}

// addKind adds a kind and when it is served. Lists are passed over: they are there for the kinds of their items.
func (w *walk) addKind(pkg *goPackage, name string, structure *ast.StructType) {
	if pkg.types[strings.TrimSuffix(name, "List")] != nil && strings.HasSuffix(name, "List") {
		return
	}
	life := pkg.lifecycle[name]
	removed := life["Removed"]
	if w.minor < life["Introduced"] || (removed > oldest && w.minor >= removed) {
		return
	}
	found := w.table.kind(apiVersion(pkg)+"/"+name, w.minor)
	found.successor = pkg.replacement[name]
	if removed > 0 {
		found.deprecated = life["Deprecated"]
		found.last = removed - 1
	}
	isApplied := len(structure.Fields.List) > 1 && typeText(structure.Fields.List[1].Type) == "metav1.ObjectMeta"
	if read[pkg.group] && stable.MatchString(pkg.version) && isApplied {
		found.typeName = w.addType(pkg, name)
	}
}

func apiVersion(pkg *goPackage) string {
	return strings.TrimPrefix(pkg.group+"/"+pkg.version, "/")
}

// addType adds the fields of a struct and of all that it holds, and gives its name in the table.
func (w *walk) addType(pkg *goPackage, name string) string {
	full := name + "." + strings.TrimPrefix(pkg.name, "core.")
	if !w.done[full] {
		w.done[full] = true
		w.addFields(full, pkg, pkg.types[name])
	}
	return full
}

func (w *walk) addFields(full string, pkg *goPackage, of *goType) {
	structure := of.spec.Type.(*ast.StructType)
	for _, field := range structure.Fields.List {
		name, options := "", ""
		if field.Tag != nil {
			tag, _ := strconv.Unquote(field.Tag.Value)
			name, options, _ = strings.Cut(reflect.StructTag(tag).Get("json"), ",")
		}
		if name == "-" || (len(field.Names) > 0 && !field.Names[0].IsExported()) {
			continue
		}
		if name == "" {
			w.addEmbedded(full, pkg, of, field.Type)
			continue
		}
		required := "!"
		if !hasTag(field.Doc, "required") && (strings.Contains(options, "omit") || hasTag(field.Doc, "optional")) {
			required = ""
		}
		w.table.addField(full, name, required+":"+w.fieldShape(name, pkg, of, field.Type), w.minor)
		w.table.traits.add(full, name, field, pkg)
	}
}

// fieldShape passes over the status of a kind, which nobody writes down.
func (w *walk) fieldShape(name string, pkg *goPackage, of *goType, expression ast.Expr) string {
	if named, isNamed := expression.(*ast.Ident); isNamed && name == "status" && pkg.types[named.Name] != nil {
		if _, isStruct := pkg.types[named.Name].spec.Type.(*ast.StructType); isStruct {
			return "*"
		}
	}
	return w.shape(pkg, of, expression)
}

func (w *walk) addEmbedded(full string, pkg *goPackage, of *goType, embedded ast.Expr) {
	if pointer, isPointer := embedded.(*ast.StarExpr); isPointer {
		embedded = pointer.X
	}
	holder, name := w.resolve(pkg, of, embedded)
	if holder == nil || holder.types[name] == nil {
		return
	}
	if _, isStruct := holder.types[name].spec.Type.(*ast.StructType); isStruct {
		w.addFields(full, holder, holder.types[name])
	}
}

// resolve finds the package and the name of a named type.
func (w *walk) resolve(pkg *goPackage, of *goType, expression ast.Expr) (*goPackage, string) {
	switch expression := expression.(type) {
	case *ast.Ident:
		return pkg, expression.Name
	case *ast.SelectorExpr:
		return w.source[of.imports[expression.X.(*ast.Ident).Name]], expression.Sel.Name
	}
	return nil, ""
}

// The shapes of types that say themselves how they are written.
var shapes = map[string]string{
	"api.resource.Quantity": "q", "util.intstr.IntOrString": "o", "meta.v1.Time": "t", "meta.v1.MicroTime": "t", "meta.v1.Duration": "s",
	"meta.v1.FieldsV1": "*", "pkg.runtime.RawExtension": "*",
}

var scalars = map[string]string{
	"string": "s", "bool": "b", "int": "l", "int32": "i", "int64": "l", "float64": "n", "float32": "n",
}

func (w *walk) shape(pkg *goPackage, of *goType, expression ast.Expr) string {
	switch expression := expression.(type) {
	case *ast.StarExpr:
		return w.shape(pkg, of, expression.X)
	case *ast.ArrayType:
		if element, isIdent := expression.Elt.(*ast.Ident); isIdent && element.Name == "byte" {
			return "y"
		}
		return "[" + w.shape(pkg, of, expression.Elt)
	case *ast.MapType:
		return "{" + w.shape(pkg, of, expression.Value)
	}
	holder, name := w.resolve(pkg, of, expression)
	if scalar, isScalar := scalars[name]; isScalar && holder == pkg && pkg.types[name] == nil {
		return scalar
	}
	if holder == nil {
		return "*"
	}
	if shape, isSpecial := shapes[holder.name+"."+name]; isSpecial {
		return shape
	}
	return w.namedShape(holder, name)
}

func (w *walk) namedShape(holder *goPackage, name string) string {
	named := holder.types[name]
	if named == nil {
		return "*"
	}
	if _, isStruct := named.spec.Type.(*ast.StructType); isStruct {
		return w.addType(holder, name)
	}
	if values := holder.enums[name]; holder.tagged[name] && len(values) > 0 {
		sort.Strings(values)
		return "(" + strings.Join(values, "|")
	}
	return w.shape(holder, named, named.spec.Type)
}
