package main

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
)

// serveBackend ends sessions (services/base/kaapana-backend/docker/files/app/admin/routers.py of Kaapana 0.6.0).
func serveBackend(mux *http.ServeMux) {
	mux.HandleFunc("GET /oidc-logout", func(writer http.ResponseWriter, request *http.Request) {
		if err := endSession(request.Header.Get("X-Forwarded-Access-Token")); err != nil {
			http.Error(writer, err.Error(), http.StatusInternalServerError)
			return
		}
		// Those of the consoles of MinIO and OpenSearch.
		http.SetCookie(writer, &http.Cookie{Name: "token", MaxAge: -1})
		http.SetCookie(writer, &http.Cookie{Name: "security_authentication", Path: "/meta", MaxAge: -1})
		http.Redirect(writer, request, "/oauth2/sign_out?rd=/", http.StatusTemporaryRedirect)
	})
}

// endSession ends the session at the identity provider that a token belongs to; one that has ended is no mistake.
func endSession(token string) error {
	claims, err := claimsOf(token)
	if err != nil {
		return err
	}
	session, _ := claims["sid"].(string)
	if session == "" {
		return fmt.Errorf("the access token names no session")
	}
	k := &keycloak{client: inside, base: os.Getenv("KEYCLOAK_URL") + "/auth"}
	if k.token, err = k.login("master", os.Getenv("KEYCLOAK_ADMIN_USERNAME"), os.Getenv("KEYCLOAK_ADMIN_PASSWORD")); err != nil {
		return err
	}
	_, err = k.send(http.MethodDelete, "/sessions/"+url.PathEscape(session), nil, nil, http.StatusNoContent, http.StatusNotFound)
	return err
}
