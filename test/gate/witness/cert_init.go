package main

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"strconv"
	"time"
)

// What services/kaapana-admin/admin-init/docker/handle-secret.sh of Kaapana 0.6.0 reads: the user's own certificate,
// and the variables ACTION, SECRET_NAME, SECRET_NAMESPACE, ADMIN_NAMESPACE, COMMON_NAME, EXPIRATION (days), HOSTNAME.
const (
	givenCertificate = "/cert/tls/tls.crt"
	givenKey         = "/cert/tls/tls.key"
	keyBits          = 2048
)

// certificateJob makes the TLS secret, copies it to another namespace, or deletes it.
func certificateJob() error {
	api, err := newAPI()
	if err != nil {
		return err
	}
	name, home, admin := os.Getenv("SECRET_NAME"), os.Getenv("SECRET_NAMESPACE"), os.Getenv("ADMIN_NAMESPACE")
	switch action := os.Getenv("ACTION"); action {
	case "install":
		return installCertificate(api, name, home, admin)
	case "copy":
		return copySecret(api, name, admin, home)
	case "remove":
		return api.remove(home, name)
	default:
		return fmt.Errorf("ACTION is %q; it must be install, copy or remove", action)
	}
}

// installCertificate does nothing where the secret is already in use.
func installCertificate(api *api, name, home, admin string) error {
	for _, namespace := range []string{home, admin} {
		if found, err := api.secret(namespace, name); err != nil || found != nil {
			return err
		}
	}
	certificate, err := os.ReadFile(givenCertificate)
	var key []byte
	if err == nil {
		key, err = os.ReadFile(givenKey)
	}
	if errors.Is(err, fs.ErrNotExist) {
		certificate, key, err = selfSigned(os.Getenv("COMMON_NAME"), os.Getenv("HOSTNAME"), os.Getenv("EXPIRATION"))
	}
	if err != nil {
		return err
	}
	return api.create(admin, name, map[string][]byte{"tls.crt": certificate, "tls.key": key})
}

func copySecret(api *api, name, from, to string) error {
	if from == to {
		return nil
	}
	found, err := api.secret(to, name)
	if err != nil || found != nil {
		return err
	}
	secret, err := api.secret(from, name)
	if err != nil {
		return err
	}
	if secret == nil {
		return fmt.Errorf("the secret %s is not yet in %s", name, from)
	}
	return api.create(to, name, secret)
}

// selfSigned is a certificate for a host. A host that nothing resolves is an error, as for the real program.
func selfSigned(commonName, host, days string) (certificate, key []byte, err error) {
	valid, err := strconv.Atoi(days)
	if err != nil {
		return nil, nil, fmt.Errorf("EXPIRATION is %q; it must be a number of days", days)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: commonName},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(0, 0, valid),
		// Others mount it as the authority that they trust.
		IsCA: true, BasicConstraintsValid: true, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if address := net.ParseIP(host); address != nil {
		template.IPAddresses = []net.IP{address}
	} else {
		if err := lookUp(host); err != nil {
			return nil, nil, err
		}
		template.DNSNames = []string{host}
	}
	private, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return nil, nil, err
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		return nil, nil, err
	}
	certificate = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return certificate, pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(private)}), nil
}
