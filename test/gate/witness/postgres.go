package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// PostgreSQL's protocol, version 3: the codes of its authentication messages.
const (
	protocolVersion = 196608
	authOk          = 0
	authSASL        = 10
	authContinue    = 11
	authFinal       = 12
	messageLimit    = 1 << 24
)

type database struct {
	net.Conn
	scram *scram
}

// query runs statements at a database, postgresql://user:password@host:port[/name], and gives the rows as texts.
func query(address, statements string) ([][]string, error) {
	target, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	connection, err := net.DialTimeout("tcp", target.Host, patience)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	if err := connection.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return nil, err
	}
	user := target.User.Username()
	password, _ := target.User.Password()
	name := strings.TrimPrefix(target.Path, "/")
	if name == "" {
		name = user
	}
	db := &database{connection, &scram{password: password}}
	hello := binary.BigEndian.AppendUint32(nil, protocolVersion)
	db.send(0, append(hello, "user\x00"+user+"\x00database\x00"+name+"\x00\x00"...))
	if _, err := db.untilReady(); err != nil {
		return nil, err
	}
	db.send('Q', []byte(statements+"\x00"))
	return db.untilReady()
}

// send writes a message; the first one has no kind. A failure shows when the answer is read.
func (db *database) send(kind byte, body []byte) {
	var message []byte
	if kind != 0 {
		message = []byte{kind}
	}
	message = binary.BigEndian.AppendUint32(message, uint32(len(body)+4))
	_, _ = db.Write(append(message, body...))
}

// untilReady reads until the server waits for a statement.
func (db *database) untilReady() (rows [][]string, failed error) {
	for {
		var head [5]byte
		if _, err := io.ReadFull(db, head[:]); err != nil {
			if failed != nil {
				return nil, failed
			}
			return nil, err
		}
		size := binary.BigEndian.Uint32(head[1:]) - 4
		if size > messageLimit {
			return nil, fmt.Errorf("a message of %d bytes", size)
		}
		body := make([]byte, size)
		if _, err := io.ReadFull(db, body); err != nil {
			return nil, err
		}
		switch head[0] {
		case 'R':
			if err := db.authenticate(binary.BigEndian.Uint32(body), string(body[4:])); err != nil {
				return nil, err
			}
		case 'D':
			rows = append(rows, columnsOf(body))
		case 'E':
			failed = fmt.Errorf("the database says: %s", bytes.ReplaceAll(body, []byte{0}, []byte{' '}))
		case 'Z':
			return rows, failed
		}
	}
}

func columnsOf(body []byte) []string {
	columns := make([]string, binary.BigEndian.Uint16(body))
	rest := body[2:]
	for i := range columns {
		size := int32(binary.BigEndian.Uint32(rest))
		rest = rest[4:]
		if size >= 0 {
			columns[i] = string(rest[:size])
			rest = rest[size:]
		}
	}
	return columns
}

func (db *database) authenticate(code uint32, said string) error {
	switch code {
	case authOk:
		return nil
	case authSASL:
		first := db.scram.first()
		message := binary.BigEndian.AppendUint32([]byte("SCRAM-SHA-256\x00"), uint32(len(first)))
		db.send('p', append(message, first...))
		return nil
	case authContinue:
		last, err := db.scram.last(said)
		db.send('p', []byte(last))
		return err
	case authFinal:
		return db.scram.verify(said)
	default:
		return fmt.Errorf("the database wants authentication %d, which is not known here", code)
	}
}

// scram is a client of RFC 7677.
type scram struct {
	password string
	bare     string
	salted   []byte
	proven   string
}

func (s *scram) first() string {
	nonce := make([]byte, 18)
	_, _ = rand.Read(nonce)
	s.bare = "n=,r=" + base64.StdEncoding.EncodeToString(nonce)
	return "n,," + s.bare
}

func (s *scram) last(said string) (string, error) {
	parts := map[byte]string{}
	for _, part := range strings.Split(said, ",") {
		if len(part) > 2 {
			parts[part[0]] = part[2:]
		}
	}
	salt, err := base64.StdEncoding.DecodeString(parts['s'])
	if err != nil {
		return "", err
	}
	rounds, err := strconv.Atoi(parts['i'])
	if err != nil {
		return "", err
	}
	if s.salted, err = pbkdf2.Key(sha256.New, s.password, salt, rounds, sha256.Size); err != nil {
		return "", err
	}
	final := "c=biws,r=" + parts['r']
	s.proven = s.bare + "," + said + "," + final
	client := keyed(s.salted, "Client Key")
	stored := sha256.Sum256(client)
	proof := make([]byte, len(client))
	subtle.XORBytes(proof, client, keyed(stored[:], s.proven))
	return final + ",p=" + base64.StdEncoding.EncodeToString(proof), nil
}

func (s *scram) verify(said string) error {
	wanted := "v=" + base64.StdEncoding.EncodeToString(keyed(keyed(s.salted, "Server Key"), s.proven))
	if said != wanted {
		return fmt.Errorf("the database does not know the password")
	}
	return nil
}

func keyed(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}
