// Command cluster-programs is all programs that the tests in a cluster run in pods: the applications of the examples, writers and
// receivers of log lines that are counted on both sides, clients, and servers in place of those outside of the cluster.
package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// roles are the programs by the name that is their first argument, or in ROLE.
var roles = map[string]func(arguments []string) error{
	"app":      runApp,
	"copy":     runCopy,
	"cp":       runCopy,
	"get":      runGet,
	"git":      runGit,
	"issuer":   runIssuer,
	"job":      runJob,
	"load":     runLoad,
	"login":    runLogin,
	"metadata": runMetadata,
	"post":     runPost,
	"receive":  runReceive,
	"stop":     runStop,
	"vault":    runVault,
	"wait":     runWait,
	"write":    runWrite,
}

// A failure ends a program with an exit code of its own.
type failure struct {
	code int
	error
}

func main() {
	name, arguments := chooseRole(os.Args)
	run, known := roles[name]
	if !known {
		fmt.Fprintln(os.Stderr, "the first argument or ROLE is one of", strings.Join(slices.Sorted(maps.Keys(roles)), ", "))
		os.Exit(2)
	}
	err := run(arguments)
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, err)
	if coded := (failure{}); errors.As(err, &coded) {
		os.Exit(coded.code)
	}
	os.Exit(1)
}

// chooseRole names the program to run, and its arguments. Called as `cp` it is that, for images without a shell.
func chooseRole(words []string) (string, []string) {
	if filepath.Base(words[0]) == "cp" {
		return "cp", words[1:]
	}
	if len(words) > 1 {
		if _, known := roles[words[1]]; known {
			return words[1], words[2:]
		}
	}
	return os.Getenv("ROLE"), words[1:]
}
