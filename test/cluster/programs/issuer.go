package main

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

const (
	userEmail = "user@example.com"
	tokenLife = time.Hour
)

// An issuer is a provider of OpenID Connect whose one user is always logged in. It answers for each host by which it is reached.
type issuer struct {
	key          *rsa.PrivateKey
	clientSecret string // the secret of all clients; empty for any
	name         string // empty for https:// and the host of the request

	mutex  sync.Mutex
	logins map[string]url.Values // the query of /authorize by its code
	tokens map[string]bool
}

// runIssuer lets users log in until it is stopped.
func runIssuer(arguments []string) error {
	provider := &issuer{logins: map[string]url.Values{}, tokens: map[string]bool{}}
	flags := flag.NewFlagSet("issuer", flag.ContinueOnError)
	listening := addServerFlags(flags)
	flags.StringVar(&provider.name, "issuer", "", "its URL, by default https:// and the host of a request")
	flags.StringVar(&provider.clientSecret, "client-secret", "", "secret of all clients, by default any")
	if _, err := parseFlags(flags, arguments); err != nil {
		return err
	}
	var err error
	if provider.key, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", provider.describe)
	mux.HandleFunc("/keys", provider.showKeys)
	mux.HandleFunc("/authorize", provider.authorize)
	mux.HandleFunc("POST /token", provider.giveToken)
	mux.HandleFunc("/userinfo", provider.showUser)
	return listening.serveUntilStopped(mux)
}

func (p *issuer) nameFor(r *http.Request) string {
	if p.name != "" {
		return p.name
	}
	return "https://" + r.Host
}

func (p *issuer) describe(w http.ResponseWriter, r *http.Request) {
	name := p.nameFor(r)
	writeJSON(w, map[string]any{
		"issuer":                                name,
		"authorization_endpoint":                name + "/authorize",
		"token_endpoint":                        name + "/token",
		"userinfo_endpoint":                     name + "/userinfo",
		"jwks_uri":                              name + "/keys",
		"response_types_supported":              []string{"code"},
		"subject_types_supported":               []string{"public"},
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"code_challenge_methods_supported":      []string{"S256"},
		"scopes_supported":                      []string{"openid", "email", "profile"},
		"token_endpoint_auth_methods_supported": []string{"client_secret_basic", "client_secret_post"},
	})
}

func (p *issuer) showKeys(w http.ResponseWriter, _ *http.Request) {
	public := p.key.PublicKey
	exponent := []byte{byte(public.E >> 16), byte(public.E >> 8), byte(public.E)}
	writeJSON(w, map[string]any{"keys": []map[string]string{{
		"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "key", "n": encode(public.N.Bytes()), "e": encode(exponent),
	}}})
}

// authorize sends the user back at once, with a code for the client.
func (p *issuer) authorize(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	back, err := url.Parse(query.Get("redirect_uri"))
	if err != nil || !back.IsAbs() || query.Get("client_id") == "" || query.Get("response_type") != "code" {
		http.Error(w, "no code for a client with a redirect_uri is asked for", http.StatusBadRequest)
		return
	}
	if method := query.Get("code_challenge_method"); method != "" && method != "S256" {
		http.Error(w, "code_challenge_method is not S256", http.StatusBadRequest)
		return
	}
	code := rand.Text()
	p.mutex.Lock()
	p.logins[code] = query
	p.mutex.Unlock()
	answer := back.Query()
	answer.Set("code", code)
	answer.Set("state", query.Get("state"))
	back.RawQuery = answer.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

// giveToken changes a code into tokens, once.
func (p *issuer) giveToken(w http.ResponseWriter, r *http.Request) {
	login, err := p.takeLogin(r)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		writeJSON(w, map[string]string{"error": "invalid_grant", "error_description": err.Error()})
		return
	}
	now := time.Now()
	idToken, err := p.sign(map[string]any{
		"iss": p.nameFor(r), "sub": "user", "aud": login.Get("client_id"), "nonce": login.Get("nonce"),
		"iat": now.Unix(), "exp": now.Add(tokenLife).Unix(),
		"email": userEmail, "email_verified": true, "name": "A User", "preferred_username": "user",
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	token := rand.Text()
	p.mutex.Lock()
	p.tokens[token] = true
	p.mutex.Unlock()
	writeJSON(w, map[string]any{
		"access_token": token, "token_type": "Bearer", "expires_in": int(tokenLife.Seconds()), "id_token": idToken,
	})
}

// takeLogin finds the login of a code, and checks that the client is the one that asked for it.
func (p *issuer) takeLogin(r *http.Request) (url.Values, error) {
	client, secret := readClient(r)
	p.mutex.Lock()
	defer p.mutex.Unlock()
	code := r.FormValue("code")
	login, isKnown := p.logins[code]
	delete(p.logins, code)
	challenge := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	switch {
	case r.FormValue("grant_type") != "authorization_code" || !isKnown:
		return nil, errors.New("unknown code")
	case client == "" || client != login.Get("client_id"):
		return nil, errors.New("another client")
	case secret == "" || p.clientSecret != "" && secret != p.clientSecret:
		return nil, errors.New("wrong secret of the client")
	case r.FormValue("redirect_uri") != login.Get("redirect_uri"):
		return nil, errors.New("another redirect_uri")
	case login.Get("code_challenge") != "" && login.Get("code_challenge") != encode(challenge[:]):
		return nil, errors.New("wrong code_verifier")
	}
	return login, nil
}

// readClient reads the credentials of a client, from the header, in which they are escaped, or from the form.
func readClient(r *http.Request) (name, secret string) {
	name, secret, isBasic := r.BasicAuth()
	if !isBasic {
		return r.PostFormValue("client_id"), r.PostFormValue("client_secret")
	}
	name, nameErr := url.QueryUnescape(name)
	secret, secretErr := url.QueryUnescape(secret)
	if nameErr != nil || secretErr != nil {
		return "", ""
	}
	return name, secret
}

func (p *issuer) showUser(w http.ResponseWriter, r *http.Request) {
	token, isBearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	p.mutex.Lock()
	isKnown := isBearer && p.tokens[token]
	p.mutex.Unlock()
	if !isKnown {
		http.Error(w, "unknown token", http.StatusUnauthorized)
		return
	}
	writeJSON(w, map[string]any{"sub": "user", "email": userEmail, "email_verified": true, "name": "A User"})
}

// sign is a JSON Web Token.
func (p *issuer) sign(claims map[string]any) (string, error) {
	body, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	text := encode([]byte(`{"alg":"RS256","kid":"key","typ":"JWT"}`)) + "." + encode(body)
	digest := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, p.key, crypto.SHA256, digest[:])
	return text + "." + encode(signature), err
}

func encode(data []byte) string {
	return base64.RawURLEncoding.EncodeToString(data)
}
