package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
)

// serveForwarder makes a notification of the administrators' project of what Alertmanager sends
// (services/monitoring/alert-manager/docker/forwarder of Kaapana 0.6.0), and says of each alert what became of it.
func serveForwarder(mux *http.ServeMux) {
	mux.HandleFunc("POST /alerts", func(writer http.ResponseWriter, request *http.Request) {
		var sent struct {
			Status string `json:"status"`
			Alerts []struct {
				Labels map[string]string `json:"labels"`
			} `json:"alerts"`
		}
		err := json.NewDecoder(request.Body).Decode(&sent)
		if err == nil {
			err = notify(sent.Status)
		}
		outcome := "notified"
		if err != nil {
			outcome = err.Error()
			http.Error(writer, outcome, http.StatusBadGateway)
		}
		for _, alert := range sent.Alerts {
			say(map[string]any{"event": "alert", "status": sent.Status, "labels": alert.Labels, "outcome": outcome})
		}
	})
}

func notify(status string) error {
	var admin struct {
		ID string `json:"id"`
	}
	if err := askJSON(http.MethodGet, os.Getenv("AII_BASE_URL")+"/projects/admin", nil, &admin); err != nil {
		return fmt.Errorf("the project of the administrators is not known: %w", err)
	}
	address := os.Getenv("NOTIFICATION_SERVICE_URL") + "/" + admin.ID
	return askJSON(http.MethodPost, address, map[string]any{"topic": os.Getenv("TOPIC_PREFIX"), "title": status}, &struct{}{})
}
