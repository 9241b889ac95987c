package main

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
)

const (
	keptBytes   = 64 << 20
	shownTexts  = 20
	shownAround = 400 // bytes before and after a text
)

// A textStore keeps the last of what was received, to look for texts in it.
type textStore struct {
	mutex  sync.Mutex
	chunks [][]byte
	size   int
}

func (s *textStore) add(data []byte) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.chunks = append(s.chunks, data)
	s.size += len(data)
	for s.size > keptBytes && len(s.chunks) > 1 {
		s.size -= len(s.chunks[0])
		s.chunks = s.chunks[1:]
	}
}

func (s *textStore) count(text string) int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	sum := 0
	for _, chunk := range s.chunks {
		sum += bytes.Count(chunk, []byte(text))
	}
	return sum
}

// show is the lines with a text that were received first, of long ones only a part.
func (s *textStore) show(text string) string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	var shown []string
	for _, chunk := range s.chunks {
		for at := 0; len(shown) < shownTexts; {
			next := bytes.Index(chunk[at:], []byte(text))
			if next < 0 {
				break
			}
			start, end := at+next, at+next+len(text)
			first, last := findLine(chunk, start, end)
			shown = append(shown, strings.ToValidUTF8(string(chunk[first:last]), "?"))
			at = last
		}
	}
	return strings.Join(shown, "\n")
}

func findLine(chunk []byte, start, end int) (first, last int) {
	first, last = max(0, start-shownAround), min(len(chunk), end+shownAround)
	if newline := bytes.LastIndexByte(chunk[first:start], '\n'); newline >= 0 {
		first += newline + 1
	}
	if newline := bytes.IndexByte(chunk[end:last], '\n'); newline >= 0 {
		last = end + newline
	}
	return first, last
}

// describe is for whoever asks why a text is not there.
func (s *textStore) describe() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return fmt.Sprintf("%d bytes in %d requests", s.size, len(s.chunks))
}
