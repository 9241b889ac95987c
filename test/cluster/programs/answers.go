package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// elasticInfo is what Elasticsearch says of itself, which its clients check.
const elasticInfo = `{
  "name": "receiver",
  "cluster_name": "receiver",
  "cluster_uuid": "AAAAAAAAAAAAAAAAAAAAAA",
  "version": {
    "number": "9.0.0",
    "build_flavor": "default",
    "build_type": "docker",
    "build_snapshot": false,
    "lucene_version": "10.1.0",
    "minimum_wire_compatibility_version": "8.18.0",
    "minimum_index_compatibility_version": "8.0.0"
  },
  "tagline": "You Know, for Search"
}`

const elasticLicense = `{"license":{"uid":"00000000-0000-4000-8000-000000000000","type":"basic","mode":"basic","status":"active"}}`

// answerQuestion answers requests that deliver nothing.
func answerQuestion(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/":
		sayJSON(w, elasticInfo)
	case "/_license", "/_xpack/license":
		sayJSON(w, elasticLicense)
	case "/ready":
		io.WriteString(w, "ready\n")
	default:
		sayJSON(w, "{}")
	}
}

// answerDelivery answers as the software does that a sender believes to be here.
func answerDelivery(w http.ResponseWriter, r *http.Request, data []byte) {
	switch path := r.URL.Path; {
	case path == lokiPush:
		w.WriteHeader(http.StatusNoContent)
	case path == "/_bulk" || strings.HasSuffix(path, "/_bulk"):
		writeJSON(w, answerBulk(data))
	case isOTLP(path) && !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json"):
		// A message without fields has no bytes.
		w.Header().Set("Content-Type", "application/x-protobuf")
	default:
		sayJSON(w, "{}")
	}
}

func isOTLP(path string) bool {
	return path == "/v1/logs" || path == "/v1/traces" || path == "/v1/metrics"
}

func sayJSON(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", "application/json")
	io.WriteString(w, text)
}

// A bulkAnswer has one item for each action of a bulk request of Elasticsearch.
type bulkAnswer struct {
	Took   int                   `json:"took"`
	Errors bool                  `json:"errors"`
	Items  []map[string]bulkItem `json:"items"`
}

type bulkItem struct {
	Index  string `json:"_index"`
	ID     string `json:"_id"`
	Status int    `json:"status"`
	Result string `json:"result"`
}

func answerBulk(data []byte) bulkAnswer {
	answer := bulkAnswer{Took: 1, Items: []map[string]bulkItem{}}
	isSource := false
	for line := range bytes.Lines(data) {
		if isSource || len(bytes.TrimSpace(line)) == 0 {
			isSource = false
			continue
		}
		var action map[string]bulkItem
		if json.Unmarshal(line, &action) != nil {
			continue
		}
		for name, item := range action {
			item.Status, item.Result = http.StatusCreated, "created"
			answer.Items = append(answer.Items, map[string]bulkItem{name: item})
			isSource = name != "delete"
		}
	}
	return answer
}
