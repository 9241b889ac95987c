package main

import (
	"encoding/json"
	"flag"
	"maps"
	"net/http"
	"strings"
)

const vaultToken = "hvs.test"

// loginTTL is how long a login and a secret hold, in seconds.
const loginTTL = 3600

// runVault is what an agent of Vault asks of its server: it logs pods in by the token of their service account, and gives them
// credentials of a database.
func runVault(arguments []string) error {
	flags := flag.NewFlagSet("vault", flag.ContinueOnError)
	listening := addServerFlags(flags)
	if _, err := parseFlags(flags, arguments); err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/v1/auth/kubernetes/login", logPodIn)
	lease := map[string]any{"lease_id": "database/creds/orders/1", "lease_duration": loginTTL, "renewable": true}
	secret := maps.Clone(lease)
	secret["data"] = map[string]string{"username": "v-orders", "password": "vault-password"}
	token := map[string]any{"auth": makeLogin(), "data": map[string]any{"ttl": loginTTL, "renewable": true}}
	mux.HandleFunc("/v1/auth/token/", withToken(token))
	mux.HandleFunc("/v1/database/creds/", withToken(secret))
	mux.HandleFunc("/v1/sys/leases/renew", withToken(lease))
	return listening.serveUntilStopped(mux)
}

func makeLogin() map[string]any {
	return map[string]any{"client_token": vaultToken, "lease_duration": loginTTL, "renewable": true, "policies": []string{"default"}}
}

// logPodIn takes every token that looks like one of a service account.
func logPodIn(w http.ResponseWriter, r *http.Request) {
	var login struct{ Role, JWT string }
	if err := json.NewDecoder(r.Body).Decode(&login); err != nil || strings.Count(login.JWT, ".") != 2 || login.Role == "" {
		http.Error(w, `{"errors":["no role, or no token of a service account"]}`, http.StatusBadRequest)
		return
	}
	writeJSON(w, map[string]any{"auth": makeLogin()})
}

// withToken answers those who are logged in.
func withToken(answer map[string]any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Vault-Token") != vaultToken {
			http.Error(w, `{"errors":["permission denied"]}`, http.StatusForbidden)
			return
		}
		writeJSON(w, answer)
	}
}
