package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const dialTimeout = 3 * time.Second

// makeHandler is what an application answers. Requests to other paths than these are logged.
func (a *application) makeHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", sayText("ok\n"))
	mux.HandleFunc("/ready", sayText("ok\n"))
	mux.HandleFunc("/_cluster/health", sayText(`{"status":"green"}`))
	mux.HandleFunc("/env", showEnvironment)
	mux.HandleFunc("/file", answerWith(func(value func(string) string) ([]byte, error) { return os.ReadFile(value("path")) }))
	mux.HandleFunc("/fetch", answerWith(func(value func(string) string) ([]byte, error) { return fetch(value("url")) }))
	mux.HandleFunc("/dial", answerWith(func(value func(string) string) ([]byte, error) {
		return dial(value("address"))
	}))
	mux.HandleFunc("/statsd", answerWith(func(value func(string) string) ([]byte, error) {
		return sendUDP(net.JoinHostPort(os.Getenv("STATSD_HOST"), os.Getenv("STATSD_PORT")), value("metric"))
	}))
	mux.HandleFunc("/trace", answerWith(func(value func(string) string) ([]byte, error) { return sendSpan(value("name")) }))
	mux.HandleFunc("/routes", func(w http.ResponseWriter, _ *http.Request) {
		if routes, isRead := a.routes.Load().(string); isRead {
			io.WriteString(w, routes)
		}
	})
	mux.HandleFunc("POST /-/reload", func(w http.ResponseWriter, _ *http.Request) {
		a.readRoutes()
		io.WriteString(w, "reloaded\n")
	})
	if root := os.Getenv("DOCUMENT_ROOT"); root != "" {
		mux.HandleFunc("/files/", func(w http.ResponseWriter, r *http.Request) { serveFile(w, r, root) })
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		a.log.write("%s %s", r.Method, r.URL.RequestURI())
		fmt.Fprintf(w, "%s on %s\n", r.URL.Path, readHostname())
	})
	return mux
}

func sayText(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, text) }
}

// answerWith answers with what a function makes of the query, or with 502 and its error.
func answerWith(make func(value func(name string) string) ([]byte, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		answer, err := make(r.URL.Query().Get)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Write(answer)
	}
}

// serveFile serves each file under its own name, which Go's file server redirects away from for an index.html.
func serveFile(w http.ResponseWriter, r *http.Request, root string) {
	file := path.Clean(strings.TrimPrefix(r.URL.Path, "/files"))
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	w.Write(data)
}

func showEnvironment(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprintln(w, strings.Join(slices.Sorted(slices.Values(os.Environ())), "\n"))
}

// fetch returns status and body of an address, or where it redirects to.
func fetch(url string) ([]byte, error) {
	client := http.Client{
		Timeout:       5 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	response, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if location := response.Header.Get("Location"); location != "" {
		body = []byte(location)
	}
	return append(fmt.Appendf(nil, "%d ", response.StatusCode), body...), err
}

// dial connects over TCP, and returns what the other side says within a second, or until it hangs up.
func dial(address string) ([]byte, error) {
	connection, err := net.DialTimeout("tcp", address, dialTimeout)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	if err := connection.SetReadDeadline(time.Now().Add(time.Second)); err != nil {
		return nil, err
	}
	heard := bytes.NewBufferString("connected\n")
	io.Copy(heard, connection)
	return heard.Bytes(), nil
}

func sendUDP(address, text string) ([]byte, error) {
	connection, err := net.Dial("udp", address)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	if _, err := io.WriteString(connection, text); err != nil {
		return nil, err
	}
	return []byte("sent\n"), nil
}

// sendSpan sends a trace of one span to where OpenTelemetry's variables lead.
func sendSpan(name string) ([]byte, error) {
	trace, span, now := make([]byte, 16), make([]byte, 8), time.Now().UnixNano()
	rand.Read(trace)
	rand.Read(span)
	type object = map[string]any
	service := object{"key": "service.name", "value": object{"stringValue": readEnv("OTEL_SERVICE_NAME", "app")}}
	sent, err := json.Marshal(object{"resourceSpans": []object{{
		"resource": object{"attributes": []object{service}},
		"scopeSpans": []object{{"spans": []object{{
			"traceId":           fmt.Sprintf("%x", trace),
			"spanId":            fmt.Sprintf("%x", span),
			"name":              name,
			"kind":              2,
			"startTimeUnixNano": fmt.Sprint(now - int64(time.Millisecond)),
			"endTimeUnixNano":   fmt.Sprint(now),
		}}}},
	}}})
	if err != nil {
		return nil, err
	}
	response, err := http.Post(os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT")+"/v1/traces", "application/json", bytes.NewReader(sent))
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return fmt.Appendf(nil, "%d\n", response.StatusCode), nil
}

func writeJSON(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(value)
}
