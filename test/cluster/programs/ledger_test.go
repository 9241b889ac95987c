package main

import (
	"strings"
	"testing"
)

func TestLedger(t *testing.T) {
	line := func(marks ...string) string { return strings.Join(marks, " text\n") }
	for name, test := range map[string]struct {
		received []string
		reports  []report
		want     runSummary
	}{
		"all arrived": {
			received: []string{line("mark-r-a-1-", "mark-r-a-2-"), line("mark-r-b-1-")},
			reports:  []report{{Run: "r", Writer: "a", Written: 2}, {Run: "r", Writer: "b", Written: 1, Refused: 4}},
			want:     runSummary{Written: 3, Refused: 4, Delivered: 3, Once: 3, Writers: 2},
		},
		"one is lost, one arrived twice": {
			received: []string{line("mark-r-a-1-", "mark-r-a-3-"), line("mark-r-a-3-")},
			reports:  []report{{Run: "r", Writer: "a", Written: 3}},
			want:     runSummary{Written: 3, Delivered: 2, Once: 1, Twice: 1, Lost: 1, Writers: 1, Missing: "a:2 "},
		},
		"nothing arrived": {
			reports: []report{{Run: "r", Writer: "a", Written: 2}},
			want:    runSummary{Written: 2, Lost: 2, Writers: 1, Missing: "a:1 a:2 "},
		},
		"no report": {
			received: []string{line("mark-r-a-1-", "mark-r-a-2-")},
			want:     runSummary{Delivered: 2, Once: 2, Extra: 2, Writers: 1},
		},
		"a later report counts": {
			received: []string{line("mark-r-a-1-", "mark-r-a-2-")},
			reports:  []report{{Run: "r", Writer: "a", Written: 1}, {Run: "r", Writer: "a", Written: 2}},
			want:     runSummary{Written: 2, Delivered: 2, Once: 2, Writers: 1},
		},
		"unsure ones count neither way": {
			received: []string{line("mark-r-a-1-", "mark-r-a-2-", "mark-r-a-5-")},
			reports:  []report{{Run: "r", Writer: "a", Written: 3, Unsure: []int{2, 3}}},
			want:     runSummary{Written: 3, Delivered: 2, Once: 2, Lost: 1, Writers: 1, Missing: "a:4 "},
		},
		"a record with its text twice": {
			received: []string{`{"message":"mark-r-a-1- x","log":"mark-r-a-1- x"}`},
			reports:  []report{{Run: "r", Writer: "a", Written: 1}},
			want:     runSummary{Written: 1, Delivered: 1, Once: 1, Writers: 1},
		},
		"what only looks like a mark": {
			received: []string{"mark-r-a-1 mark-r-a-0- mark-r-A-1- mark-mark-r-a-2- mark-r-a-3"},
			want:     runSummary{Delivered: 1, Once: 1, Extra: 1, Writers: 1},
		},
		"another run": {
			received: []string{"mark-s-a-1-"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			ledger := makeLedger()
			for _, text := range test.received {
				ledger.count([]byte(text))
			}
			for _, given := range test.reports {
				ledger.accept(given)
			}
			if got := ledger.summarize("r"); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}
