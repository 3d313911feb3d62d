# Whether a request may pass. The input is what the auth-backend knows of it:
#   requested_prefix  path and query
#   method            of HTTP
#   access_token      claims of the user, none without a login
#   project           the project that the user has chosen, if any
# access-rights.ts gives the tables. A right in one project is an entry "<right>_<project id>" of a claim.
package httpapi.authz

import data.httpapi.authz.endpoints_per_role
import data.httpapi.authz.whitelisted_endpoints
import future.keywords.if
import future.keywords.in

default allow := false

allow if input.requested_prefix == "/"

allow if {
	some endpoint in whitelisted_endpoints
	regex.match(endpoint.path, input.requested_prefix)
}

allow if {
	some role in input.access_token.realm_access.roles
	some endpoint in endpoints_per_role[role]
	regex.match(endpoint.path, input.requested_prefix)
	input.method in endpoint.methods
}

# The backend acts in the chosen project.
allow if {
	startswith(input.requested_prefix, "/kaapana-backend/")
	input.project.id in projects_with("kaapana.ai/backend", "all")
}

# Applications of a project have its id in their path.
allow if {
	project := project_in_path(`^/applications/project/([^/]+)/`)
	project in projects_with("kaapana.ai/applications", "open")
}

# Members of a project and their roles.
allow if {
	project := project_in_path(`^/aii/projects/([^/]+)/(?:role|user)/`)
	project in projects_with("kaapana.ai/aii", "manage_users")
}

# Which workflows and applications a project may use.
allow if {
	project := project_in_path(`^/aii/projects/([^/]+)/software-mappings$`)
	project in projects_with("kaapana.ai/aii", "manage_software")
}

# What there is to choose from: the names of all workflows. They belong to no project, so the right
# in any project will do.
allow if {
	input.requested_prefix == "/flow/kaapana/api/getdags"
	count(projects_with("kaapana.ai/aii", "manage_software")) > 0
}

# Installing and removing extensions, in the chosen project.
allow if {
	startswith(input.requested_prefix, "/kube-helm-api/")
	input.project.id in projects_with("kaapana.ai/extensions", "manage")
}

allow if {
	input.requested_prefix == "/extensions"
	input.project.id in projects_with("kaapana.ai/extensions", "manage")
}

# Ids of the projects in which the token gives a right.
projects_with(claim, right) := {project |
	some entry in input.access_token[claim]
	startswith(entry, concat("", [right, "_"]))
	project := trim_prefix(entry, concat("", [right, "_"]))
	project != ""
}

# What the group of `pattern` matches in the path; undefined if nothing.
project_in_path(pattern) := regex.find_all_string_submatch_n(pattern, input.requested_prefix, 1)[0][1]
