package main

import (
	"flag"
	"io"
	"net/http"
	"path"
	"strings"
)

const (
	metadataRoot   = "/computeMetadata/v1"
	serviceAccount = "application@acme-prod.iam.gserviceaccount.com"
	cloudScope     = "https://www.googleapis.com/auth/cloud-platform"
)

// metadata is what the metadata server of a machine of Google's says, by its path.
var metadata = map[string]string{
	"/project/project-id":         "acme-prod",
	"/project/numeric-project-id": "1234567890",
	"/instance/id":                "1234567890123456789",
	"/instance/zone":              "projects/1234567890/zones/europe-west1-b",
	"/universe/universe-domain":   "googleapis.com",
}

// account is what it says of the one service account.
var account = map[string]string{
	"":          `{"aliases":["default"],"email":"` + serviceAccount + `","scopes":["` + cloudScope + `"]}`,
	"/email":    serviceAccount,
	"/scopes":   cloudScope + "\n",
	"/aliases":  "default\n",
	"/token":    `{"access_token":"ya29.test","expires_in":3599,"token_type":"Bearer"}`,
	"/identity": "identity-token",
}

// runMetadata answers what Google's libraries ask of the machine that they run on.
func runMetadata(arguments []string) error {
	flags := flag.NewFlagSet("metadata", flag.ContinueOnError)
	address := flags.String("listen", ":80", "address")
	if _, err := parseFlags(flags, arguments); err != nil {
		return err
	}
	return serveUntilStopped(*address, http.HandlerFunc(answerMetadata), "", "")
}

func answerMetadata(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Metadata-Flavor", "Google")
	w.Header().Set("Server", "Metadata Server for VM")
	asked, isMetadata := strings.CutPrefix(path.Clean(r.URL.Path), metadataRoot)
	if !isMetadata {
		io.WriteString(w, "computeMetadata/\n")
		return
	}
	if r.Header.Get("Metadata-Flavor") != "Google" {
		http.Error(w, "Metadata-Flavor is missing", http.StatusForbidden)
		return
	}
	text, isKnown := findMetadata(asked)
	if !isKnown {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/text")
	if strings.HasPrefix(text, "{") {
		w.Header().Set("Content-Type", "application/json")
	}
	io.WriteString(w, text)
}

func findMetadata(asked string) (string, bool) {
	for _, name := range []string{"default", serviceAccount} {
		if field, isAccount := strings.CutPrefix(asked, "/instance/service-accounts/"+name); isAccount {
			text, isKnown := account[field]
			return text, isKnown
		}
	}
	text, isKnown := metadata[asked]
	return text, isKnown
}
