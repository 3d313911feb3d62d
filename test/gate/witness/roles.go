package main

import "net/http"

// waiter is the program with which pods wait for others.
const waiter = "service-checker"

// jobs are what programs do whose effects the platform needs; tried again when they fail, so each may run often.
var jobs = map[string]func() error{
	"auth-backend":  buildBundle,
	"cert-init":     certificateJob,
	"keycloak-init": initKeycloak,
	"minio-init":    initMinio,
	waiter:          checkServices,
}

// servers add the answers of programs that others ask. What they do not know is echoed.
var servers = map[string]func(*http.ServeMux){
	"auth-backend":                 serveAuth,
	"access-information-interface": serveProjects,
	"alertmanager-forwarder":       serveForwarder,
	"kaapana-backend":              serveBackend,
}
