package main

import (
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
)

// maxSteps ends redirects that go in circles.
const maxSteps = 20

// What a page to sign in has: a form that leads to the issuer, and what it sends on.
var (
	signInForm  = regexp.MustCompile(`<form method="GET" action="([^"]*)"`)
	hiddenInput = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)
)

// runLogin does what the browser of a user does who wants to see a page: it follows redirects, keeps cookies, and signs in where it
// is asked to. It prints each step, and the last page.
func runLogin(arguments []string) error {
	client, address, err := makeClient(flag.NewFlagSet("login", flag.ContinueOnError), arguments)
	if err != nil {
		return err
	}
	for range maxSteps {
		response, err := client.Get(address)
		if err != nil {
			return err
		}
		fmt.Println(response.StatusCode, address)
		page, err := io.ReadAll(response.Body)
		if err = errors.Join(err, response.Body.Close()); err != nil {
			return err
		}
		next, err := findNext(response, page)
		if err != nil {
			return err
		}
		if next == nil {
			os.Stdout.Write(page)
			return checkStatus(response)
		}
		address = next.String()
	}
	return fmt.Errorf("more than %d steps", maxSteps)
}

// findNext is where a redirect or the form of a page to sign in leads, or nil.
func findNext(response *http.Response, page []byte) (*url.URL, error) {
	next, err := response.Location()
	if !errors.Is(err, http.ErrNoLocation) {
		return next, err
	}
	form := signInForm.FindSubmatch(page)
	if response.StatusCode != http.StatusForbidden || form == nil {
		return nil, nil
	}
	if next, err = response.Request.URL.Parse(html.UnescapeString(string(form[1]))); err != nil {
		return nil, err
	}
	query := next.Query()
	for _, input := range hiddenInput.FindAllSubmatch(page, -1) {
		query.Set(string(input[1]), html.UnescapeString(string(input[2])))
	}
	next.RawQuery = query.Encode()
	return next, nil
}
