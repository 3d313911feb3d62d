package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// writeMounts leaves a mark in each mount, with who wrote it and when. A mount that is one file is read instead.
func writeMounts(self *identity) error {
	var failed []error
	for _, mount := range self.Mounts {
		info, err := os.Stat(mount)
		switch {
		case err != nil:
		case info.IsDir():
			mark := fmt.Sprintf("%s %s uid %d gid %d %s\n", self.Workload, self.Name, os.Getuid(), os.Getgid(), time.Now().UTC().Format(time.RFC3339))
			err = os.WriteFile(filepath.Join(mount, ".witness-"+self.Name), []byte(mark), 0o644)
		case info.Mode().IsRegular():
			_, err = os.ReadFile(mount)
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("the mount %s cannot be written: %w", mount, err))
		}
	}
	return errors.Join(failed...)
}

// makeFiles makes what others wait for or mount; what is there stays.
func makeFiles(self *identity) error {
	for _, file := range self.Makes {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if filepath.Ext(file) == "" {
			if err := os.MkdirAll(file, 0o755); err != nil {
				return err
			}
			continue
		}
		opened, err := os.OpenFile(file, os.O_CREATE|os.O_WRONLY, 0o644)
		if err != nil {
			return err
		}
		if err := opened.Close(); err != nil {
			return err
		}
	}
	return giveAway(self.Argv)
}

// giveAway gives files to whom the script of its arguments gives them.
func giveAway(argv []string) error {
	found := regexp.MustCompile(`\bchown -R (\d+):(\d+) ([^&|;]+)`).FindStringSubmatch(strings.Join(argv, " "))
	if found == nil {
		return nil
	}
	uid, _ := strconv.Atoi(found[1])
	gid, _ := strconv.Atoi(found[2])
	for _, root := range strings.Fields(found[3]) {
		err := filepath.WalkDir(root, func(path string, _ os.DirEntry, err error) error {
			if err != nil {
				return err
			}
			return os.Lchown(path, uid, gid)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
