package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Formats of records in log files.
const (
	plain  = "plain"
	asJSON = "json"
	java   = "java"
)

const milliseconds = "2006-01-02T15:04:05.000Z"

// A jsonRecord has its time under each name by which an example reads it.
type jsonRecord struct {
	Time      string `json:"time"`
	Timestamp string `json:"timestamp"`
	TS        string `json:"ts"`
	At        string `json:"at"`
	Level     string `json:"level"`
	Message   string `json:"message"`
}

func checkFormat(format string) error {
	if slices.Contains([]string{plain, asJSON, java}, format) {
		return nil
	}
	return failure{2, fmt.Errorf("the format %q is none of plain, json and java", format)}
}

// formatRecord is a record with the newline at its end.
func formatRecord(format string, at time.Time, message string) string {
	at = at.UTC()
	switch format {
	case asJSON:
		text := at.Format(milliseconds)
		record, _ := json.Marshal(jsonRecord{text, text, text, text, "info", message})
		return string(record) + "\n"
	case java:
		return formatTrace(at, message, message)
	}
	return at.Format(time.RFC3339Nano) + " " + message + "\n"
}

// formatTrace is a record of four lines. The exception stands in the first one, where the agents that know Java look for it.
func formatTrace(at time.Time, message, cause string) string {
	return strings.Join([]string{
		at.UTC().Format("2006-01-02 15:04:05.000") + " ERROR " + message + " java.lang.IllegalStateException: no answer",
		"\tat com.example.Service.answer(Service.java:42)",
		"\tat com.example.Main.main(Main.java:7)",
		"Caused by: java.io.IOException: " + cause,
	}, "\n") + "\n"
}
