package main

import (
	"bufio"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
)

// RFC 6455: what the key of a handshake is hashed with, opcodes, and bits of a frame's head.
const (
	websocketGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
	opClose       = 8
	opPing        = 9
	opPong        = 10
	opcodeBits    = 0x0f
	maskBit       = 0x80
	lengthBits    = 0x7f
	length16      = 126
	length64      = 127
	frameLimit    = 1 << 20
)

// echoFrames takes an upgrade and sends each frame back.
func echoFrames(writer http.ResponseWriter, request *http.Request) {
	hijacker, able := writer.(http.Hijacker)
	key := request.Header.Get("Sec-Websocket-Key")
	if !able || key == "" {
		http.Error(writer, "Sec-WebSocket-Key is missing", http.StatusBadRequest)
		return
	}
	connection, stream, err := hijacker.Hijack()
	if err != nil {
		return
	}
	defer connection.Close()
	sum := sha1.Sum([]byte(key + websocketGuid))
	fmt.Fprintf(stream, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
		base64.StdEncoding.EncodeToString(sum[:]))
	for stream.Flush() == nil {
		first, payload, err := readFrame(stream.Reader)
		if err != nil {
			return
		}
		if first&opcodeBits == opPing {
			first = first&^opcodeBits | opPong
		}
		writeFrame(stream.Writer, first, payload)
		if first&opcodeBits == opClose {
			_ = stream.Flush()
			return
		}
	}
}

// readFrame gives the first byte of a frame (its end and opcode) and its content.
func readFrame(reader *bufio.Reader) (byte, []byte, error) {
	var head [2]byte
	if _, err := io.ReadFull(reader, head[:]); err != nil {
		return 0, nil, err
	}
	length := uint64(head[1] & lengthBits)
	switch length {
	case length16:
		var long uint16
		if err := binary.Read(reader, binary.BigEndian, &long); err != nil {
			return 0, nil, err
		}
		length = uint64(long)
	case length64:
		if err := binary.Read(reader, binary.BigEndian, &length); err != nil {
			return 0, nil, err
		}
	}
	if length > frameLimit {
		return 0, nil, fmt.Errorf("a frame of %d bytes", length)
	}
	var mask [4]byte
	if head[1]&maskBit != 0 {
		if _, err := io.ReadFull(reader, mask[:]); err != nil {
			return 0, nil, err
		}
	}
	payload := make([]byte, length)
	_, err := io.ReadFull(reader, payload)
	for i := range payload {
		payload[i] ^= mask[i%len(mask)]
	}
	return head[0], payload, err
}

func writeFrame(writer *bufio.Writer, first byte, payload []byte) {
	_ = writer.WriteByte(first)
	switch length := len(payload); {
	case length < length16:
		_ = writer.WriteByte(byte(length))
	case length <= 0xffff:
		_ = writer.WriteByte(length16)
		_ = binary.Write(writer, binary.BigEndian, uint16(length))
	default:
		_ = writer.WriteByte(length64)
		_ = binary.Write(writer, binary.BigEndian, uint64(length))
	}
	_, _ = writer.Write(payload)
}
