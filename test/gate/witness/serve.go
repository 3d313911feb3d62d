package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The first byte of a TLS connection: a record of the handshake.
const handshake = 0x16

// Bodies are told up to this size.
const bodyLimit = 64 << 10

// The format of metrics that Prometheus asks every program for.
const prometheusText = "text/plain;version=0.0.4"

// serve listens on all ports of the container, and fails if one cannot be had.
func serve(self *identity, state *state) error {
	certificate, err := ownCertificate(self.Workload)
	if err != nil {
		return err
	}
	settings := &tls.Config{Certificates: []tls.Certificate{certificate}, NextProtos: []string{"http/1.1"}}
	server := &http.Server{Handler: answers(self, state), ErrorLog: log.New(io.Discard, "", 0), ReadHeaderTimeout: time.Minute}
	for _, wanted := range self.Ports {
		address := ":" + strconv.Itoa(wanted.Number)
		if wanted.Protocol == "UDP" {
			err = echoDatagrams(address)
		} else {
			var listener net.Listener
			if listener, err = net.Listen("tcp", address); err == nil {
				both := &eitherListener{Listener: listener, settings: settings, ready: make(chan net.Conn)}
				go both.sort()
				go func() { _ = server.Serve(both) }()
			}
		}
		if err != nil {
			return fmt.Errorf("the port %d/%s cannot be listened on: %w", wanted.Number, wanted.Protocol, err)
		}
	}
	state.serving()
	return nil
}

func echoDatagrams(address string) error {
	socket, err := net.ListenPacket("udp", address)
	if err != nil {
		return err
	}
	go func() {
		buffer := make([]byte, 64<<10)
		for {
			size, from, err := socket.ReadFrom(buffer)
			if err == nil {
				_, _ = socket.WriteTo(buffer[:size], from)
			}
		}
	}()
	return nil
}

// eitherListener takes TLS and plain text on one port, by the first byte: what a program speaks in life, its probes and
// routes say, and the table need not.
type eitherListener struct {
	net.Listener
	settings *tls.Config
	ready    chan net.Conn
}

func (l *eitherListener) sort() {
	for {
		connection, err := l.Listener.Accept()
		if err != nil {
			return
		}
		go func() {
			reader := bufio.NewReader(connection)
			first, err := reader.Peek(1)
			if err != nil {
				_ = connection.Close()
				return
			}
			peeked := net.Conn(&peekedConn{Conn: connection, reader: reader})
			if first[0] == handshake {
				peeked = tls.Server(peeked, l.settings)
			}
			l.ready <- peeked
		}()
	}
}

func (l *eitherListener) Accept() (net.Conn, error) {
	return <-l.ready, nil
}

type peekedConn struct {
	net.Conn
	reader *bufio.Reader
}

func (c *peekedConn) Read(into []byte) (int, error) {
	return c.reader.Read(into)
}

func answers(self *identity, state *state) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/witness/state", func(writer http.ResponseWriter, _ *http.Request) { writeJSON(writer, state.report()) })
	if role := servers[self.program()]; role != nil {
		role(mux)
	}
	mux.HandleFunc("/", func(writer http.ResponseWriter, request *http.Request) { echo(self, writer, request) })
	// Without the mux for others' paths: it redirects those with "//", and what came in is to be told as it came.
	return http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		if _, pattern := mux.Handler(request); pattern == "/" || pattern == "" || strings.Contains(request.URL.Path, "//") {
			echo(self, writer, request)
			return
		}
		mux.ServeHTTP(writer, request)
	})
}

// echo answers with what reached the program.
func echo(self *identity, writer http.ResponseWriter, request *http.Request) {
	if strings.EqualFold(request.Header.Get("Upgrade"), "websocket") {
		echoFrames(writer, request)
		return
	}
	if accepted := request.Header.Get("Accept"); strings.Contains(accepted, prometheusText) || strings.Contains(accepted, "openmetrics") {
		writer.Header().Set("Content-Type", prometheusText+"; charset=utf-8")
		fmt.Fprint(writer, "# TYPE witness_up gauge\nwitness_up 1\n")
		return
	}
	body, _ := io.ReadAll(io.LimitReader(request.Body, bodyLimit))
	writeJSON(writer, map[string]any{
		"workload": self.Workload, "container": self.Name, "pod": self.Pod, "method": request.Method, "uri": request.RequestURI, "host": request.Host,
		"path": request.URL.EscapedPath(), "query": request.URL.RawQuery, "headers": request.Header,
		"remote": request.RemoteAddr, "tls": request.TLS != nil, "body": string(body),
	})
}

func ownCertificate(name string) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(1, 0, 0),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}
