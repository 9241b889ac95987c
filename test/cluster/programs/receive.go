package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// A receiver takes what log agents and others send, as the software they send to would, and counts marks in it.
type receiver struct {
	ledger *ledger
	texts  textStore

	mutex    sync.Mutex
	requests map[string]*requestCount
	status   int // what senders are answered, 0 for what they expect
	delay    time.Duration
}

// A requestCount is the requests to one path, with what the last one had.
type requestCount struct {
	Path          string `json:"path"`
	Count         int    `json:"count"`
	Authorization string `json:"authorization"`
	Tenant        string `json:"tenant"`
	Status        int    `json:"status"`
}

// runReceive receives until it is stopped.
func runReceive(arguments []string) error {
	flags := flag.NewFlagSet("receive", flag.ContinueOnError)
	plainAddresses := addListFlag(flags, "listen", "addresses for HTTP, by default :8080")
	tlsAddresses := addListFlag(flags, "tls-listen", "addresses for HTTPS")
	certFile := flags.String("cert", "", "certificate for HTTPS")
	keyFile := flags.String("key", "", "its key")
	if _, err := parseFlags(flags, arguments); err != nil {
		return err
	}
	if len(*plainAddresses) == 0 {
		*plainAddresses = []string{":8080"}
	}
	certificate, err := readCertificate(*certFile, *keyFile)
	if err != nil {
		return err
	}
	receiver := &receiver{ledger: makeLedger(), requests: map[string]*requestCount{}}
	var group serverGroup
	for _, address := range *plainAddresses {
		if err := group.start(address, receiver.makeHandler(), nil); err != nil {
			return err
		}
	}
	for _, address := range *tlsAddresses {
		if certificate == nil {
			return failure{2, fmt.Errorf("--tls-listen takes --cert and --key")}
		}
		if err := group.start(address, receiver.makeHandler(), certificate); err != nil {
			return err
		}
	}
	stopped, cancel := untilStopped()
	defer cancel()
	<-stopped.Done()
	group.stop()
	return nil
}

// makeHandler serves what tests ask, and takes everything else.
func (c *receiver) makeHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /runs", func(w http.ResponseWriter, r *http.Request) {
		writeJSON(w, c.ledger.summarize(r.URL.Query().Get("run")))
	})
	mux.HandleFunc("GET /seen", c.showSeen)
	mux.HandleFunc("GET /requests", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, c.listRequests()) })
	mux.HandleFunc("POST /mode", c.setMode)
	mux.HandleFunc("POST /written", c.takeReport)
	mux.HandleFunc("/", c.take)
	return mux
}

func (c *receiver) showSeen(w http.ResponseWriter, r *http.Request) {
	text := r.URL.Query().Get("text")
	if text == "" {
		http.Error(w, "the text is missing; there are "+c.texts.describe(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if r.URL.Query().Get("show") != "" {
		fmt.Fprintln(w, c.texts.show(text))
		return
	}
	fmt.Fprintln(w, c.texts.count(text))
}

// setMode sets how senders are answered from now on: normally, unless a status or a delay is given.
func (c *receiver) setMode(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	status, statusErr := strconv.Atoi(cmp.Or(query.Get("status"), "0"))
	delay, delayErr := time.ParseDuration(cmp.Or(query.Get("delay"), "0"))
	if err := cmp.Or(statusErr, delayErr); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if status == http.StatusOK {
		status = 0
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.status, c.delay = status, delay
	writeJSON(w, struct{}{})
}

func (c *receiver) takeReport(w http.ResponseWriter, r *http.Request) {
	var given report
	if err := json.NewDecoder(r.Body).Decode(&given); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c.ledger.accept(given)
	writeJSON(w, struct{}{})
}

// take answers any other request. What is sent is counted and kept only when it is answered as it should be.
func (c *receiver) take(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Elastic-Product", "Elasticsearch")
	if r.Method != http.MethodPost && r.Method != http.MethodPut {
		c.remember(r, http.StatusOK)
		answerQuestion(w, r)
		return
	}
	c.mutex.Lock()
	status, delay := c.status, c.delay
	c.mutex.Unlock()
	time.Sleep(delay)
	if status != 0 {
		io.Copy(io.Discard, r.Body)
		c.remember(r, status)
		http.Error(w, "as asked for", status)
		return
	}
	data, err := readBody(r)
	if err != nil {
		log.Printf("%s %s: %v", r.Method, r.URL.Path, err)
		c.remember(r, http.StatusBadRequest)
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c.ledger.count(data)
	c.texts.add(data)
	c.remember(r, answerDelivery(w, r, data))
}

func (c *receiver) remember(r *http.Request, status int) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	known := c.requests[r.URL.Path]
	if known == nil {
		known = &requestCount{Path: r.URL.Path}
		c.requests[r.URL.Path] = known
	}
	known.Count++
	known.Authorization, known.Tenant, known.Status = r.Header.Get("Authorization"), r.Header.Get("X-Scope-OrgID"), status
}

func (c *receiver) listRequests() []requestCount {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	list := make([]requestCount, 0, len(c.requests))
	for _, known := range c.requests {
		list = append(list, *known)
	}
	slices.SortFunc(list, func(a, b requestCount) int { return cmp.Compare(a.Path, b.Path) })
	return list
}
