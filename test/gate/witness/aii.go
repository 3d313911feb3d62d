package main

import (
	"encoding/json"
	"net/http"
	"os"
	"sync"
)

// The configuration of services/data-separation/access-information-interface in Kaapana 0.6.0, as the platform mounts
// it. The paths below are those of its backend (app/main.py and the routes of aii, projects and users).
const aiiConfig = "/app/config"

type right struct {
	ID          int    `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	ClaimKey    string `json:"claim_key"`
	ClaimValue  string `json:"claim_value"`
}

type role struct {
	ID          int    `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
}

type project struct {
	ID              string `json:"id"`
	ExternalID      string `json:"external_id"`
	Name            string `json:"name"`
	Description     string `json:"description"`
	Namespace       string `json:"kubernetes_namespace"`
	Bucket          string `json:"s3_bucket"`
	OpensearchIndex string `json:"opensearch_index"`
}

// membership is a role of a user in a project, by their ids and the role's name.
type membership struct{ user, project, role string }

// registry is what the real one has in its database. Its projects come with the variable PROJECTS of those who register
// them (init-projects); here the one that each platform has stands for them all.
type registry struct {
	lock    sync.Mutex
	rights  []right
	roles   []role
	given   map[string][]string
	project project
	members []membership
}

func serveProjects(mux *http.ServeMux) {
	known := readRegistry()
	answer := func(pattern string, value func(*http.Request) any) {
		mux.HandleFunc(pattern, func(writer http.ResponseWriter, request *http.Request) {
			known.lock.Lock()
			defer known.lock.Unlock()
			if found := value(request); found != nil {
				writeJSON(writer, found)
				return
			}
			writer.WriteHeader(http.StatusNotFound)
		})
	}
	answer("GET /aii/users/{user}/rights", func(r *http.Request) any { return known.rightsOf(r.PathValue("user")) })
	answer("GET /aii/users/{user}/projects", func(r *http.Request) any { return known.projectsOf(r.PathValue("user")) })
	answer("GET /users/{user}/projects", func(r *http.Request) any { return known.projectsOf(r.PathValue("user")) })
	answer("GET /projects", func(*http.Request) any { return []project{known.project} })
	answer("GET /projects/rights", func(*http.Request) any { return known.rights })
	answer("GET /projects/roles", func(*http.Request) any { return known.roles })
	answer("GET /projects/{project}", func(r *http.Request) any {
		if name := r.PathValue("project"); name != known.project.ID && name != known.project.Name && name != "admin" {
			return nil
		}
		return known.project
	})
	answer("POST /projects/{project}/role/{role}/user/{user}", func(r *http.Request) any {
		if r.PathValue("project") != known.project.ID {
			return nil
		}
		known.members = append(known.members, membership{r.PathValue("user"), r.PathValue("project"), r.PathValue("role")})
		return "ok"
	})
}

func readRegistry() *registry {
	known := &registry{given: map[string][]string{}, project: project{
		// The id that a test environment gives its first project.
		ID: "00000000-0000-4000-8000-000000000001", Name: "admin", Description: "Project admin", Namespace: "project-admin",
		Bucket: "project-admin", OpensearchIndex: "project_admin",
	}}
	var mappings []struct {
		Role   string
		Rights []string
	}
	readConfig("initial_rights.json", &known.rights)
	readConfig("initial_roles.json", &known.roles)
	readConfig("initial_roles_rights_mapping.json", &mappings)
	for i := range known.rights {
		known.rights[i].ID = i + 1
	}
	for i := range known.roles {
		known.roles[i].ID = i + 1
	}
	for _, mapping := range mappings {
		known.given[mapping.Role] = mapping.Rights
	}
	return known
}

func readConfig(file string, into any) {
	data, err := os.ReadFile(aiiConfig + "/" + file)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		say(map[string]any{"event": "error", "error": file + ": " + err.Error()})
	}
}

func (known *registry) rightsOf(user string) any {
	type given struct {
		right
		Project string `json:"project_id"`
	}
	found := []given{}
	for _, member := range known.members {
		for _, name := range known.given[member.role] {
			for _, each := range known.rights {
				if member.user == user && each.Name == name {
					found = append(found, given{each, member.project})
				}
			}
		}
	}
	return found
}

func (known *registry) projectsOf(user string) any {
	found := []map[string]any{}
	for _, member := range known.members {
		for _, each := range known.roles {
			if member.user == user && each.Name == member.role {
				found = append(found, map[string]any{
					"id": known.project.ID, "name": known.project.Name, "description": known.project.Description,
					"role_id": each.ID, "role_name": each.Name,
				})
			}
		}
	}
	return found
}
