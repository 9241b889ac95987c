package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io/fs"
	"log"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"time"
)

const (
	caFile     = "ca.crt"
	caKeyFile  = "ca.key"
	tlsFile    = "tls.crt"
	tlsKeyFile = "tls.key"
)

const validYears = 10

// serverNames are the hosts that the examples reach over TLS, and those of the servers in the tests. OpenSSL takes no wildcard for
// a name of two parts, so those stand one by one.
var serverNames = []string{
	"localhost", "example.com", "*.example.com", "api.payments.example.com",
	"elastic.logging", "elasticsearch.logging", "fluentd.logging", "loki.logging", "receiver.logging",
	"collector.observability", "postgres.databases", "stock.warehouse", "queue.shop.svc", "stock.shop.svc",
	"*.logging.svc", "*.logging.svc.cluster.local", "*.observability.svc", "*.observability.svc.cluster.local",
	"*.databases.svc.cluster.local", "*.search.svc.cluster.local", "*.shop.svc.cluster.local", "*.warehouse.svc.cluster.local",
	"*.internet.svc", "*.internet.svc.cluster.local",
}

// preparePKI makes an authority and a server certificate, unless they are there already and have all names.
func preparePKI(folder string, names []string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	authority, err := readPair(folder, caFile, caKeyFile)
	if errors.Is(err, fs.ErrNotExist) {
		log.Printf("%s: a new authority", folder)
		authority, err = writeAuthority(folder)
	}
	if err != nil {
		return err
	}
	wanted := slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(serverNames), names...))))
	server, err := readPair(folder, tlsFile, tlsKeyFile)
	if err == nil && hasNames(server.Leaf, wanted) && server.Leaf.CheckSignatureFrom(authority.Leaf) == nil {
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	log.Printf("%s: a new server certificate", folder)
	return writeServer(folder, authority, wanted)
}

func hasNames(certificate *x509.Certificate, wanted []string) bool {
	return !slices.ContainsFunc(wanted, func(name string) bool { return !slices.Contains(certificate.DNSNames, name) })
}

func readPair(folder, certFile, keyFile string) (tls.Certificate, error) {
	return tls.LoadX509KeyPair(filepath.Join(folder, certFile), filepath.Join(folder, keyFile))
}

func writeAuthority(folder string) (tls.Certificate, error) {
	template := makeTemplate("cluster tests")
	template.IsCA, template.BasicConstraintsValid = true, true
	template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	if err := writePair(folder, caFile, caKeyFile, template, template, key, key); err != nil {
		return tls.Certificate{}, err
	}
	return readPair(folder, caFile, caKeyFile)
}

func writeServer(folder string, authority tls.Certificate, names []string) error {
	template := makeTemplate(serverNames[0])
	template.DNSNames = names
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	return writePair(folder, tlsFile, tlsKeyFile, template, authority.Leaf, key, authority.PrivateKey)
}

func makeTemplate(name string) *x509.Certificate {
	now := time.Now()
	return &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()),
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    now.Add(-time.Hour),
		NotAfter:     now.AddDate(validYears, 0, 0),
	}
}

func writePair(folder, certFile, keyFile string, template, parent *x509.Certificate, key *ecdsa.PrivateKey, signer any) error {
	certificate, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		return err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return errors.Join(
		writePEM(filepath.Join(folder, keyFile), "PRIVATE KEY", private, 0o600),
		writePEM(filepath.Join(folder, certFile), "CERTIFICATE", certificate, 0o644),
	)
}

func writePEM(path, kind string, data []byte, mode fs.FileMode) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: data}), mode)
}
