// Command images makes what the tests in a cluster load into it: an archive of the applications that the examples name, all of
// which are the one program of this module, and an archive of images of published software that trust the tests' certificates too.
package main

import (
	"errors"
	"flag"
	"log"
	"os"
	"path/filepath"
	"slices"
)

// An order is what is asked for.
type order struct {
	folder       string
	archives     []string // that images to make trusting are in
	fromRegistry bool     // those that no archive has are pulled
	trusting     []string // references of these images
	names        []string // more names of the server certificate
}

func main() {
	log.SetFlags(0)
	var asked order
	flag.StringVar(&asked.folder, "o", "", "folder for archives and certificates")
	flag.BoolVar(&asked.fromRegistry, "registry", false, "pull images that no archive has")
	addList("from", "archive of images, as `docker save` and `ctr images export` write them", &asked.archives)
	addList("trust", "image that is to trust the certificates", &asked.trusting)
	addList("san", "one more name of the server certificate", &asked.names)
	only := flag.String("only", "", "apps or trusting, to make only one of the archives")
	flag.Parse()
	if asked.folder == "" || !slices.Contains([]string{"", "apps", "trusting"}, *only) {
		flag.Usage()
		os.Exit(2)
	}
	if err := asked.make(*only); err != nil {
		log.Fatal(err)
	}
}

func addList(name, usage string, values *[]string) {
	flag.Func(name, usage+"; may be given several times", func(value string) error {
		*values = append(*values, value)
		return nil
	})
}

func (o order) make(only string) error {
	pki := filepath.Join(o.folder, "pki")
	if err := preparePKI(pki, o.names); err != nil {
		return err
	}
	ca, err := os.ReadFile(filepath.Join(pki, caFile))
	if err != nil {
		return err
	}
	if only != "trusting" {
		err = writeApplications(filepath.Join(o.folder, "applications.tar"), ca)
	}
	if only != "apps" && len(o.trusting) > 0 {
		err = errors.Join(err, o.writeTrusting(filepath.Join(o.folder, "trusting.tar"), ca))
	}
	return err
}
