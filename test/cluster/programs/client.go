package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"strings"
	"time"
)

const clientTimeout = 10 * time.Second

// A clientOptions is where a client finds hosts.
type clientOptions struct {
	resolved map[string]string // addresses by host
	behind   map[string]string // by host, addresses to which its HTTPS is sent as plain HTTP
}

// runGet prints what an address answers.
func runGet(arguments []string) error {
	return runRequest(http.MethodGet, arguments)
}

// runPost sends a request without a body, and prints the answer.
func runPost(arguments []string) error {
	return runRequest(http.MethodPost, arguments)
}

func runRequest(method string, arguments []string) error {
	flags := flag.NewFlagSet(strings.ToLower(method), flag.ContinueOnError)
	client, url, err := makeClient(flags, arguments)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(method, url, nil)
	if err != nil {
		return err
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(os.Stdout, response.Body); err != nil {
		return err
	}
	return checkStatus(response)
}

func checkStatus(response *http.Response) error {
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return fmt.Errorf("status %d", response.StatusCode)
	}
	return nil
}

// makeClient reads the flags of all clients, and the one address.
func makeClient(flags *flag.FlagSet, arguments []string) (*http.Client, string, error) {
	options := clientOptions{resolved: map[string]string{}, behind: map[string]string{}}
	flags.Func("resolve", "host=address, where the address may have a port, or host=http://address for what ends TLS itself, as an "+
		"ingress controller does; may be given several times", options.addHost)
	words, err := parseFlags(flags, arguments)
	if err != nil {
		return nil, "", err
	}
	if len(words) != 1 {
		return nil, "", failure{2, fmt.Errorf("%s takes one URL", flags.Name())}
	}
	client, err := options.connect()
	return client, words[0], err
}

func (o clientOptions) addHost(value string) error {
	host, address, isPair := strings.Cut(value, "=")
	if !isPair {
		return errors.New("not host=address")
	}
	if server, isPlain := strings.CutPrefix(address, "http://"); isPlain {
		o.behind[host] = server
	} else {
		o.resolved[host] = address
	}
	return nil
}

func (o clientOptions) connect() (*http.Client, error) {
	cookies, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	return &http.Client{
		Jar:           cookies,
		Timeout:       clientTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: frontend{o.behind, &http.Transport{
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				return (&net.Dialer{}).DialContext(ctx, network, o.resolve(address))
			},
		}},
	}, nil
}

// A frontend ends TLS for some hosts, and passes their requests on to servers without it.
type frontend struct {
	servers map[string]string
	next    http.RoundTripper
}

func (f frontend) RoundTrip(request *http.Request) (*http.Response, error) {
	server, isKnown := f.servers[request.URL.Hostname()]
	if !isKnown {
		return f.next.RoundTrip(request)
	}
	passed := request.Clone(request.Context())
	passed.Host = request.URL.Host
	passed.Header.Set("X-Forwarded-Proto", request.URL.Scheme)
	passed.URL.Scheme, passed.URL.Host = "http", server
	response, err := f.next.RoundTrip(passed)
	if err == nil {
		response.Request = request
	}
	return response, err
}

func (o clientOptions) resolve(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	resolved, isKnown := o.resolved[host]
	if !isKnown {
		return address
	}
	if _, _, err := net.SplitHostPort(resolved); err == nil {
		return resolved
	}
	return net.JoinHostPort(resolved, port)
}
