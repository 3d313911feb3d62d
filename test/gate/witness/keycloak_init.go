package main

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
)

// What the realm demands of passwords (kaapana-realm.json), but in development.
const passwordPolicy = "notUsername(undefined) and specialChars(1) and upperCase(1) and lowerCase(1) and digits(1) " +
	"and passwordHistory(3) and length(8)"

// Realm roles of each group (configure_realm.py).
var rolesOfGroups = map[string][]string{
	"kaapana_admin":           {"admin", "project-manager", "user"},
	"kaapana_project_manager": {"project-manager", "user"},
	"kaapana_user":            {"user"},
}

// Policies of MinIO that members of a group get. In life Kaapana's own mapper gives consoleAdmin to those with the role
// admin; here the group has it, and a mapper of Keycloak itself tells it.
var policyOfGroups = map[string]string{"kaapana_admin": "consoleAdmin", "kaapana_user": "kaapanaUser"}

// initKeycloak makes the realm, its roles, groups, users and the client as
// services/kaapana-admin/admin-init/keycloak-init/docker/files of Kaapana 0.6.0 do, and changes nothing that is right
// already. Left out is what only Kaapana's own image of Keycloak has: the login theme kaapana, and the mappers
// oidc-access-information-point-rights-mapper, oidc-access-information-point-projects-mapper and oidc-admin-mapper.
func initKeycloak() error {
	k, err := newKeycloak()
	if err != nil {
		return err
	}
	// The job of a further instance makes its client alone, as our own script for Kaapana's image does.
	if os.Getenv("OIDC_CLIENT_ID") != "" {
		return putClient(k)
	}
	for _, step := range []func(*keycloak) error{putRealm, putGroups, putInitialUser, putSystemUser, putClient} {
		if err := step(k); err != nil {
			return err
		}
	}
	return nil
}

func isDevelopment() bool {
	return strings.EqualFold(os.Getenv("DEV_MODE"), "true")
}

func putRealm(k *keycloak) error {
	settings := object{
		"id": realm, "realm": realm, "enabled": true, "passwordPolicy": passwordPolicy,
		"attributes": object{
			"clientOfflineSessionMaxLifespan": "0", "clientSessionIdleTimeout": "0",
			"clientSessionMaxLifespan": "0", "clientOfflineSessionIdleTimeout": "0",
		},
		"roles": object{"realm": []object{{"name": "admin"}, {"name": "user"}, {"name": "project-manager"}}},
	}
	if isDevelopment() {
		settings["passwordPolicy"] = ""
	}
	status, err := k.send(http.MethodPost, "", settings, nil, http.StatusCreated, http.StatusConflict)
	if err == nil && status == http.StatusConflict {
		_, err = k.send(http.MethodPut, realm, settings, nil, http.StatusNoContent)
	}
	if err != nil {
		return err
	}
	// Every account is one of a user.
	users, err := k.rolesCalled("/roles", "user")
	if err != nil {
		return err
	}
	return k.add("/roles/default-roles-"+realm+"/composites", users)
}

func putGroups(k *keycloak) error {
	for name, roles := range rolesOfGroups {
		found, err := k.idOf("/groups", "name", name)
		if err != nil {
			return err
		}
		group := object{"name": name, "path": "/" + name}
		if policy := policyOfGroups[name]; policy != "" {
			group["attributes"] = object{"policy": []string{policy}}
		}
		if err := k.put("/groups", found, group); err != nil {
			return err
		}
		id, err := k.idOf("/groups", "name", name)
		if err != nil {
			return err
		}
		given, err := k.rolesCalled("/roles", roles...)
		if err != nil {
			return err
		}
		if err := k.add("/groups/"+id+"/role-mappings/realm", given); err != nil {
			return err
		}
	}
	return nil
}

func (k *keycloak) userCalled(name string) (string, error) {
	return k.idOf("/users?username="+url.QueryEscape(name), "username", name)
}

// putInitialUser makes the account that sets a password of its own at its first login; one that is there is the user's.
func putInitialUser(k *keycloak) error {
	found, err := k.userCalled("kaapana")
	if err != nil || found != "" {
		return err
	}
	return k.put("/users", "", object{
		"username": "kaapana", "enabled": true, "emailVerified": false, "firstName": "Default", "lastName": "User",
		"email": "not@available.com", "requiredActions": []string{"UPDATE_PASSWORD"}, "groups": []string{"kaapana_admin"},
		"credentials": []object{{"type": "password", "value": os.Getenv("KAAPANA_INIT_PASSWORD")}},
	})
}

// putSystemUser makes the account of programs, and gives it its password where that is another one.
func putSystemUser(k *keycloak) error {
	password := os.Getenv("SYSTEM_USER_PASSWORD")
	if password == "" {
		return fmt.Errorf("SYSTEM_USER_PASSWORD is empty")
	}
	id, err := k.userCalled("system")
	if err != nil {
		return err
	}
	credential := object{"type": "password", "value": password, "temporary": false}
	if id == "" {
		err = k.put("/users", "", object{
			"username": "system", "enabled": true, "emailVerified": false, "firstName": "System", "lastName": "User",
			"email": "user@system.kaapana", "requiredActions": []string{}, "groups": []string{"kaapana_admin"},
			"attributes": object{"policy": []string{"consoleAdmin"}}, "credentials": []object{credential},
		})
	} else if _, refused := k.login(realm, "system", password); refused != nil {
		_, err = k.send(http.MethodPut, "/users/"+id+"/reset-password", credential, nil, http.StatusNoContent)
	}
	if err != nil {
		return err
	}
	if id, err = k.userCalled("system"); err != nil {
		return err
	}
	management, err := k.idOf("/clients", "clientId", "realm-management")
	if err != nil {
		return err
	}
	impersonation, err := k.rolesCalled("/clients/"+management+"/roles", "impersonation")
	if err != nil {
		return err
	}
	return k.add("/users/"+id+"/role-mappings/clients/"+management, impersonation)
}

func putClient(k *keycloak) error {
	name, redirects := os.Getenv("OIDC_CLIENT_ID"), strings.Split(os.Getenv("REDIRECT_ADDRESSES"), ",")
	if name == "" {
		name, redirects = "kaapana", redirectsOf(fmt.Sprintf("https://%s:%s", os.Getenv("HOSTNAME"), os.Getenv("HTTPS_PORT")))
	}
	tokens := object{"id.token.claim": "true", "access.token.claim": "true", "userinfo.token.claim": "true"}
	found, err := k.idOf("/clients", "clientId", name)
	if err != nil {
		return err
	}
	client := object{
		"clientId": name, "secret": os.Getenv("OIDC_CLIENT_SECRET"), "webOrigins": []string{"*"},
		"implicitFlowEnabled": true, "directAccessGrantsEnabled": true,
		"attributes":   object{"access.token.lifespan": "3600"},
		"redirectUris": redirects,
	}
	if err := k.put("/clients", found, client); err != nil {
		return err
	}
	if found, err = k.idOf("/clients", "clientId", name); err != nil {
		return err
	}
	return putMappers(k, "/clients/"+found+"/protocol-mappers/models", []object{
		mapper("GroupMapper", "oidc-group-membership-mapper", tokens, object{"full.path": "true", "claim.name": "groups"}),
		mapper("kaapana-audience", "oidc-audience-mapper", tokens,
			object{"included.client.audience": "kaapana", "included.custom.audience": "kaapana"}),
		mapper("policy", "oidc-usermodel-attribute-mapper", tokens, object{
			"user.attribute": "policy", "claim.name": "policy", "jsonType.label": "String", "multivalued": "true",
			"aggregate.attrs": "true",
		}),
	})
}

func redirectsOf(origin string) []string {
	return []string{
		"/oauth2/callback", origin + "/oauth2/callback", origin + "/minio-console/oauth_callback/",
		origin + "/meta/auth/openid/login",
	}
}

// mapper is one of Keycloak's own, with its settings besides those that say which tokens get the claim.
func mapper(name, kind string, tokens, settings object) object {
	config := object{}
	for _, part := range []object{tokens, settings} {
		for key, value := range part {
			config[key] = value
		}
	}
	return object{"name": name, "protocol": "openid-connect", "protocolMapper": kind, "consentRequired": false, "config": config}
}

func putMappers(k *keycloak, list string, mappers []object) error {
	for _, wanted := range mappers {
		found, err := k.idOf(list, "name", fmt.Sprint(wanted["name"]))
		if err != nil {
			return err
		}
		if found != "" {
			wanted["id"] = found
		}
		if err := k.put(list, found, wanted); err != nil {
			return err
		}
	}
	return nil
}
