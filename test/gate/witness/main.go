// The program of every image of Kaapana that has no real one here: a witness of its own connections. What it listens
// on, writes and calls is in its table, which is made from the rendered objects (table.ts).
package main

import (
	"encoding/json"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// How often something that failed is tried again.
const pause = 2 * time.Second

func main() {
	if os.Getpid() != 1 {
		os.Exit(askMain())
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		<-signals
		// Not 0: a Job whose pod is stopped has not done its work.
		os.Exit(128 + int(syscall.SIGTERM))
	}()
	self, err := whoAmI(os.Args)
	if err != nil {
		say(map[string]any{"event": "error", "error": err.Error()})
		os.Exit(1)
	}
	if err := run(self); err != nil {
		say(map[string]any{"event": "error", "workload": self.Workload, "container": self.Name, "error": err.Error()})
		os.Exit(1)
	}
}

// run is the life of the container. It listens only when its mounts are written: a pod whose mounts are not writable
// never gets ready.
func run(self *identity) error {
	state := &state{identity: self}
	say(map[string]any{"event": "start", "workload": self.Workload, "container": self.Name, "uid": os.Getuid(), "gid": os.Getgid()})
	if err := answerExecs(self, state); err != nil {
		return err
	}
	deadline := time.Now().Add(time.Duration(self.deadline) * time.Second)
	if err := until(deadline, "mounts", func() error { return state.mounted(self) }); err != nil {
		if self.Ends {
			return err
		}
		say(map[string]any{"event": "error", "workload": self.Workload, "container": self.Name, "error": err.Error()})
		select {}
	}
	if err := serve(self, state); err != nil {
		return err
	}
	failed := callAll(self, state, deadline)
	if !self.Ends {
		select {}
	}
	if failed != nil {
		return failed
	}
	if self.program() == waiter {
		// It waits as long as it takes, as the real one does.
		deadline = time.Now().AddDate(1, 0, 0)
	}
	if job := jobs[self.program()]; job != nil {
		if err := until(deadline, self.program(), job); err != nil {
			return err
		}
	}
	// Others wait for what it makes: that is there only when its work is done.
	if err := state.made(self); err != nil {
		return err
	}
	say(map[string]any{"event": "done", "workload": self.Workload, "container": self.Name})
	return nil
}

// until tries again until it works or the time is over; `what` tells readers of its lines what it is about.
func until(deadline time.Time, what string, try func() error) error {
	var last string
	for {
		err := try()
		if err == nil || time.Now().After(deadline) {
			return err
		}
		if err.Error() != last {
			last = err.Error()
			say(map[string]any{"event": "waiting", "for": what, "error": last})
		}
		time.Sleep(pause)
	}
}

var output sync.Mutex

// say writes one line of JSON.
func say(fields map[string]any) {
	output.Lock()
	defer output.Unlock()
	fields["time"] = time.Now().UTC().Format(time.RFC3339Nano)
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(fields)
}
