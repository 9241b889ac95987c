package main

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// branches are those that each repository has; all are at the same commit.
var branches = []string{"main", "published"}

// A gitServer serves repositories over HTTPS, and makes each when it is asked for first.
type gitServer struct {
	root, user, password string
	mutex                sync.Mutex
}

// runGit serves repositories until it is stopped.
func runGit(arguments []string) error {
	server := &gitServer{}
	flags := flag.NewFlagSet("git", flag.ContinueOnError)
	listening := addServerFlags(flags)
	flags.StringVar(&server.root, "root", "/tmp/repositories", "folder of the repositories")
	flags.StringVar(&server.user, "user", "", "user who may read, empty for all")
	flags.StringVar(&server.password, "password", "", "the user's password")
	if _, err := parseFlags(flags, arguments); err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /-/push", server.push)
	mux.HandleFunc("/", server.serve)
	return listening.serveUntilStopped(mux)
}

// push commits a new text to all branches of all repositories.
func (g *gitServer) push(w http.ResponseWriter, r *http.Request) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	repositories, err := filepath.Glob(filepath.Join(g.root, "*", "*.git"))
	for _, repository := range repositories {
		if err == nil {
			err = commitText(repository, r.URL.Query().Get("text"))
		}
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	fmt.Fprintf(w, "committed to %d repositories\n", len(repositories))
}

// serve is the half of Git's protocol over HTTP that reads. The rest of it is `git upload-pack`.
func (g *gitServer) serve(w http.ResponseWriter, r *http.Request) {
	if user, password, _ := r.BasicAuth(); g.user != "" && (user != g.user || password != g.password) {
		w.Header().Set("WWW-Authenticate", `Basic realm="git"`)
		http.Error(w, "log in", http.StatusUnauthorized)
		return
	}
	path, isAdvertisement := strings.CutSuffix(r.URL.Path, "/info/refs")
	path, isTransfer := strings.CutSuffix(path, "/git-upload-pack")
	if isAdvertisement == isTransfer || isAdvertisement && r.URL.Query().Get("service") != "git-upload-pack" {
		http.NotFound(w, r)
		return
	}
	repository, err := g.prepare(path)
	if err == nil && isAdvertisement {
		err = advertise(w, r, repository)
	} else if err == nil {
		err = transfer(w, r, repository)
	}
	if err != nil {
		log.Printf("%s: %v", r.URL.Path, err)
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (g *gitServer) prepare(path string) (string, error) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	repository := filepath.Join(g.root, filepath.FromSlash(path))
	if !strings.HasSuffix(repository, ".git") {
		repository += ".git"
	}
	if _, err := os.Stat(filepath.Join(repository, "HEAD")); err == nil {
		return repository, nil
	}
	if _, err := runCommand("", "", "init", "--quiet", "--bare", "--initial-branch", branches[0], repository); err != nil {
		return "", err
	}
	// Of the first version of the protocol, clients would else get no commit by its hash.
	if _, err := runCommand(repository, "", "config", "uploadpack.allowAnySHA1InWant", "true"); err != nil {
		return "", err
	}
	return repository, commitText(repository, "revision 1")
}

func advertise(w http.ResponseWriter, r *http.Request, repository string) error {
	w.Header().Set("Content-Type", "application/x-git-upload-pack-advertisement")
	w.Header().Set("Cache-Control", "no-cache")
	if r.Header.Get("Git-Protocol") != "version=2" {
		const service = "# service=git-upload-pack\n"
		fmt.Fprintf(w, "%04x%s0000", len(service)+4, service)
	}
	return uploadPack(w, r, http.NoBody, "--advertise-refs", repository)
}

func transfer(w http.ResponseWriter, r *http.Request, repository string) error {
	body := io.Reader(r.Body)
	if r.Header.Get("Content-Encoding") == "gzip" {
		var err error
		if body, err = gzip.NewReader(r.Body); err != nil {
			return err
		}
	}
	w.Header().Set("Content-Type", "application/x-git-upload-pack-result")
	w.Header().Set("Cache-Control", "no-cache")
	return uploadPack(w, r, body, repository)
}

func uploadPack(w io.Writer, r *http.Request, body io.Reader, arguments ...string) error {
	command := makeCommand("", append([]string{"upload-pack", "--stateless-rpc"}, arguments...)...)
	command.Env = append(command.Env, "GIT_PROTOCOL="+r.Header.Get("Git-Protocol"))
	command.Stdin, command.Stdout, command.Stderr = body, w, os.Stderr
	return command.Run()
}

// commitText makes a commit whose public/index.html is a text, on top of the last one, and moves all branches to it.
func commitText(repository, text string) error {
	object, err := runCommand(repository, text+"\n", "hash-object", "-w", "--stdin")
	if err != nil {
		return err
	}
	folder, err := runCommand(repository, "100644 blob "+object+"\tindex.html\n", "mktree")
	if err != nil {
		return err
	}
	tree, err := runCommand(repository, "040000 tree "+folder+"\tpublic\n", "mktree")
	if err != nil {
		return err
	}
	arguments := []string{"commit-tree", tree, "-m", text}
	if parent, err := runCommand(repository, "", "rev-parse", "--quiet", "--verify", branches[0]); err == nil {
		arguments = append(arguments, "-p", parent)
	}
	commit, err := runCommand(repository, "", arguments...)
	if err != nil {
		return err
	}
	for _, branch := range branches {
		if _, err := runCommand(repository, "", "update-ref", "refs/heads/"+branch, commit); err != nil {
			return err
		}
	}
	return nil
}

// runCommand runs git, and returns what it prints.
func runCommand(folder, input string, arguments ...string) (string, error) {
	command := makeCommand(folder, arguments...)
	var printed, errors bytes.Buffer
	command.Stdin, command.Stdout, command.Stderr = strings.NewReader(input), &printed, &errors
	if err := command.Run(); err != nil {
		return "", fmt.Errorf("git %s: %w: %s", arguments[0], err, errors.String())
	}
	return strings.TrimSpace(printed.String()), nil
}

func makeCommand(folder string, arguments ...string) *exec.Cmd {
	command := exec.Command("git", arguments...)
	command.Dir = folder
	command.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null",
		"GIT_AUTHOR_NAME=author", "GIT_AUTHOR_EMAIL=author@example.com",
		"GIT_COMMITTER_NAME=author", "GIT_COMMITTER_EMAIL=author@example.com")
	return command
}
