package main

import (
	"context"
	"flag"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
)

// readOptions reads arguments as applications of the examples get them: the values of known flags by name, and all words. Flags
// that are not known are left out.
func readOptions(arguments []string, known ...string) (options map[string]string, words []string) {
	options = map[string]string{}
	for i := 0; i < len(arguments); i++ {
		if !strings.HasPrefix(arguments[i], "-") {
			words = append(words, arguments[i])
			continue
		}
		name, value, hasValue := strings.Cut(strings.TrimLeft(arguments[i], "-"), "=")
		if !slices.Contains(known, name) {
			continue
		}
		if !hasValue && i+1 < len(arguments) && !strings.HasPrefix(arguments[i+1], "-") {
			i++
			value = arguments[i]
		}
		options[name] = value
	}
	return options, words
}

// parseFlags reads flags that stand before, between and after the words, and returns the words.
func parseFlags(flags *flag.FlagSet, arguments []string) (words []string, err error) {
	for {
		if err := flags.Parse(arguments); err != nil {
			return nil, failure{2, err}
		}
		if flags.NArg() == 0 {
			return words, nil
		}
		words = append(words, flags.Arg(0))
		arguments = flags.Args()[1:]
	}
}

// addListFlag adds a flag that may be given several times or with commas, and fills the list that it returns.
func addListFlag(flags *flag.FlagSet, name, usage string) *[]string {
	var values []string
	flags.Func(name, usage, func(value string) error {
		values = append(values, splitList(value)...)
		return nil
	})
	return &values
}

func splitList(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' })
}

func readEnv(name, fallback string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return fallback
}

func readHostname() string {
	name, err := os.Hostname()
	if err != nil {
		return "unknown"
	}
	return name
}

// untilStopped is done when the kubelet stops the container.
func untilStopped() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT, syscall.SIGQUIT)
}

// runStop stops the program that a container was started with, as the kubelet does.
func runStop([]string) error {
	return syscall.Kill(1, syscall.SIGTERM)
}

// runWait does nothing until it is stopped.
func runWait([]string) error {
	stopped, cancel := untilStopped()
	defer cancel()
	<-stopped.Done()
	return nil
}
