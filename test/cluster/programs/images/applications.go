package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
)

const (
	programPath = "/programs"
	bundlePath  = "/etc/ssl/certs/ca-certificates.crt"
)

//go:embed images.json
var table []byte

// An application is a row of the table: an image that examples name, and what the program does in it.
type application struct {
	Reference  string            `json:"reference"`
	Role       string            `json:"role"` // without one, the first argument names it
	Entrypoint string            `json:"entrypoint"`
	Args       []string          `json:"args"`
	Env        map[string]string `json:"env"`
	User       string            `json:"user"`
	Workdir    string            `json:"workdir"`
	Files      map[string]string `json:"files"`
	Tools      bool              `json:"tools"` // there is a `cp` in it
}

func writeApplications(archive string, ca []byte) error {
	var applications []application
	if err := json.Unmarshal(table, &applications); err != nil {
		return err
	}
	program, err := buildProgram()
	if err != nil {
		return err
	}
	shared, err := makeLayer(map[string]layerFile{
		programPath: {data: program, mode: 0o755},
		bundlePath:  {data: ca, mode: 0o644},
	})
	if err != nil {
		return err
	}
	images := map[string]v1.Image{}
	for _, application := range applications {
		if images[application.Reference], err = application.makeImage(shared); err != nil {
			return fmt.Errorf("%s: %w", application.Reference, err)
		}
	}
	log.Printf("%s: %d applications", archive, len(images))
	return writeArchive(archive, images)
}

// buildProgram builds the program of the module in whose folder this one runs.
func buildProgram() ([]byte, error) {
	folder, err := os.MkdirTemp("", "programs-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "programs")
	command := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w -buildid=", "-o", file, "cluster-programs")
	command.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux")
	command.Stderr = os.Stderr
	if err := command.Run(); err != nil {
		return nil, fmt.Errorf("go build: %w", err)
	}
	return os.ReadFile(file)
}

func (a application) makeImage(shared v1.Layer) (v1.Image, error) {
	var layers []v1.Layer
	if a.Entrypoint != "" {
		layers = append(layers, shared)
	}
	if files := a.listFiles(); len(files) > 0 {
		own, err := makeLayer(files)
		if err != nil {
			return nil, err
		}
		layers = append(layers, own)
	}
	image, err := mutate.AppendLayers(empty.Image, layers...)
	if err != nil {
		return nil, err
	}
	return mutate.ConfigFile(image, a.configure(image))
}

func (a application) listFiles() map[string]layerFile {
	files := map[string]layerFile{}
	for path, text := range a.Files {
		files[path] = layerFile{data: []byte(text), mode: 0o644}
	}
	if a.Entrypoint != "" && a.Entrypoint != programPath {
		files[a.Entrypoint] = layerFile{link: programPath}
	}
	if a.Tools {
		files["/bin/cp"] = layerFile{link: programPath}
	}
	return files
}

func (a application) configure(image v1.Image) *v1.ConfigFile {
	made, err := image.ConfigFile()
	if err != nil {
		log.Fatal(err)
	}
	made = made.DeepCopy()
	made.OS, made.Architecture = "linux", runtime.GOARCH
	made.Config = v1.Config{Cmd: a.Args, User: a.User, WorkingDir: a.Workdir, Env: []string{"PATH=/usr/local/bin:/usr/bin:/bin"}}
	if a.Entrypoint != "" {
		made.Config.Entrypoint = []string{a.Entrypoint}
	}
	if a.Role != "" {
		made.Config.Env = append(made.Config.Env, "ROLE="+a.Role)
	}
	for _, variable := range slices.Sorted(maps.Keys(a.Env)) {
		made.Config.Env = append(made.Config.Env, variable+"="+a.Env[variable])
	}
	return made
}
