package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"
)

// A report is what a writer says of its records: those with the numbers from 1 to written + len(unsure) are in the log, except
// unsure ones, which may be there as a whole, in part or not at all.
type report struct {
	Run     string `json:"run"`
	Writer  string `json:"writer"`
	Written int    `json:"written"`
	Refused int    `json:"refused"`
	Unsure  []int  `json:"unsure,omitempty"`
}

// send tells a receiver, and tries for some seconds where that fails.
func (r report) send(receiver string) {
	if receiver == "" {
		return
	}
	body, _ := json.Marshal(r)
	client := http.Client{Timeout: 2 * time.Second}
	var err error
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
		if err = post(&client, strings.TrimSuffix(receiver, "/")+"/written", body); err == nil {
			return
		}
	}
	fmt.Fprintln(os.Stderr, "the receiver took no report:", err)
}

func post(client *http.Client, url string, body []byte) error {
	response, err := client.Post(url, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", response.StatusCode)
	}
	return nil
}
