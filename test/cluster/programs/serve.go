package main

import (
	"context"
	"crypto/tls"
	"errors"
	"flag"
	"log"
	"net"
	"net/http"
	"time"
)

// A serverGroup is the HTTP servers of a program, which stop together.
type serverGroup struct {
	servers []*http.Server
}

// start serves at an address, with HTTPS if there is a certificate, and with HTTP/2 also without.
func (g *serverGroup) start(address string, handler http.Handler, certificate *tls.Certificate) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	protocols.SetHTTP2(true)
	protocols.SetUnencryptedHTTP2(true)
	server := &http.Server{Handler: handler, Protocols: &protocols, ReadHeaderTimeout: time.Minute}
	serve := func() error { return server.Serve(listener) }
	if certificate != nil {
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*certificate}}
		serve = func() error { return server.ServeTLS(listener, "", "") }
	}
	g.servers = append(g.servers, server)
	go func() {
		if err := serve(); !errors.Is(err, http.ErrServerClosed) {
			log.Fatal(err)
		}
	}()
	return nil
}

// stop takes no more requests, and waits for those under way.
func (g *serverGroup) stop() {
	soon, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	for _, server := range g.servers {
		server.Shutdown(soon)
	}
}

// runUntilStopped serves until the kubelet stops the container.
func (g *serverGroup) runUntilStopped() {
	runWait(nil)
	g.stop()
}

// serveUntilStopped is all that the servers which keep no logs do.
func serveUntilStopped(address string, handler http.Handler, certFile, keyFile string) error {
	certificate, err := readCertificate(certFile, keyFile)
	if err != nil {
		return err
	}
	var group serverGroup
	if err := group.start(address, handler, certificate); err != nil {
		return err
	}
	group.runUntilStopped()
	return nil
}

// A serverFlags is where a server listens, and the certificate that it shows.
type serverFlags struct {
	address, certFile, keyFile *string
}

// addServerFlags adds the flags of a server with HTTPS.
func addServerFlags(flags *flag.FlagSet) serverFlags {
	return serverFlags{
		address:  flags.String("listen", ":8443", "address"),
		certFile: flags.String("cert", "", "certificate, none for plain HTTP"),
		keyFile:  flags.String("key", "", "its key"),
	}
}

func (f serverFlags) serveUntilStopped(handler http.Handler) error {
	return serveUntilStopped(*f.address, handler, *f.certFile, *f.keyFile)
}

// readCertificate reads a certificate, or none for plain HTTP.
func readCertificate(certFile, keyFile string) (*tls.Certificate, error) {
	if certFile == "" {
		return nil, nil
	}
	certificate, err := tls.LoadX509KeyPair(certFile, keyFile)
	return &certificate, err
}
