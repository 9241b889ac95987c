package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Ways in which a log file is rotated.
const (
	rotateByRename = "rename"
	rotateByCopy   = "copy"
	rotateNever    = "none"
)

// A logFile is appended to, and rotated to FILE.1, FILE.2 and so on.
type logFile struct {
	path     string
	rotation string
	maxBytes int64 // 0: it is not rotated by size
	keep     int

	file   *os.File
	size   int64
	isTorn bool // it ends within a line
}

// open opens the file, also anew after somebody else has moved it.
func (l *logFile) open() error {
	file, err := os.OpenFile(l.path, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o640)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err != nil {
		return errors.Join(err, file.Close())
	}
	if l.file != nil {
		l.file.Close()
	}
	l.file, l.size, l.isTorn = file, info.Size(), false
	if last := make([]byte, 1); l.size > 0 {
		if _, err := file.ReadAt(last, l.size-1); err != nil {
			return err
		}
		l.isTorn = last[0] != '\n'
	}
	return nil
}

// append writes a record, and returns how many of its bytes are in the file. After a part of a record it first ends that line.
func (l *logFile) append(record string) (int, error) {
	if l.maxBytes > 0 && l.size > 0 && l.size+int64(len(record)) > l.maxBytes {
		if err := l.rotate(); err != nil {
			return 0, err
		}
	}
	if l.file == nil {
		if err := l.open(); err != nil {
			return 0, err
		}
	}
	if l.isTorn {
		if _, err := l.file.WriteString("\n"); err != nil {
			return 0, err
		}
		l.size++
		l.isTorn = false
	}
	count, err := l.file.WriteString(record)
	l.size += int64(count)
	l.isTorn = count > 0 && count < len(record)
	return count, err
}

// rotate makes room at FILE, and leaves what was there in FILE.1.
func (l *logFile) rotate() error {
	if l.rotation == rotateNever || l.size == 0 {
		return nil
	}
	for n := min(l.findGap(), l.keep) - 1; n > 0; n-- {
		if err := os.Rename(l.number(n), l.number(n+1)); err != nil {
			return err
		}
	}
	if l.rotation == rotateByCopy {
		return l.copyAndTruncate()
	}
	if err := os.Rename(l.path, l.number(1)); err != nil {
		return err
	}
	l.file.Close()
	l.file, l.size = nil, 0
	return l.open()
}

// copyAndTruncate leaves the file as it is when there is no room for the copy.
func (l *logFile) copyAndTruncate() error {
	copied, err := os.OpenFile(l.number(1), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o640)
	if err != nil {
		return err
	}
	_, err = io.Copy(copied, io.NewSectionReader(l.file, 0, l.size))
	if err = errors.Join(err, copied.Close()); err != nil {
		return errors.Join(err, os.Remove(l.number(1)))
	}
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	l.size, l.isTorn = 0, false
	return nil
}

// findGap is the first number that no rotated file has: those after it stay where they are.
func (l *logFile) findGap() int {
	for n := 1; ; n++ {
		if _, err := os.Stat(l.number(n)); errors.Is(err, fs.ErrNotExist) {
			return n
		}
	}
}

func (l *logFile) number(n int) string {
	return fmt.Sprintf("%s.%d", l.path, n)
}
