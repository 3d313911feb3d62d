package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// Buckets of services/store/store-init/minio-init/docker/files/minio.sh of Kaapana 0.6.0.
var buckets = []string{"uploads", "staticwebsiteresults", "template-analysis-scripts"}

// What users may do in a bucket (user-policy.json there).
var userActions = []string{"s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:GetBucketLocation"}

const (
	// The region that MinIO takes for its own.
	region = "us-east-1"
	// The policy that Keycloak's group of users names.
	userPolicy = "kaapanaUser"
)

// initMinio makes the buckets and the policy of users; those that are there stay, the policy is written again.
func initMinio() error {
	base := fmt.Sprintf("http://minio-service.%s.svc:9000", os.Getenv("SERVICES_NAMESPACE"))
	resources := []string{}
	for _, bucket := range buckets {
		if err := sendSigned(base, "/"+bucket, nil, nil, http.StatusOK, http.StatusConflict); err != nil {
			return err
		}
		resources = append(resources, "arn:aws:s3:::"+bucket+"/*")
	}
	policy, err := json.Marshal(map[string]any{
		"Version":   "2012-10-17",
		"Statement": []any{map[string]any{"Effect": "Allow", "Action": userActions, "Resource": resources}},
	})
	if err != nil {
		return err
	}
	query := url.Values{"name": {userPolicy}}
	return sendSigned(base, "/minio/admin/v3/add-canned-policy", query, policy, http.StatusOK)
}

// sendSigned puts something with AWS's signature, version 4.
func sendSigned(base, path string, query url.Values, body []byte, expected ...int) error {
	request, err := http.NewRequest(http.MethodPut, base+path+"?"+query.Encode(), bytes.NewReader(body))
	if err != nil {
		return err
	}
	sign(request, path, query, body, time.Now().UTC())
	response, err := inside.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	for _, status := range expected {
		if response.StatusCode == status {
			return nil
		}
	}
	text, _ := io.ReadAll(response.Body)
	return fmt.Errorf("PUT %s: %s %.300s", path, response.Status, text)
}

func sign(request *http.Request, path string, query url.Values, body []byte, now time.Time) {
	moment, day := now.Format("20060102T150405Z"), now.Format("20060102")
	content := hexSum(body)
	request.Header.Set("X-Amz-Date", moment)
	request.Header.Set("X-Amz-Content-Sha256", content)
	const signed = "host;x-amz-content-sha256;x-amz-date"
	canonical := strings.Join([]string{
		request.Method, path, query.Encode(),
		"host:" + request.URL.Host, "x-amz-content-sha256:" + content, "x-amz-date:" + moment, "",
		signed, content,
	}, "\n")
	scope := strings.Join([]string{day, region, "s3", "aws4_request"}, "/")
	text := strings.Join([]string{"AWS4-HMAC-SHA256", moment, scope, hexSum([]byte(canonical))}, "\n")
	key := []byte("AWS4" + os.Getenv("MINIO_SECRET_KEY"))
	for _, part := range []string{day, region, "s3", "aws4_request", text} {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(part))
		key = mac.Sum(nil)
	}
	request.Header.Set("Authorization", fmt.Sprintf("AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s",
		os.Getenv("MINIO_ACCESS_KEY"), scope, signed, hex.EncodeToString(key)))
}

func hexSum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
