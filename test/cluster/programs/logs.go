package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// An applicationLog is standard output and the log files of an application.
type applicationLog struct {
	mutex   sync.Mutex
	files   []*logFile
	formats []string
}

// openLog opens the files of LOGS (format:path,...) whose directories are there, and rotates them at ROTATE_BYTES.
func openLog() (*applicationLog, error) {
	opened := &applicationLog{}
	maxBytes, keep, err := readRotation()
	if err != nil {
		return nil, err
	}
	for _, entry := range splitList(os.Getenv("LOGS")) {
		format, path, _ := strings.Cut(entry, ":")
		if err := checkFormat(format); err != nil {
			return nil, err
		}
		if _, err := os.Stat(filepath.Dir(path)); err != nil {
			continue
		}
		file := &logFile{path: path, rotation: rotateByRename, maxBytes: maxBytes, keep: keep}
		if err := file.open(); err != nil {
			return nil, failure{3, fmt.Errorf("a log file can't be opened: %w", err)}
		}
		opened.files = append(opened.files, file)
		opened.formats = append(opened.formats, format)
	}
	return opened, nil
}

func readRotation() (maxBytes int64, keep int, err error) {
	if maxBytes, err = strconv.ParseInt(readEnv("ROTATE_BYTES", "0"), 10, 64); err != nil {
		return 0, 0, failure{2, fmt.Errorf("ROTATE_BYTES: %w", err)}
	}
	if keep, err = strconv.Atoi(readEnv("ROTATE_KEEP", "3")); err != nil {
		return 0, 0, failure{2, fmt.Errorf("ROTATE_KEEP: %w", err)}
	}
	return maxBytes, keep, nil
}

// write adds a record to all files.
func (l *applicationLog) write(format string, values ...any) {
	message := fmt.Sprintf(format, values...)
	l.mutex.Lock()
	defer l.mutex.Unlock()
	fmt.Println(message)
	for i, file := range l.files {
		if _, err := file.append(formatRecord(l.formats[i], time.Now(), message)); err != nil {
			fmt.Fprintln(os.Stderr, "a record can't be written:", err)
		}
	}
}

// reopen opens all files anew, as after a rotation by somebody else.
func (l *applicationLog) reopen() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, file := range l.files {
		if err := file.open(); err != nil {
			fmt.Fprintln(os.Stderr, "a log file can't be opened again:", err)
		}
	}
	fmt.Println("log files are open again")
}
