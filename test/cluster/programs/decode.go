package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
)

// snappyFrames begins a stream of snappy; without it, the data is one block.
var snappyFrames = []byte("\xff\x06\x00\x00sNaPpY")

const lokiPush = "/loki/api/v1/push"

// readBody reads the body of a request, uncompressed.
func readBody(r *http.Request) ([]byte, error) {
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	encoding := r.Header.Get("Content-Encoding")
	// Loki's own format is always compressed, which no header says.
	if encoding == "" && r.URL.Path == lokiPush && strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-protobuf") {
		encoding = "snappy"
	}
	return decompress(encoding, data)
}

func decompress(encoding string, data []byte) ([]byte, error) {
	switch encoding {
	case "", "identity":
		return data, nil
	case "gzip":
		reader, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		return io.ReadAll(reader)
	case "zstd":
		reader, err := zstd.NewReader(bytes.NewReader(data), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, err
		}
		defer reader.Close()
		return io.ReadAll(reader)
	case "snappy", "x-snappy-framed":
		if bytes.HasPrefix(data, snappyFrames) {
			return io.ReadAll(snappy.NewReader(bytes.NewReader(data)))
		}
		return snappy.Decode(nil, data)
	}
	return nil, fmt.Errorf("unknown content encoding %q", encoding)
}
