// The word of two Go libraries on a transparency log that is being served: golang.org/x/mod/sumdb, which authenticates
// every tile against the signed head, and transparency-dev/merkle.
//
//	tlogjudge URL VKEY [CHECKPOINT-FILE...]
//
// Checks the signature of the head, that every entry of every bundle is included, and that each of the given older
// heads is continued. Answers "N entries", or says what is wrong and ends with 1.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

type served string

func (s served) get(path string) ([]byte, error) {
	response, err := http.Get(string(s) + "/" + path)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: status %d", path, response.StatusCode)
	}
	return io.ReadAll(response.Body)
}

func (s served) Height() int                     { return tileHeight }
func (s served) SaveTiles([]tlog.Tile, [][]byte) {}
func (s served) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var read [][]byte
	for _, tile := range tiles {
		// x/mod says tile/8/L/N where C2SP says tile/L/N.
		data, err := s.get("tile/" + strings.TrimPrefix(tile.Path(), "tile/8/"))
		if err != nil {
			return nil, err
		}
		read = append(read, data)
	}
	return read, nil
}

func open(signed []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 3 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("another origin")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, errors.New("no root")
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree, nil
}

func checkEntry(index int64, entry []byte, tree tlog.Tree, reader tlog.HashReader) error {
	leaf := tlog.RecordHash(entry)
	record, err := tlog.ProveRecord(tree.N, index, reader)
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(record, tree.N, tree.Hash, index, leaf); err != nil {
		return err
	}
	path := [][]byte{}
	for _, hash := range record {
		path = append(path, append([]byte(nil), hash[:]...))
	}
	return proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(index), uint64(tree.N), leaf[:], path, tree.Hash[:])
}

func checkEntries(log served, tree tlog.Tree, reader tlog.HashReader) error {
	for index := int64(0); index < tree.N; {
		width := min(256, tree.N-index)
		path := tlog.Tile{H: tileHeight, L: 0, N: index / 256, W: int(width)}.Path()
		bundle, err := log.get(strings.Replace(path, "tile/8/0/", "tile/entries/", 1))
		if err != nil {
			return err
		}
		for ; width > 0; width-- {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				return fmt.Errorf("%s ends within an entry", path)
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			if err := checkEntry(index, bundle[2:end], tree, reader); err != nil {
				return fmt.Errorf("entry %d: %w", index, err)
			}
			bundle = bundle[end:]
			index++
		}
		if len(bundle) != 0 {
			return fmt.Errorf("%s holds more than it should", path)
		}
	}
	return nil
}

func run(url, key string, older []string) (int64, error) {
	log := served(url)
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return 0, err
	}
	signed, err := log.get("checkpoint")
	if err != nil {
		return 0, err
	}
	tree, err := open(signed, verifier)
	if err != nil {
		return 0, err
	}
	reader := tlog.TileHashReader(tree, log)
	if err := checkEntries(log, tree, reader); err != nil {
		return 0, err
	}
	for _, file := range older {
		signed, err := os.ReadFile(file)
		if err != nil {
			return 0, err
		}
		old, err := open(signed, verifier)
		if err != nil {
			return 0, err
		}
		grown, err := tlog.ProveTree(tree.N, old.N, reader)
		if err != nil {
			return 0, err
		}
		if err := tlog.CheckTree(grown, tree.N, tree.Hash, old.N, old.Hash); err != nil {
			return 0, fmt.Errorf("%s is not continued: %w", file, err)
		}
	}
	return tree.N, nil
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

func main() {
	size, err := run(os.Args[1], os.Args[2], os.Args[3:])
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(size, "entries")
}
