package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

// pauseAfterRefusal keeps a writer without a rate from using all of a CPU while a disk is full.
const pauseAfterRefusal = time.Millisecond

// A markedWriter writes records that a receiver can count, each with a mark.
type markedWriter struct {
	format   string
	bytes    int
	every    time.Duration
	file     *logFile
	report   report
	number   int // of the last mark
	rotateAt time.Time
}

// runWrite writes marked records, and says at the end how many are in the file.
func runWrite(arguments []string) error {
	writer := &markedWriter{file: &logFile{}}
	flags := flag.NewFlagSet("write", flag.ContinueOnError)
	flags.StringVar(&writer.file.path, "file", "", "the log file")
	flags.Int64Var(&writer.file.maxBytes, "rotate-bytes", 0, "size at which it is rotated, 0 for none")
	flags.IntVar(&writer.file.keep, "keep", 3, "rotated files that are kept")
	flags.StringVar(&writer.file.rotation, "rotation", rotateByRename, "rename, copy (and truncate) or none")
	flags.DurationVar(&writer.every, "every", 0, "time after which it is rotated, 0 for none")
	flags.StringVar(&writer.report.Run, "run", "run", "the run of the marks")
	flags.StringVar(&writer.format, "format", plain, "plain, json or java")
	flags.IntVar(&writer.bytes, "bytes", 120, "bytes of a record")
	rate := flags.Float64("rate", 0, "records per second, 0 for as many as go")
	lines := flags.Int("lines", 0, "records, 0 for no end")
	receiver := flags.String("report", "", "URL of the receiver")
	stays := flags.Bool("stay", false, "run on until stopped")
	health := flags.String("health", "", "address of a health check")
	if _, err := parseFlags(flags, arguments); err != nil {
		return err
	}
	if err := writer.check(); err != nil {
		return failure{2, err}
	}
	var group serverGroup
	if *health != "" {
		if err := group.start(*health, sayText("ok\n"), nil); err != nil {
			return err
		}
	}
	writer.report.Writer = nameWriter("")
	stopped, cancel := untilStopped()
	defer cancel()
	writer.writeLines(stopped, pace{time.Now(), *rate}, *lines)
	if *stays && stopped.Err() == nil {
		writer.report.send(*receiver)
		<-stopped.Done()
	}
	writer.report.send(*receiver)
	return json.NewEncoder(os.Stdout).Encode(writer.report)
}

func (w *markedWriter) check() error {
	switch {
	case w.file.path == "":
		return errors.New("--file names the log file")
	case !runName.MatchString(w.report.Run):
		return fmt.Errorf("the run %q is not of small letters and digits", w.report.Run)
	case w.file.rotation != rotateByRename && w.file.rotation != rotateByCopy && w.file.rotation != rotateNever:
		return fmt.Errorf("the rotation %q is none of rename, copy and none", w.file.rotation)
	}
	return checkFormat(w.format)
}

// writeLines writes a number of records, or, without one, until it is stopped.
func (w *markedWriter) writeLines(stopped context.Context, pace pace, lines int) {
	w.rotateAt = time.Now().Add(w.every)
	for i := 0; (lines == 0 || i < lines) && pace.wait(stopped, i); i++ {
		if w.every > 0 && time.Now().After(w.rotateAt) {
			w.rotateAt = w.rotateAt.Add(w.every)
			if err := w.file.rotate(); err != nil {
				fmt.Fprintln(os.Stderr, "the file can't be rotated:", err)
			}
		}
		if !w.writeRecord() {
			sleep(stopped, pauseAfterRefusal)
		}
	}
}

// writeRecord writes the next record. One of which nothing is in the file leaves its number to the next; one of which a part is
// there is refused as well, but its mark may be seen.
func (w *markedWriter) writeRecord() bool {
	w.number++
	record := w.makeRecord()
	count, err := w.file.append(record)
	if err == nil {
		w.report.Written++
		return true
	}
	if w.report.Refused == 0 {
		fmt.Fprintln(os.Stderr, "a record can't be written:", err)
	}
	w.report.Refused++
	if count > 0 {
		w.report.Unsure = append(w.report.Unsure, w.number)
	} else {
		w.number--
	}
	return false
}

// makeRecord is a record with its mark in its last line, so that one which was torn counts as lost.
func (w *markedWriter) makeRecord() string {
	text, now := mark{w.report.Run, w.report.Writer, w.number}.String(), time.Now()
	make := func(padding string) string {
		if w.format == java {
			return formatTrace(now, fmt.Sprintf("record %d %s", w.number, padding), text)
		}
		return formatRecord(w.format, now, text+padding)
	}
	return make(strings.Repeat(".", max(0, w.bytes-len(make("")))))
}
