package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"strconv"
	"sync/atomic"
)

// A receiver takes what log agents and others send, as the software they send to would, and counts marks in it.
type receiver struct {
	ledger *ledger
	texts  textStore

	status atomic.Int64 // what senders are answered, 0 for what they expect
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
	receiver := &receiver{ledger: makeLedger()}
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
	group.runUntilStopped()
	return nil
}

// makeHandler serves what tests ask, and takes everything else.
func (c *receiver) makeHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /runs", func(w http.ResponseWriter, r *http.Request) {
		writeJSON(w, c.ledger.summarize(r.URL.Query().Get("run")))
	})
	mux.HandleFunc("GET /seen", c.showSeen)
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

// setMode sets the status that senders are answered from now on; 200 is what they expect.
func (c *receiver) setMode(w http.ResponseWriter, r *http.Request) {
	status, err := strconv.ParseInt(r.URL.Query().Get("status"), 10, 64)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if status == http.StatusOK {
		status = 0
	}
	c.status.Store(status)
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
		answerQuestion(w, r)
		return
	}
	if status := int(c.status.Load()); status != 0 {
		io.Copy(io.Discard, r.Body)
		http.Error(w, "as asked for", status)
		return
	}
	data, err := readBody(r)
	if err != nil {
		log.Printf("%s %s: %v", r.Method, r.URL.Path, err)
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c.ledger.count(data)
	c.texts.add(data)
	answerDelivery(w, r, data)
}
