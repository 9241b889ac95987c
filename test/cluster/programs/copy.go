package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// runCopy copies files and folders as `cp -Rf` does, for images that have no other program.
func runCopy(arguments []string) error {
	_, paths := readOptions(arguments)
	if len(paths) < 2 {
		return failure{2, errors.New("copy takes sources and a target")}
	}
	sources, target := paths[:len(paths)-1], paths[len(paths)-1]
	for _, source := range sources {
		if err := copyInto(source, target); err != nil {
			return err
		}
	}
	return nil
}

// copyInto copies into a folder that is there, or else to a path.
func copyInto(source, target string) error {
	if info, err := os.Stat(target); err == nil && info.IsDir() && !strings.HasSuffix(source, "/.") {
		target = filepath.Join(target, filepath.Base(source))
	}
	return filepath.WalkDir(source, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(source, path)
		if err != nil {
			return err
		}
		return copyEntry(path, filepath.Join(target, relative), entry)
	})
}

func copyEntry(path, target string, entry fs.DirEntry) error {
	switch {
	case entry.IsDir():
		return os.MkdirAll(target, 0o755)
	case entry.Type() == fs.ModeSymlink:
		link, err := os.Readlink(path)
		if err != nil {
			return err
		}
		return errors.Join(removeIfThere(target), os.Symlink(link, target))
	}
	return copyFile(path, target)
}

func copyFile(path, target string) error {
	source, err := os.Open(path)
	if err != nil {
		return err
	}
	defer source.Close()
	info, err := source.Stat()
	if err != nil {
		return err
	}
	if err := removeIfThere(target); err != nil {
		return err
	}
	copied, err := os.OpenFile(target, os.O_CREATE|os.O_WRONLY, info.Mode().Perm())
	if err != nil {
		return err
	}
	_, err = io.Copy(copied, source)
	return errors.Join(err, copied.Close())
}

func removeIfThere(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
