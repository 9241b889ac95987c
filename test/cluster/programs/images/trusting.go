package main

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

// bundlePaths are where distributions and libraries look for the certificates that they trust. The first is always written.
var bundlePaths = []string{
	bundlePath,
	"/etc/ssl/cert.pem",
	"/usr/lib/ssl/cert.pem",
	"/etc/pki/tls/certs/ca-bundle.crt",
	"/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
}

// originals are the repositories behind names of the examples that exist nowhere: mirrors of companies.
var originals = map[string]string{
	"registry.acme.example/docker-hub/nginxinc/nginx-unprivileged": "docker.io/nginxinc/nginx-unprivileged",
	"registry.acme.example/fluent/fluent-bit":                      "cr.fluentbit.io/fluent/fluent-bit",
	"registry.example.com/postgres":                                "docker.io/library/postgres",
}

// maxLinks ends a chase of symbolic links that go in circles.
const maxLinks = 40

// writeTrusting writes all images that can be had, and then tells which can't.
func (o order) writeTrusting(archive string, ca []byte) error {
	images := map[string]v1.Image{}
	var errs []error
	for _, reference := range o.trusting {
		image, err := o.makeTrusting(reference, ca)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", reference, err))
			continue
		}
		images[reference] = image
	}
	log.Printf("%s: %d images", archive, len(images))
	return errors.Join(append(errs, writeArchive(archive, images))...)
}

func (o order) makeTrusting(reference string, ca []byte) (v1.Image, error) {
	image, err := o.findImage(reference)
	if err != nil {
		return nil, err
	}
	bundles, err := readBundles(image)
	if err != nil {
		return nil, err
	}
	if len(bundles) == 0 {
		bundles[bundlePath] = nil
	}
	files := map[string]layerFile{}
	for file, bundle := range bundles {
		files[file] = layerFile{data: addCertificate(bundle, ca), mode: 0o644}
	}
	layer, err := makeLayer(files)
	if err != nil {
		return nil, err
	}
	log.Printf("%s: trusts the authority by %s", reference, strings.Join(slices.Sorted(maps.Keys(files)), ", "))
	return mutate.AppendLayers(image, layer)
}

func addCertificate(bundle, ca []byte) []byte {
	whole := slices.Clone(bundle)
	if len(whole) > 0 && whole[len(whole)-1] != '\n' {
		whole = append(whole, '\n')
	}
	return append(whole, ca...)
}

// findImage looks for an image in the archives, and then in its registry if that is asked for.
func (o order) findImage(reference string) (v1.Image, error) {
	tag, err := name.NewTag(reference)
	if err != nil {
		return nil, err
	}
	for _, archive := range o.archives {
		has, err := hasImage(archive, tag)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", archive, err)
		}
		if has {
			return tarball.ImageFromPath(archive, &tag)
		}
	}
	if !o.fromRegistry {
		return nil, errors.New("it is in no archive")
	}
	source := tag
	if original, isKnown := originals[tag.Context().Name()]; isKnown {
		if source, err = name.NewTag(original + ":" + tag.TagStr()); err != nil {
			return nil, err
		}
	}
	platform := v1.Platform{OS: "linux", Architecture: runtime.GOARCH}
	return remote.Image(source, remote.WithAuthFromKeychain(authn.DefaultKeychain), remote.WithPlatform(platform))
}

// hasImage reads only the list of images that `docker save` puts into an archive, as `ctr images export` does too.
func hasImage(archive string, tag name.Tag) (bool, error) {
	manifest, err := tarball.LoadManifest(func() (io.ReadCloser, error) { return os.Open(archive) })
	if err != nil {
		return false, err
	}
	for _, image := range manifest {
		for _, reference := range image.RepoTags {
			if known, err := name.NewTag(reference); err == nil && known.Name() == tag.Name() {
				return true, nil
			}
		}
	}
	return false, nil
}

// readBundles are the files with trusted certificates in an image, by the paths at which they really are. The first of the paths
// is among them, with what another one has, if there is any.
func readBundles(image v1.Image) (map[string][]byte, error) {
	links, isFile, err := readPaths(image)
	if err != nil {
		return nil, err
	}
	wanted := map[string]bool{}
	for _, bundle := range bundlePaths {
		if file := resolve(links, bundle); isFile[file] {
			wanted[file] = true
		}
	}
	bundles, err := readFiles(image, wanted)
	if first := resolve(links, bundlePath); err == nil && len(bundles) > 0 && bundles[first] == nil {
		bundles[first] = bundles[slices.Sorted(maps.Keys(bundles))[0]]
	}
	return bundles, err
}

func readPaths(image v1.Image) (links map[string]string, isFile map[string]bool, err error) {
	links, isFile = map[string]string{}, map[string]bool{}
	err = readImage(image, func(file string, header *tar.Header, _ io.Reader) error {
		switch header.Typeflag {
		case tar.TypeSymlink:
			links[file] = header.Linkname
		case tar.TypeReg:
			isFile[file] = true
		}
		return nil
	})
	return links, isFile, err
}

func readFiles(image v1.Image, wanted map[string]bool) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := readImage(image, func(file string, _ *tar.Header, data io.Reader) (err error) {
		if wanted[file] {
			files[file], err = io.ReadAll(data)
		}
		return err
	})
	return files, err
}

// readImage calls a function with each entry of an image, as a container sees them.
func readImage(image v1.Image, use func(file string, header *tar.Header, data io.Reader) error) error {
	extracted := mutate.Extract(image)
	defer extracted.Close()
	for reader := tar.NewReader(extracted); ; {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := use(path.Clean("/"+header.Name), header, reader); err != nil {
			return err
		}
	}
}

// resolve follows all symbolic links on the way to a file.
func resolve(links map[string]string, file string) string {
	for range maxLinks {
		next := followFirst(links, file)
		if next == file {
			return file
		}
		file = next
	}
	return file
}

func followFirst(links map[string]string, file string) string {
	for end := 1; end <= len(file); end++ {
		if end < len(file) && file[end] != '/' {
			continue
		}
		target, isLink := links[file[:end]]
		if !isLink {
			continue
		}
		if !path.IsAbs(target) {
			target = path.Join(path.Dir(file[:end]), target)
		}
		return path.Join(target, file[end:])
	}
	return file
}
