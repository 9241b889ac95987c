package main

import (
	"fmt"
	"strconv"
	"time"
)

// runJob writes LINES records in DURATION, then a last one, and ends.
func runJob([]string) error {
	lines, err := strconv.Atoi(readEnv("LINES", "50"))
	if err != nil {
		return failure{2, fmt.Errorf("LINES: %w", err)}
	}
	duration, err := time.ParseDuration(readEnv("DURATION", "2s"))
	if err != nil {
		return failure{2, fmt.Errorf("DURATION: %w", err)}
	}
	if err := checkWritable(splitList(readEnv("WRITABLE", ""))); err != nil {
		return failure{4, err}
	}
	log, err := openLog()
	if err != nil {
		return err
	}
	start := time.Now()
	for n := 1; n <= lines; n++ {
		log.write("job line %d of %d", n, lines)
		time.Sleep(time.Until(start.Add(duration * time.Duration(n) / time.Duration(lines))))
	}
	log.write("job LAST LINE on %s", readHostname())
	return nil
}
