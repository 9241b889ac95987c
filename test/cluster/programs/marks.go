package main

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A mark in a record tells which it is: of which run, of which writer, and its number from 1 on.
type mark struct {
	run, writer string
	number      int
}

const (
	markStart     = "mark-"
	highestNumber = 100_000_000
)

var runName = regexp.MustCompile(`^[a-z0-9]+$`)

func (m mark) String() string {
	return fmt.Sprintf("%s%s-%s-%d-", markStart, m.run, m.writer, m.number)
}

// findMarks calls a function with each mark in data. A mark that follows itself is in the same record once more, as some agents
// send the text of a record and what they parsed from it: it is found once.
func findMarks(data []byte, found func(mark)) {
	var last mark
	for {
		at := bytes.Index(data, []byte(markStart))
		if at < 0 {
			return
		}
		data = data[at+len(markStart):]
		next, isMark := parseMark(data)
		if isMark && next != last {
			found(next)
			last = next
		}
	}
}

// parseMark reads the parts of a mark, each of which ends with a dash.
func parseMark(data []byte) (mark, bool) {
	var parts [3]string
	for i := range parts {
		length := 0
		for length < len(data) && isWord(data[length]) {
			length++
		}
		if length == 0 || length == len(data) || data[length] != '-' {
			return mark{}, false
		}
		parts[i], data = string(data[:length]), data[length+1:]
	}
	number, err := strconv.Atoi(parts[2])
	return mark{parts[0], parts[1], number}, err == nil && number > 0 && number <= highestNumber
}

func isWord(letter byte) bool {
	return letter >= 'a' && letter <= 'z' || letter >= '0' && letter <= '9'
}

// nameWriter is a name that neither another pod nor an earlier process in this one has.
func nameWriter(prefix string) string {
	host := strings.Map(func(r rune) rune {
		if r < 128 && isWord(byte(r)) {
			return r
		}
		return -1
	}, strings.ToLower(readHostname()))
	const rest = 36 * 36 * 36 * 36
	return prefix + host[max(0, len(host)-5):] + strconv.FormatInt(time.Now().UnixMilli()%rest, 36)
}
