package main

import (
	"fmt"
	"sync"
)

// A ledger has the marks that were received, and the reports of those who wrote them.
type ledger struct {
	mutex   sync.Mutex
	entries map[entryKey]*entry
}

type entryKey struct{ run, writer string }

// An entry is what is known of one writer.
type entry struct {
	report *report
	counts []uint8 // by number, how often a mark was seen; two stands for more as well
}

// A runSummary is what became of the records of a run. Unsure ones are in none of the numbers.
type runSummary struct {
	Written   int `json:"written"`
	Refused   int `json:"refused"`
	Delivered int `json:"delivered"` // each counted once
	Once      int `json:"once"`
	Twice     int `json:"twice"` // or more often
	Lost      int `json:"lost"`
	Writers   int `json:"writers"`
	Extra     int `json:"extra"` // delivered, but written by nobody who has reported
	// The numbers of the lost ones by writer, as far as a reader wants to know.
	Missing string `json:"missing"`
}

// maxMissing is how long the text of the missing numbers gets.
const maxMissing = 500

func makeLedger() *ledger {
	return &ledger{entries: map[entryKey]*entry{}}
}

func (l *ledger) find(run, writer string) *entry {
	key := entryKey{run, writer}
	if l.entries[key] == nil {
		l.entries[key] = &entry{}
	}
	return l.entries[key]
}

// count adds all marks in what was received.
func (l *ledger) count(data []byte) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	findMarks(data, func(found mark) {
		entry := l.find(found.run, found.writer)
		if missing := found.number + 1 - len(entry.counts); missing > 0 {
			entry.counts = append(entry.counts, make([]uint8, missing)...)
		}
		entry.counts[found.number] = min(entry.counts[found.number]+1, 2)
	})
}

// accept keeps a report, in place of an earlier one of the same writer.
func (l *ledger) accept(given report) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.find(given.Run, given.Writer).report = &given
}

func (l *ledger) summarize(run string) runSummary {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	var summary runSummary
	for key, entry := range l.entries {
		if key.run == run {
			summary.add(key.writer, entry)
		}
	}
	return summary
}

func (s *runSummary) add(writer string, entry *entry) {
	s.Writers++
	highest, unsure := 0, map[int]bool{}
	if entry.report != nil {
		s.Written += entry.report.Written
		s.Refused += entry.report.Refused
		highest = entry.report.Written + len(entry.report.Unsure)
		for _, number := range entry.report.Unsure {
			unsure[number] = true
		}
	}
	for number := 1; number < max(len(entry.counts), highest+1); number++ {
		if unsure[number] {
			continue
		}
		var count uint8
		if number < len(entry.counts) {
			count = entry.counts[number]
		}
		if count == 0 {
			if number <= highest {
				s.Lost++
				s.note(writer, number)
			}
			continue
		}
		s.Delivered++
		if number > highest {
			s.Extra++
		}
		if count == 1 {
			s.Once++
		} else {
			s.Twice++
		}
	}
}

func (s *runSummary) note(writer string, number int) {
	if len(s.Missing) < maxMissing {
		s.Missing += fmt.Sprintf("%s:%d ", writer, number)
	}
}
