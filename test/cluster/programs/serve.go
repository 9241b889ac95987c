package main

import (
	"context"
	"crypto/tls"
	"errors"
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
	stopped, cancel := untilStopped()
	defer cancel()
	<-stopped.Done()
	group.stop()
	return nil
}

// readCertificate reads a certificate, or none for plain HTTP.
func readCertificate(certFile, keyFile string) (*tls.Certificate, error) {
	if certFile == "" {
		return nil, nil
	}
	certificate, err := tls.LoadX509KeyPair(certFile, keyFile)
	return &certificate, err
}
