package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

// state is what the container has done so far.
type state struct {
	identity *identity
	lock     sync.Mutex
	calls    []callState
	mounts   string
	serves   bool
}

type callState struct {
	Row   string    `json:"row"`
	Ok    bool      `json:"ok"`
	Error string    `json:"error,omitempty"`
	When  time.Time `json:"when"`
}

type report struct {
	Workload  string `json:"workload"`
	Container string `json:"container"`
	// Whether its mounts are written and it listens on all its ports.
	Ready bool `json:"ready"`
	// What is wrong with its mounts.
	Mounts string      `json:"mounts,omitempty"`
	Calls  []callState `json:"calls"`
	// The rows of calls that have not passed yet.
	Missing []string `json:"missing"`
}

func (s *state) mounted(self *identity) error {
	err := writeMounts(self)
	if err == nil && !self.Ends {
		err = makeFiles(self)
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	s.mounts = ""
	if err != nil {
		s.mounts = err.Error()
	}
	return err
}

func (s *state) made(self *identity) error {
	return makeFiles(self)
}

func (s *state) serving() {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.serves = true
}

func (s *state) expect(calls []call) {
	s.lock.Lock()
	defer s.lock.Unlock()
	for _, wanted := range calls {
		s.calls = append(s.calls, callState{Row: wanted.Row, Error: "not yet tried"})
	}
}

func (s *state) called(index int, err error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.calls[index].Ok = err == nil
	s.calls[index].Error = ""
	s.calls[index].When = time.Now().UTC()
	if err != nil {
		s.calls[index].Error = err.Error()
	}
}

func (s *state) report() report {
	s.lock.Lock()
	defer s.lock.Unlock()
	said := report{
		Workload: s.identity.Workload, Container: s.identity.Name,
		Ready: s.serves && s.mounts == "", Mounts: s.mounts, Calls: append([]callState{}, s.calls...), Missing: []string{},
	}
	for _, made := range s.calls {
		if !made.Ok {
			said.Missing = append(said.Missing, made.Row)
		}
	}
	return said
}

// execSocket is a name in the pod's network, so that no file is needed.
func execSocket(self *identity) string {
	return "@witness/" + self.Name
}

// answerExecs answers processes that are started beside the main one.
func answerExecs(self *identity, state *state) error {
	socket, err := net.Listen("unix", execSocket(self))
	if err != nil {
		return err
	}
	go func() {
		for {
			connection, err := socket.Accept()
			if err != nil {
				return
			}
			_ = json.NewEncoder(connection).Encode(state.report())
			_ = connection.Close()
		}
	}()
	return nil
}

// askMain is what a probe or hook by exec runs, whatever its command: it prints the state of the container, and
// succeeds if that is ready.
func askMain() int {
	said, err := stateOfMain()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	text, _ := json.Marshal(said)
	fmt.Println(string(text))
	if !said.Ready {
		return 1
	}
	return 0
}

func stateOfMain() (report, error) {
	var said report
	started, err := os.ReadFile("/proc/1/cmdline")
	if err != nil {
		return said, err
	}
	self, err := whoAmI(strings.Split(strings.TrimSuffix(string(started), "\x00"), "\x00"))
	if err != nil {
		return said, err
	}
	connection, err := net.DialTimeout("unix", execSocket(self), patience)
	if err != nil {
		return said, err
	}
	defer connection.Close()
	text, err := io.ReadAll(connection)
	if err != nil {
		return said, err
	}
	return said, json.Unmarshal(text, &said)
}

func writeJSON(writer http.ResponseWriter, value any) {
	writer.Header().Set("Content-Type", "application/json")
	encoder := json.NewEncoder(writer)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(value)
}
