package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
)

const tablePath = "/witness/config.json"

// entryPoint is the first argument where the pod gives no command.
const entryPoint = "/witness/program"

type table struct {
	// Seconds after which what has not passed has failed.
	Deadline  int                 `json:"deadline"`
	Workloads map[string]workload `json:"workloads"`
}

type workload struct {
	Containers []container `json:"containers"`
}

type container struct {
	Name  string `json:"name"`
	Image string `json:"image"`
	// Arguments with which it is started, variables not yet expanded.
	Argv []string `json:"argv"`
	// Variables that tell it from another container of its pod with the same image and arguments.
	Told map[string]string `json:"told"`
	// Whether it ends when its work is done, as those of Jobs and of the start-up do.
	Ends  bool   `json:"ends"`
	Ports []port `json:"ports"`
	// Mounts that must be writable, or files in them that must be readable.
	Mounts []string `json:"mounts"`
	// Files and folders that other containers wait for or mount.
	Makes []string `json:"makes"`
	Calls []call   `json:"calls"`
}

type port struct {
	Number   int    `json:"number"`
	Protocol string `json:"protocol"`
}

type call struct {
	// The row of the table of connections.
	Row string `json:"row"`
	// tcp, udp or dns; api for the address of the API server that Kubernetes gives to each pod.
	Kind string `json:"kind"`
	Host string `json:"host"`
	Port int    `json:"port"`
}

type identity struct {
	container
	// namespace/name.
	Workload string
	Pod      string
	deadline int
}

// program is the name of its image, without registry and tag.
func (self *identity) program() string {
	name := self.Image[strings.LastIndex(self.Image, "/")+1:]
	return strings.FieldsFunc(name, func(r rune) bool { return r == ':' || r == '@' })[0]
}

// whoAmI finds the container in the table: namespace by the search list of its resolver, workload by the name of the
// pod, container by its image, and its arguments where several have that image.
func whoAmI(argv []string) (*identity, error) {
	data, err := os.ReadFile(tablePath)
	if err != nil {
		return nil, err
	}
	var all table
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, fmt.Errorf("%s: %w", tablePath, err)
	}
	resolver, err := os.ReadFile("/etc/resolv.conf")
	if err != nil {
		return nil, err
	}
	namespace := namespaceIn(string(resolver))
	// Not the variable HOSTNAME, which some pods set to something else.
	pod, err := os.Hostname()
	if err != nil {
		return nil, err
	}
	name, found := workloadOf(all.Workloads, namespace, pod)
	if !found {
		return nil, fmt.Errorf("the table has no workload for the pod %s/%s", namespace, pod)
	}
	image := os.Getenv("WITNESS_IMAGE")
	var fitting []container
	for _, candidate := range all.Workloads[name].Containers {
		if candidate.Image == image && sameArguments(candidate.Argv, argv) && hasVariables(candidate.Told) {
			fitting = append(fitting, candidate)
		}
	}
	if len(fitting) != 1 {
		return nil, fmt.Errorf("%d containers of %s have the image %s and the arguments %q; it must be one", len(fitting), name, image, argv)
	}
	return &identity{container: fitting[0], Workload: name, Pod: pod, deadline: all.Deadline}, nil
}

func namespaceIn(resolver string) string {
	found := regexp.MustCompile(`(?m)^search\s+([a-z0-9-]+)\.svc\.`).FindStringSubmatch(resolver)
	if found == nil {
		return ""
	}
	return found[1]
}

// workloadOf is the workload with the longest name that the pod's name begins with.
func workloadOf(workloads map[string]workload, namespace, pod string) (string, bool) {
	parts := strings.Split(pod, "-")
	for end := len(parts) - 1; end > 0; end-- {
		name := namespace + "/" + strings.Join(parts[:end], "-")
		if _, found := workloads[name]; found {
			return name, true
		}
	}
	return "", false
}

func sameArguments(expected, argv []string) bool {
	if len(expected) != len(argv) {
		return false
	}
	for i, text := range expected {
		if expand(text) != argv[i] {
			return false
		}
	}
	return true
}

func hasVariables(told map[string]string) bool {
	for name, value := range told {
		if os.Getenv(name) != value {
			return false
		}
	}
	return true
}

// expand puts variables in, as the kubelet does; one that is not set stays as it is.
func expand(text string) string {
	return regexp.MustCompile(`\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)`).ReplaceAllStringFunc(text, func(found string) string {
		if value, set := os.LookupEnv(found[2 : len(found)-1]); set {
			return value
		}
		return found
	})
}
