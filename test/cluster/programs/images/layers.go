package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

// A layerFile is a file of a layer, or a symbolic link.
type layerFile struct {
	data []byte
	link string
	mode int64
}

// makeLayer is a layer of some files and the folders that they are in. The same files give the same layer: they are root's, and of
// no time.
func makeLayer(files map[string]layerFile) (v1.Layer, error) {
	var packed bytes.Buffer
	writer := tar.NewWriter(&packed)
	for _, entry := range listEntries(files) {
		file, isFile := files[entry]
		header := &tar.Header{Name: strings.TrimPrefix(entry, "/"), Mode: file.mode, Size: int64(len(file.data)), Format: tar.FormatPAX}
		switch {
		case !isFile:
			header.Typeflag, header.Mode, header.Name = tar.TypeDir, 0o755, header.Name+"/"
		case file.link != "":
			header.Typeflag, header.Mode, header.Linkname = tar.TypeSymlink, 0o777, file.link
		}
		if err := writer.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := writer.Write(file.data); err != nil {
			return nil, err
		}
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(packed.Bytes())), nil }
	return tarball.LayerFromOpener(open, tarball.WithCompressedCaching, tarball.WithCompressionLevel(gzip.BestSpeed))
}

// listEntries are the paths of files and of all folders above them, each after the folder that it is in.
func listEntries(files map[string]layerFile) []string {
	var entries []string
	for file := range files {
		for entry := file; entry != "/"; entry = path.Dir(entry) {
			entries = append(entries, entry)
		}
	}
	slices.Sort(entries)
	return slices.Compact(entries)
}

// writeArchive writes images by their references, as `docker save` does.
func writeArchive(file string, images map[string]v1.Image) error {
	byTag := map[name.Tag]v1.Image{}
	var errs []error
	for reference, image := range images {
		tag, err := name.NewTag(reference)
		errs = append(errs, err)
		byTag[tag] = image
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return tarball.MultiWriteToFile(file, byTag)
}
