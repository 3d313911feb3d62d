package main

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
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
	isAdmin         bool
}

// membership is a role of a user in a project, by their ids and the role's name.
type membership struct{ user, project, role string }

// What the database has of projects (app/models.py): others write them there before they ask for them.
const projectTables = `
create table if not exists projects (
  id uuid primary key default gen_random_uuid(), external_id varchar, int_id integer, name varchar unique,
  description varchar, kubernetes_namespace varchar unique, s3_bucket varchar unique, opensearch_index varchar unique);
create table if not exists admin_project (
  id serial primary key, project_id uuid not null unique references projects (id));`

const allProjects = `
select p.id, coalesce(external_id, ''), name, description, kubernetes_namespace, s3_bucket, opensearch_index,
  a.id is not null
from projects p left join admin_project a on a.project_id = p.id order by name`

// registry knows the rights of roles by its configuration, the projects by its database, and members as long as it runs.
type registry struct {
	lock    sync.Mutex
	rights  []right
	roles   []role
	given   map[string][]string
	members []membership
}

func serveProjects(mux *http.ServeMux) {
	known := readRegistry()
	// Those who register projects wait for its port, and then expect its tables.
	_ = until(time.Now().AddDate(1, 0, 0), "database", func() error {
		_, err := query(databaseURL(), projectTables)
		return err
	})
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
	answer("GET /projects", func(*http.Request) any { return known.projects() })
	answer("GET /projects/rights", func(*http.Request) any { return known.rights })
	answer("GET /projects/roles", func(*http.Request) any { return known.roles })
	answer("GET /projects/{project}", func(r *http.Request) any { return known.projectCalled(r.PathValue("project")) })
	answer("POST /projects/{project}/role/{role}/user/{user}", func(r *http.Request) any {
		if known.projectCalled(r.PathValue("project")) == nil {
			return nil
		}
		known.members = append(known.members, membership{r.PathValue("user"), r.PathValue("project"), r.PathValue("role")})
		return "ok"
	})
}

// databaseURL is that of its variable, without the name of the library that reads it.
func databaseURL() string {
	return strings.Replace(os.Getenv("DATABASE_URL"), "+asyncpg", "", 1)
}

func (known *registry) projects() []project {
	all := []project{}
	rows, err := query(databaseURL(), allProjects)
	if err != nil {
		say(map[string]any{"event": "error", "error": err.Error()})
	}
	for _, row := range rows {
		all = append(all, project{row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7] == "t"})
	}
	return all
}

// projectCalled is the project with an id or a name; "admin" is also that of the administrators.
func (known *registry) projectCalled(name string) any {
	for _, each := range known.projects() {
		if each.ID == name || each.Name == name || (name == "admin" && each.isAdmin) {
			return each
		}
	}
	return nil
}

func readRegistry() *registry {
	known := &registry{given: map[string][]string{}}
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
			of, is := known.projectCalled(member.project).(project)
			if member.user == user && each.Name == member.role && is {
				found = append(found, map[string]any{
					"id": of.ID, "name": of.Name, "description": of.Description, "role_id": each.ID, "role_name": each.Name,
				})
			}
		}
	}
	return found
}
