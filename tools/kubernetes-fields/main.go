// Command kubernetes-fields writes src/rules/data/kubernetes-fields.ts: the kinds of each version of Kubernetes and the fields of
// their types, read in the sources of k8s.io/api and k8s.io/apimachinery; and src/diff/data/field-traits.ts: how these are patched. It downloads these modules and compiles nothing.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
)

// The versions that are known, 1.29 to 1.37.
const oldest, newest = 29, 37

const header = `// Generated from the types of k8s.io/api by tools/kubernetes-fields; ` + "`npm run kubernetes` writes it anew." + `

/** The oldest and the newest minor version that are known. */
export const [OLDEST, NEWEST] = [%d, %d];

/**
 * Kinds with their types (` + "`-`" + ` where no rule reads their fields), then types with their fields, one a line. What does not hold for all
 * versions has them behind it: ` + "`@35` since, `@-34` until, `@31-34` from one to another." + ` Behind a kind, ` + "`~21`" + ` is the version that deprecates it
 * and ` + "`=apps/v1`" + ` what takes its place.
 */
export const KUBERNETES_FIELDS = ` + "`\n%s\n`;\n"

func main() {
	table := newTable()
	for minor := oldest; minor <= newest; minor++ {
		source := newSource(download("k8s.io/api", minor), download("k8s.io/apimachinery", minor))
		source.addTo(table, minor)
	}
	if len(os.Args) != 3 {
		log.Fatal("usage: kubernetes-fields <file of fields> <file of their traits>")
	}
	text := fmt.Sprintf(header, oldest, newest, strings.Join(table.lines(), "\n"))
	for file, content := range map[string]string{os.Args[1]: text, os.Args[2]: table.traits.text()} {
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// download fetches the newest patch of a module for a minor version of Kubernetes, and gives its folder.
func download(module string, minor int) string {
	output, err := exec.Command("go", "list", "-m", "-versions", "-json", module).Output()
	if err != nil {
		log.Fatalf("%s: %v", module, err)
	}
	var found struct{ Versions []string }
	if err := json.Unmarshal(output, &found); err != nil {
		log.Fatal(err)
	}
	prefix := fmt.Sprintf("v0.%d.", minor)
	version := ""
	for _, candidate := range found.Versions {
		if strings.HasPrefix(candidate, prefix) && !strings.Contains(candidate, "-") {
			version = candidate
		}
	}
	output, err = exec.Command("go", "mod", "download", "-json", module+"@"+version).Output()
	if err != nil {
		log.Fatalf("%s@%s: %v", module, version, err)
	}
	var got struct{ Dir string }
	if err := json.Unmarshal(output, &got); err != nil {
		log.Fatal(err)
	}
	return got.Dir
}

// kind says when the API server has a kind.
type kind struct {
	// typeName is that of its fields, or "-".
	typeName    string
	first, last int
	// deprecated is the version since which it is about to go, or 0.
	deprecated int
	// successor is the API version that takes its place, or "".
	successor string
}

func (k *kind) String() string {
	text := k.typeName
	if versions := span(k.first, k.last); versions != "" {
		text += " " + versions
	}
	if k.deprecated > 0 {
		text += fmt.Sprintf(" ~%d", k.deprecated)
	}
	if k.successor != "" {
		text += " =" + k.successor
	}
	return text
}

// spans says for each minor version what holds in it.
type spans map[int]string

// table collects what each version has.
type table struct {
	kinds  map[string]*kind
	types  map[string]map[string]spans
	traits traits
}

func newTable() *table {
	return &table{kinds: map[string]*kind{}, types: map[string]map[string]spans{}, traits: traits{}}
}

// kind gives a kind, which is there in this version as well.
func (t *table) kind(name string, minor int) *kind {
	if t.kinds[name] == nil {
		t.kinds[name] = &kind{typeName: "-", first: minor}
	}
	t.kinds[name].last = minor
	return t.kinds[name]
}

func (t *table) addField(typeName, field, shape string, minor int) {
	if t.types[typeName] == nil {
		t.types[typeName] = map[string]spans{}
	}
	if t.types[typeName][field] == nil {
		t.types[typeName][field] = spans{}
	}
	t.types[typeName][field][minor] = shape
}

func (t *table) lines() []string {
	lines := []string{}
	for _, name := range keys(t.kinds) {
		lines = append(lines, name+" "+t.kinds[name].String())
	}
	for _, name := range keys(t.types) {
		line := name
		for _, field := range keys(t.types[name]) {
			for _, part := range t.types[name][field].parts() {
				line += " " + field + part
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// parts gives each text that holds for some versions in a row, with the versions where these are not all.
func (s spans) parts() []string {
	parts := []string{}
	for from := oldest; from <= newest; {
		text, held := s[from]
		to := from
		for to < newest && held && s[to+1] == text {
			to++
		}
		if held {
			parts = append(parts, text+span(from, to))
		}
		from = to + 1
	}
	return parts
}

func span(from, to int) string {
	switch {
	case from == oldest && to == newest:
		return ""
	case from == oldest:
		return fmt.Sprintf("@-%d", to)
	case to == newest:
		return fmt.Sprintf("@%d", from)
	}
	return fmt.Sprintf("@%d-%d", from, to)
}

func keys[T any](of map[string]T) []string {
	names := []string{}
	for name := range of {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func packageName(folder string) string {
	return filepath.Base(filepath.Dir(folder)) + "." + filepath.Base(folder)
}
