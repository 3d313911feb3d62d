package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"time"
)

// Where the kubelet mounts the token of a pod's account.
const account = "/var/run/secrets/kubernetes.io/serviceaccount"

// api is the API server, with the rights of the pod's account.
type api struct {
	client *http.Client
	base   string
	token  string
}

func newAPI() (*api, error) {
	token, err := os.ReadFile(account + "/token")
	if err != nil {
		return nil, err
	}
	authority, err := os.ReadFile(account + "/ca.crt")
	if err != nil {
		return nil, err
	}
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(authority)
	return &api{
		client: &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted}}},
		base:   "https://" + net.JoinHostPort(os.Getenv("KUBERNETES_SERVICE_HOST"), os.Getenv("KUBERNETES_SERVICE_PORT")),
		token:  string(token),
	}, nil
}

func secretsIn(namespace string) string {
	return "/api/v1/namespaces/" + namespace + "/secrets"
}

// secret is the data of a secret; nil where there is none.
func (a *api) secret(namespace, name string) (map[string][]byte, error) {
	var found struct{ Data map[string][]byte }
	status, err := a.send(http.MethodGet, secretsIn(namespace)+"/"+name, nil, &found, http.StatusOK, http.StatusNotFound)
	if err != nil || status == http.StatusNotFound {
		return nil, err
	}
	return found.Data, nil
}

// create makes a TLS secret; one that is there already stays.
func (a *api) create(namespace, name string, data map[string][]byte) error {
	secret := map[string]any{
		"apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/tls",
		"metadata": map[string]string{"name": name, "namespace": namespace}, "data": data,
	}
	_, err := a.send(http.MethodPost, secretsIn(namespace), secret, nil, http.StatusCreated, http.StatusConflict)
	return err
}

func (a *api) remove(namespace, name string) error {
	_, err := a.send(http.MethodDelete, secretsIn(namespace)+"/"+name, nil, nil, http.StatusOK, http.StatusNotFound)
	return err
}

func (a *api) send(method, path string, body, into any, expected ...int) (int, error) {
	return sendJSON(a.client, method, a.base+path, a.token, body, into, expected...)
}

// sendJSON gives the status, which must be one of those expected.
func sendJSON(client *http.Client, method, address, token string, body, into any, expected ...int) (int, error) {
	var data []byte
	if body != nil {
		var err error
		if data, err = json.Marshal(body); err != nil {
			return 0, err
		}
	}
	request, err := http.NewRequest(method, address, bytes.NewReader(data))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return response.StatusCode, err
	}
	if !slices.Contains(expected, response.StatusCode) {
		return response.StatusCode, fmt.Errorf("%s %s: %s %.300s", method, address, response.Status, text)
	}
	if into == nil || response.StatusCode >= http.StatusMultipleChoices {
		return response.StatusCode, nil
	}
	return response.StatusCode, json.Unmarshal(text, into)
}
