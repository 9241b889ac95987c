package main

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"
)

// An application is the main program of a pod: it serves requests, and logs them as LOGS asks for.
type application struct {
	log    *applicationLog
	routes atomic.Value // the text of its routes, as it was last read
}

// runApp runs an application until it is stopped, or the one thing that a word asks for.
func runApp(arguments []string) error {
	options, words := readOptions(arguments, "listen", "health", "admin", "metrics", "once", "every")
	if err := checkWritable(splitList(os.Getenv("WRITABLE"))); err != nil {
		return failure{4, err}
	}
	if len(words) > 0 {
		switch words[0] {
		case "migrate":
			fmt.Println("migrated", os.Getenv("DATABASE_URL") != "")
			return nil
		case "fetch":
			return runMirror(options)
		}
	}
	log, err := openLog()
	if err != nil {
		return err
	}
	app := &application{log: log}
	app.readRoutes()
	return app.serve(options)
}

func (a *application) serve(options map[string]string) error {
	addresses := splitList(options["listen"])
	if len(addresses) == 0 {
		addresses = splitList(readEnv("LISTEN", ":8080"))
	}
	for _, name := range []string{"health", "admin", "metrics"} {
		addresses = append(addresses, splitList(options[name])...)
	}
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGHUP, syscall.SIGUSR1)
	var group serverGroup
	for _, address := range addresses {
		if err := group.start(address, a.makeHandler(), nil); err != nil {
			return err
		}
	}
	a.log.write("FIRST LINE on %s", readHostname())
	for received := range signals {
		switch received {
		case syscall.SIGHUP:
			a.readRoutes()
		case syscall.SIGUSR1:
			a.log.reopen()
		default:
			group.stop()
			a.log.write("LAST LINE on %s", readHostname())
			return nil
		}
	}
	return nil
}

// readRoutes reads the file of routes anew, if there is one.
func (a *application) readRoutes() {
	text, err := os.ReadFile(readEnv("ROUTES", "/etc/router/routes.conf"))
	if err != nil {
		return
	}
	a.routes.Store(string(text))
	fmt.Printf("routes read: %d bytes\n", len(text))
}

// runMirror fetches content into a directory: once, or again and again until it is stopped.
func runMirror(options map[string]string) error {
	_, isOnce := options["once"]
	who := "refresh"
	if isOnce {
		who = "fetch"
	}
	if err := writeContent(who); err != nil || isOnce {
		return err
	}
	every, err := time.ParseDuration(options["every"])
	if err != nil {
		return failure{2, fmt.Errorf("fetch takes --once or --every: %w", err)}
	}
	stopped, cancel := untilStopped()
	defer cancel()
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-stopped.Done():
			return nil
		case <-ticker.C:
			if err := writeContent(who); err != nil {
				return err
			}
		}
	}
}

func writeContent(who string) error {
	text := fmt.Sprintf("mirrored by %s at %s\n", who, time.Now().UTC().Format(time.RFC3339))
	if err := os.WriteFile(filepath.Join(readEnv("CONTENT", "/content"), "index.html"), []byte(text), 0o644); err != nil {
		return failure{5, err}
	}
	fmt.Print(text)
	return nil
}

// checkWritable finds the directories in which nothing can be written.
func checkWritable(directories []string) error {
	for _, directory := range directories {
		file, err := os.CreateTemp(directory, ".writable-")
		if err != nil {
			return fmt.Errorf("%s is not writable: %w", directory, err)
		}
		file.Close()
		os.Remove(file.Name())
	}
	return nil
}
