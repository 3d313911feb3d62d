package main

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

const realm = "kaapana"

type object = map[string]any

// keycloak is its admin REST API. Its certificate is the platform's own, which nothing here trusts.
type keycloak struct {
	client *http.Client
	base   string
	token  string
}

// newKeycloak logs in with KEYCLOAK_HOST, KEYCLOAK_HTTPS_PORT, KEYCLOAK_USER and KEYCLOAK_PASSWORD.
func newKeycloak() (*keycloak, error) {
	host, httpsPort := os.Getenv("KEYCLOAK_HOST"), os.Getenv("KEYCLOAK_HTTPS_PORT")
	if httpsPort == "" {
		httpsPort = "443"
	}
	k := &keycloak{
		client: &http.Client{Timeout: 2 * time.Minute, Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}},
		base:   "https://" + net.JoinHostPort(host, httpsPort) + "/auth",
	}
	var err error
	k.token, err = k.login("master", os.Getenv("KEYCLOAK_USER"), os.Getenv("KEYCLOAK_PASSWORD"))
	return k, err
}

// login gives an access token of the client that every realm has for its administration.
func (k *keycloak) login(realm, user, password string) (string, error) {
	response, err := k.client.PostForm(k.base+"/realms/"+realm+"/protocol/openid-connect/token", url.Values{
		"grant_type": {"password"}, "client_id": {"admin-cli"}, "username": {user}, "password": {password},
	})
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("no login as %s in the realm %s: %s", user, realm, response.Status)
	}
	var given struct {
		Token string `json:"access_token"`
	}
	return given.Token, json.NewDecoder(response.Body).Decode(&given)
}

// put makes what a path of the realm is a list of, or changes it where it exists: `found` is its id or name there.
func (k *keycloak) put(list, found string, body object) error {
	if found != "" {
		_, err := k.send(http.MethodPut, list+"/"+found, body, nil, http.StatusNoContent)
		return err
	}
	_, err := k.send(http.MethodPost, list, body, nil, http.StatusCreated)
	return err
}

// add gives roles; those that are given already stay.
func (k *keycloak) add(path string, roles []object) error {
	_, err := k.send(http.MethodPost, path, roles, nil, http.StatusNoContent)
	return err
}

// idOf is the id of the object with that name in a list of the realm; empty where there is none.
func (k *keycloak) idOf(list, key, name string) (string, error) {
	var all []object
	if _, err := k.send(http.MethodGet, list, nil, &all, http.StatusOK); err != nil {
		return "", err
	}
	for _, each := range all {
		if each[key] == name {
			return fmt.Sprint(each["id"]), nil
		}
	}
	return "", nil
}

// rolesCalled are those of a list that have one of the names.
func (k *keycloak) rolesCalled(list string, names ...string) ([]object, error) {
	var all, found []object
	if _, err := k.send(http.MethodGet, list, nil, &all, http.StatusOK); err != nil {
		return nil, err
	}
	for _, each := range all {
		for _, name := range names {
			if each["name"] == name {
				found = append(found, each)
			}
		}
	}
	return found, nil
}

// send addresses what begins with a slash below the realm, and else below all realms.
func (k *keycloak) send(method, path string, body, into any, expected ...int) (int, error) {
	address := k.base + "/admin/realms"
	if strings.HasPrefix(path, "/") {
		address += "/" + realm + path
	} else if path != "" {
		address += "/" + path
	}
	return sendJSON(k.client, method, address, k.token, body, into, expected...)
}
