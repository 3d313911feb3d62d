package main

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
)

// checkServices waits for what its variables name, as services/utils/service_checker of Kaapana 0.6.0 does: WAIT has
// "name,host,port" or "name,host,port,path" between semicolons, FILES_AND_FOLDERS_EXISTS paths.
func checkServices() error {
	for _, entry := range strings.Split(os.Getenv("WAIT"), ";") {
		if strings.TrimSpace(entry) == "" {
			continue
		}
		parts := strings.Split(strings.TrimSpace(entry), ",")
		if len(parts) < 3 {
			return fmt.Errorf("WAIT has an entry without host and port: %q", entry)
		}
		address := net.JoinHostPort(parts[1], parts[2])
		if err := dial("tcp", address); err != nil {
			return fmt.Errorf("%s does not answer: %w", parts[0], err)
		}
		if len(parts) > 3 {
			scheme := "http"
			if parts[2] == "443" {
				scheme = "https"
			}
			if err := checkPath(scheme + "://" + address + parts[3]); err != nil {
				return err
			}
		}
	}
	for _, file := range strings.Split(os.Getenv("FILES_AND_FOLDERS_EXISTS"), ";") {
		if file == "" {
			continue
		}
		if _, err := os.Stat(file); err != nil {
			return err
		}
	}
	return nil
}

func checkPath(address string) error {
	client := &http.Client{
		Timeout:       patience,
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	response, err := client.Get(address)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("GET %s: %s", address, response.Status)
	}
	return nil
}
