package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	maxInFlight    = 64
	requestTimeout = 5 * time.Second
)

// A loadResult is what came of all requests.
type loadResult struct {
	Run     string         `json:"run"`
	Writer  string         `json:"writer"`
	Sent    int            `json:"sent"`
	OK      int            `json:"ok"`
	Failed  int            `json:"failed"`
	Errors  map[string]int `json:"errors"`
	Seconds float64        `json:"seconds"`
}

// A load sends requests whose queries are marks, so that the access log of the server has them.
type load struct {
	client http.Client
	url    string
	mutex  sync.Mutex
	result loadResult
	unsure []int
}

// runLoad sends requests at a steady rate, each over a connection of its own, and says what came of them.
func runLoad(arguments []string) error {
	load := &load{client: http.Client{
		Timeout:       requestTimeout,
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	flags := flag.NewFlagSet("load", flag.ContinueOnError)
	flags.StringVar(&load.url, "url", "", "where requests go to")
	flags.StringVar(&load.result.Run, "run", "run", "the run of the marks")
	rate := flags.Float64("rate", 20, "requests per second, 0 for as many as go")
	receiver := flags.String("report", "", "URL of the receiver")
	if _, err := parseFlags(flags, arguments); err != nil {
		return err
	}
	if load.url == "" || !runName.MatchString(load.result.Run) {
		return failure{2, errors.New("load takes --url, and a --run of small letters and digits")}
	}
	load.url = strings.TrimSuffix(load.url, "/")
	load.result.Writer, load.result.Errors = nameWriter("load"), map[string]int{}
	ctx, cancel := untilStopped()
	defer cancel()
	load.sendAll(ctx, *rate)
	result := load.result
	slices.Sort(load.unsure)
	report{Run: result.Run, Writer: result.Writer, Written: result.OK, Unsure: load.unsure}.send(*receiver)
	return json.NewEncoder(os.Stdout).Encode(result)
}

// sendAll sends requests until the context is done, and waits for all answers.
func (l *load) sendAll(ctx context.Context, rate float64) {
	start := time.Now()
	pace := pace{start, rate}
	slots := make(chan struct{}, maxInFlight)
	var requests sync.WaitGroup
	for i := 0; pace.wait(ctx, i); i++ {
		slots <- struct{}{}
		requests.Go(func() {
			l.count(i+1, l.request(i+1))
			<-slots
		})
	}
	requests.Wait()
	l.result.Seconds = time.Since(start).Seconds()
}

func (l *load) request(number int) error {
	response, err := l.client.Get(l.url + "/?" + mark{l.result.Run, l.result.Writer, number}.String())
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return err
	}
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return fmt.Errorf("status %d", response.StatusCode)
	}
	return nil
}

func (l *load) count(number int, err error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.result.Sent++
	if err == nil {
		l.result.OK++
		return
	}
	l.result.Failed++
	l.result.Errors[nameCause(err)]++
	l.unsure = append(l.unsure, number)
}

// nameCause is an error without the addresses that make each one differ.
func nameCause(err error) string {
	if os.IsTimeout(err) {
		return "timeout"
	}
	for cause := errors.Unwrap(err); cause != nil; cause = errors.Unwrap(err) {
		err = cause
	}
	return err.Error()
}
