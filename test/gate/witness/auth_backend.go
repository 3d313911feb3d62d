package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"
)

// Paths, ports and names of services/kaapana-admin/auth-backend (docker/files/main.py and the chart's deployment) and
// of open-policy-agent/docker/files/config.yaml in Kaapana 0.6.0.
const (
	policyFolder = "/kaapana/app/bundle/httpapi/authz"
	bundleFolder = "/kaapana/app"
	bundlePath   = "/kaapana/app/authz/endpoints.tar.gz"
	opaURL       = "http://open-policy-agent-service.%s.svc:8181/v1/data/httpapi/authz/allow"
	// The namespace of the first instance stands in the image.
	projectURL = "http://aii-service.services.svc:8080/projects/%s"
)

var inside = &http.Client{Timeout: 10 * time.Second}

// buildBundle packs the policies of its mount, which are those that the platform renders, for OPA. OPA compiles them
// itself.
func buildBundle() error {
	files, err := filepath.Glob(policyFolder + "/*.rego")
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no policies in %s", policyFolder)
	}
	sort.Strings(files)
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	archive := tar.NewWriter(zip)
	add := func(name string, data []byte) error {
		if err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(data))}); err != nil {
			return err
		}
		_, err := archive.Write(data)
		return err
	}
	if err := add("/.manifest", []byte(`{"roots":["httpapi/authz"],"revision":"0.0.0"}`)); err != nil {
		return err
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := add("/httpapi/authz/"+filepath.Base(file), data); err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return err
	}
	if err := zip.Close(); err != nil {
		return err
	}
	return os.WriteFile(bundlePath, packed.Bytes(), 0o644)
}

func serveAuth(mux *http.ServeMux) {
	mux.HandleFunc("GET /auth-check", checkAccess)
	mux.HandleFunc("GET /opa-bundles/{folder}/{bundle}", func(writer http.ResponseWriter, request *http.Request) {
		writer.Header().Set("Content-Type", "application/octet-stream")
		http.ServeFile(writer, request, filepath.Join(bundleFolder, request.PathValue("folder"), request.PathValue("bundle")))
	})
}

// checkAccess is what Traefik asks for each request: OPA decides, by the claims of the user's token, which the proxy
// before has checked, by path and method, and by the project that the user has chosen.
func checkAccess(writer http.ResponseWriter, request *http.Request) {
	prefix := request.Header.Get("X-Forwarded-Prefix")
	if prefix == "" {
		prefix = request.Header.Get("X-Forwarded-Uri")
	}
	claims, err := claimsOf(request.Header.Get("X-Forwarded-Access-Token"))
	if err != nil {
		http.Error(writer, err.Error(), http.StatusInternalServerError)
		return
	}
	input := map[string]any{"access_token": claims, "requested_prefix": prefix, "method": request.Header.Get("X-Forwarded-Method")}
	project := chosenProject(request)
	if project != nil {
		input["project"] = project
	}
	allowed, err := askPolicies(input)
	switch {
	case err != nil:
		http.Error(writer, err.Error(), http.StatusInternalServerError)
	case !allowed:
		writer.Header().Set("Content-Type", "text/html; charset=utf-8")
		writer.WriteHeader(http.StatusForbidden)
		fmt.Fprint(writer, "<!doctype html><title>403</title><h1>No access</h1>")
	default:
		if project != nil {
			text, _ := json.Marshal(project)
			writer.Header().Set("Project", string(text))
		}
		writeJSON(writer, "ok")
	}
}

func claimsOf(token string) (map[string]any, error) {
	claims := map[string]any{}
	if token == "" {
		return claims, nil
	}
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil, fmt.Errorf("the access token is no JWT")
	}
	data, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return nil, err
	}
	return claims, json.Unmarshal(data, &claims)
}

// chosenProject is the project of the cookie, as aii-service describes it; none if anything of it is wrong.
func chosenProject(request *http.Request) any {
	cookie, err := request.Cookie("Project")
	if err != nil {
		return nil
	}
	text, err := url.QueryUnescape(cookie.Value)
	if err != nil {
		return nil
	}
	var chosen struct{ ID string }
	if json.Unmarshal([]byte(text), &chosen) != nil || chosen.ID == "" {
		return nil
	}
	var project any
	if err := askJSON(http.MethodGet, fmt.Sprintf(projectURL, url.PathEscape(chosen.ID)), nil, &project); err != nil {
		return nil
	}
	return project
}

func askPolicies(input map[string]any) (bool, error) {
	var said struct{ Result *bool }
	address := fmt.Sprintf(opaURL, os.Getenv("ADMIN_NAMESPACE"))
	if err := askJSON(http.MethodPost, address, map[string]any{"input": input}, &said); err != nil {
		return false, err
	}
	if said.Result == nil {
		return false, fmt.Errorf("the policy agent has no decision: its policies are missing")
	}
	return *said.Result, nil
}

// askJSON sends and gets JSON inside of the cluster.
func askJSON(method, address string, body, into any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(method, address, bytes.NewReader(data))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := inside.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", method, address, response.Status)
	}
	return json.NewDecoder(response.Body).Decode(into)
}
