package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"strconv"
	"sync"
	"time"
)

const patience = 3 * time.Second

// A pod that gets nothing back from a UDP port knows only that nobody refused it within this time.
const silence = time.Second

// callAll makes all calls side by side, each until it passes, and says which did not.
func callAll(self *identity, state *state, deadline time.Time) error {
	state.expect(self.Calls)
	var all sync.WaitGroup
	failures := make([]error, len(self.Calls))
	for i, wanted := range self.Calls {
		all.Add(1)
		go func() {
			defer all.Done()
			err := until(deadline, wanted.Row, func() error {
				err := wanted.make()
				state.called(i, err)
				return err
			})
			report := map[string]any{"event": "call", "workload": self.Workload, "container": self.Name, "row": wanted.Row, "ok": err == nil}
			if err != nil {
				report["error"] = err.Error()
				failures[i] = fmt.Errorf("the connection %s did not pass within %d s: %w", wanted.Row, self.deadline, err)
			}
			say(report)
		}()
	}
	all.Wait()
	for _, failure := range failures {
		if failure != nil {
			return failure
		}
	}
	return nil
}

func (wanted call) make() error {
	switch wanted.Kind {
	case "dns":
		return lookUp(wanted.Host)
	case "api":
		return dial("tcp", net.JoinHostPort(os.Getenv("KUBERNETES_SERVICE_HOST"), os.Getenv("KUBERNETES_SERVICE_PORT")))
	default:
		return dial(wanted.Kind, net.JoinHostPort(wanted.Host, strconv.Itoa(wanted.Port)))
	}
}

func lookUp(host string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, err := net.DefaultResolver.LookupHost(ctx, host)
	return err
}

// dial opens a connection and closes it. Over UDP it sends something: policies that refuse are heard of then.
func dial(network, address string) error {
	connection, err := net.DialTimeout(network, address, patience)
	if err != nil {
		return err
	}
	defer connection.Close()
	if network != "udp" {
		return nil
	}
	if err := connection.SetDeadline(time.Now().Add(silence)); err != nil {
		return err
	}
	if _, err := connection.Write([]byte("witness:1|c\n")); err != nil {
		return err
	}
	_, err = connection.Read(make([]byte, 1))
	if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
		return nil
	}
	return err
}
